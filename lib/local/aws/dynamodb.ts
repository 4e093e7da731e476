/**
 * DynamoDB on one machine: rows of the runtime's SQLite file under dynalite's rules, with the units counted that AWS
 * would bill on demand. No transactions and no streams: both are refused by name.
 */
import type { Meter } from '../meter.ts';
import type { Store } from '../store.ts';
import { AwsError } from './aws-error.ts';
import { batchGet, batchWrite } from './dynamodb/batches.ts';
import { capacityOf } from './dynamodb/capacity.ts';
import { openCatalog } from './dynamodb/catalog.ts';
import { createChecks } from './dynamodb/checks.ts';
import type { TableDefinition } from './dynamodb/definitions.ts';
import { createExpiry } from './dynamodb/expiry.ts';
import { getItem, getItemText } from './dynamodb/gets.ts';
import { createPages } from './dynamodb/pages.ts';
import type { Operation, Outcome } from './dynamodb/requests.ts';
import { openRows } from './dynamodb/rows.ts';
import { isOperation, OPERATION_NAMES, toAwsError } from './dynamodb/rules.ts';
import { createTables } from './dynamodb/tables.ts';
import { takeOver } from './dynamodb/takeover.ts';
import { createWrites, type Written } from './dynamodb/writes.ts';
import type { AwsService } from './service.ts';

type Input = Readonly<Record<string, unknown>>;

/** Undefined for those it does not concern. */
type WriteListener = (request: Input) => Promise<void> | undefined;

export type Dynamodb = AwsService & {
  /** Creates the table of a CloudFormation `AWS::DynamoDB::Table`, or brings an existing one up to it. */
  createTable(definition: TableDefinition): Promise<void>;
  /** Deletes what the TTL of every table says is over at `now` (epoch ms); resolves to how many items that was. */
  purgeExpired(now: number): Promise<number>;
  /** When the next item will be over after `now`, in epoch milliseconds; undefined when none has an end. */
  soonestExpiry(now: number): Promise<number | undefined>;
  /** How many writes were asked for since the start. */
  writes(): number;
  /** Told of every write that is asked for, which waits until the listener has resolved. */
  beforeWrite(listener: WriteListener): void;
  close(): Promise<void>;
};

const READS: ReadonlySet<string> = new Set(['GetItem', 'BatchGetItem', 'Query', 'Scan']);
const WRITES: ReadonlySet<string> = new Set(['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem']);

type Options = {
  readonly store: Store;
  /** Folder in which an earlier release kept the tables; what is in it is taken over. */
  readonly path: string;
  readonly meter: Meter;
  readonly region: string;
  readonly accountId: string;
  log?(line: string): void;
};

const isRecord = (input: unknown): input is Input =>
  typeof input === 'object' && input !== null && !Array.isArray(input);

const openParts = ({ store, region, accountId }: Options) => {
  const rows = openRows(store);
  const catalog = openCatalog({ store, region, accountId });
  const checks = createChecks();
  const writes = createWrites({ store, rows });
  return {
    ...{ rows, catalog, checks, writes },
    pages: createPages(store.db),
    tables: createTables({ store, rows, catalog, checks }),
    expiry: createExpiry({ store, catalog, writes }),
  };
};
type Parts = ReturnType<typeof openParts>;

type Done = Outcome & { indexUnits?: number };

/** What each operation does, once it is known to be one. */
const createOperations = (
  { rows, catalog, checks, writes, pages, tables }: Parts,
  store: Store,
): Record<Operation, (input: Input, asText: boolean) => Promise<Done> | Done> => {
  const finish = (written: Written, request: { TableName: string }, input: Input): Done => {
    if (written.kind === 'refused') throw written.error;
    if (written.kind === 'unmet') throw conditionFailed(written.found, input);
    const { attributes, units, indexUnits } = written;
    const answer = { ...(attributes && { Attributes: attributes }), ...capacityOf(request, units) };
    return { answer, units, indexUnits };
  };
  return {
    GetItem: (input, asText) => {
      const request = checks.check('GetItem', input);
      return (asText ? getItemText : getItem)(rows, catalog.need(request.TableName), request);
    },
    PutItem: async (input) => {
      const request = checks.check('PutItem', input);
      return finish(await store.write(writes.put(catalog.need(request.TableName), request)), request, input);
    },
    UpdateItem: async (input) => {
      const request = checks.check('UpdateItem', input);
      return finish(
        await store.write(writes.update(catalog.need(request.TableName), request)),
        request,
        input,
      );
    },
    DeleteItem: async (input) => {
      const request = checks.check('DeleteItem', input);
      return finish(
        await store.write(writes.remove(catalog.need(request.TableName), request)),
        request,
        input,
      );
    },
    Query: (input, asText) => {
      const request = checks.check('Query', input);
      return pages('Query', catalog.need(request.TableName), request, asText);
    },
    Scan: (input, asText) => {
      const request = checks.check('Scan', input);
      return pages('Scan', catalog.need(request.TableName), request, asText);
    },
    BatchGetItem: (input) => batchGet(rows, catalog, checks.check('BatchGetItem', input)),
    BatchWriteItem: (input) => batchWrite(store, writes, catalog, checks.check('BatchWriteItem', input)),
    CreateTable: async (input) => ({
      answer: await tables.create(checks.check('CreateTable', input)),
      units: 0,
    }),
    DescribeTable: (input) => ({
      answer: tables.describe(checks.check('DescribeTable', input).TableName),
      units: 0,
    }),
    ListTables: (input) => ({ answer: catalog.list(checks.check('ListTables', input)), units: 0 }),
  };
};

/** Counts what AWS bills and tells what it tells of itself. */
const createCounter = (meter: Meter) => {
  /** Batches name several tables, and the units of each are not known here. */
  const tell = ({ TableName }: Input, name: string, value: number) => {
    if (typeof TableName === 'string') meter.observe('AWS/DynamoDB', name, { TableName }, value);
  };
  return {
    done: (action: string, input: Input, { units, indexUnits = 0 }: Done) => {
      if (READS.has(action)) {
        const read = Math.max(units, smallestRead(input));
        meter.add('readUnits', read);
        tell(input, 'ConsumedReadCapacityUnits', read);
      } else if (WRITES.has(action)) {
        meter.add('writeUnits', units + indexUnits);
        tell(input, 'ConsumedWriteCapacityUnits', units);
      }
    },
    /** AWS bills a refused conditional write by the size of the item found, at least one unit; our items stay below. */
    refused: (input: Input) => {
      meter.add('writeUnits', 1);
      tell(input, 'ConsumedWriteCapacityUnits', 1);
      tell(input, 'ConditionalCheckFailedRequests', 1);
    },
  };
};

export const openDynamodb = async (options: Options): Promise<Dynamodb> => {
  const { store } = options;
  const parts = openParts(options);
  await takeOver(options.path, { ...parts, store, log: options.log });
  const operations = createOperations(parts, store);
  const counter = createCounter(options.meter);
  const open = new Set<Promise<unknown>>();
  const listeners: WriteListener[] = [];
  let writes = 0;

  const dispatch = async (action: string, input: Input, asText: boolean): Promise<unknown> => {
    if (action === 'DescribeTimeToLive') return parts.tables.describeTimeToLive(String(input['TableName']));
    if (!isOperation(action)) throw unsupported(action);
    if (WRITES.has(action)) {
      writes += 1;
      for (const listener of listeners) await listener(input);
    }
    try {
      const done = await operations[action](input, asText);
      counter.done(action, input, done);
      return done.answer;
    } catch (error) {
      const refusal = toAwsError(error);
      if (refusal instanceof AwsError && refusal.name === CONDITION_FAILED) counter.refused(input);
      throw refusal;
    }
  };

  return {
    call: async (action, input, { asText = false } = {}) => {
      if (!isRecord(input)) throw new AwsError('SerializationException', 'The request is not an object.');
      const work = dispatch(action, input, asText);
      open.add(work);
      try {
        return await work;
      } finally {
        open.delete(work);
      }
    },
    createTable: (definition) => parts.tables.ensure(definition),
    purgeExpired: (now) => parts.expiry.purge(now),
    soonestExpiry: async (now) => parts.expiry.soonest(now),
    writes: () => writes,
    beforeWrite: (listener) => {
      listeners.push(listener);
    },
    close: async () => {
      await Promise.allSettled(open);
    },
  };
};

const CONDITION_FAILED = 'ConditionalCheckFailedException';

/** dynalite does not know ReturnValuesOnConditionCheckFailure. */
const conditionFailed = (found: unknown, input: Input): AwsError =>
  new AwsError(CONDITION_FAILED, 'The conditional request failed', {
    details:
      found !== undefined && input['ReturnValuesOnConditionCheckFailure'] === 'ALL_OLD'
        ? { Item: found }
        : {},
  });

/** A query that finds nothing is billed all the same; dynalite counts zero. */
const smallestRead = (request: Input): number => (request['ConsistentRead'] === true ? 1 : 0.5);

const unsupported = (action: string): AwsError => {
  const reason = action.startsWith('Transact')
    ? 'there are no transactions on one machine; use single-item conditional writes'
    : `on one machine there are ${OPERATION_NAMES.join(', ')} and DescribeTimeToLive`;
  return new AwsError('UnknownOperationException', `DynamoDB ${action} is not supported: ${reason}.`);
};
