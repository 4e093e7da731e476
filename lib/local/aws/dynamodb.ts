/**
 * DynamoDB on one machine: dynalite on disk, with the units counted that AWS would bill on demand. No transactions and
 * no streams: both are refused by name.
 */
import * as z from 'zod';
import type { Meter } from '../meter.ts';
import { AwsError } from './aws-error.ts';
import { isDynaliteOperation, OPERATION_NAMES, runDynalite } from './dynalite-actions.ts';
import { openDynaliteStore } from './dynalite-store.ts';
import { createTables, type TableDefinition } from './dynamodb-tables.ts';
import type { AwsService } from './service.ts';

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
  beforeWrite(listener: (request: Readonly<Record<string, unknown>>) => Promise<void>): void;
  /** What was overwritten or deleted is in no file any more. */
  compact(): Promise<void>;
  close(): Promise<void>;
};

const READS = new Set(['GetItem', 'BatchGetItem', 'Query', 'Scan']);
const WRITES = new Set(['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem']);

const Request = z.record(z.string(), z.unknown());
const Capacity = z.looseObject({ CapacityUnits: z.number().optional() });
const Answer = z.looseObject({ ConsumedCapacity: z.union([Capacity, z.array(Capacity)]).optional() });

export const openDynamodb = async ({
  path,
  meter,
  region,
  accountId,
}: {
  /** Folder of the LevelDB; one process at a time. */
  path: string;
  meter: Meter;
  region: string;
  accountId: string;
}): Promise<Dynamodb> => {
  const dynalite = await openDynaliteStore({
    path,
    region,
    accountId,
    onIndexWrite: (units) => meter.add('writeUnits', units),
  });
  const tables = createTables(dynalite);
  const open = new Set<Promise<unknown>>();
  const listeners: ((request: Readonly<Record<string, unknown>>) => Promise<void>)[] = [];

  /** Batches name several tables, and the units of each are not known here. */
  const tell = (request: Record<string, unknown>, name: string, value: number) => {
    const { TableName } = request;
    if (typeof TableName === 'string') meter.observe('AWS/DynamoDB', name, { TableName }, value);
  };

  const count = (unit: 'readUnits' | 'writeUnits', request: Record<string, unknown>, units: number) => {
    meter.add(unit, units);
    tell(request, unit === 'readUnits' ? 'ConsumedReadCapacityUnits' : 'ConsumedWriteCapacityUnits', units);
  };

  let writes = 0;

  const metered = async (action: string, request: Record<string, unknown>): Promise<unknown> => {
    if (!isDynaliteOperation(action)) throw unsupported(action);
    if (WRITES.has(action)) writes += 1;
    const input = { ...request, ReturnConsumedCapacity: request['ReturnConsumedCapacity'] ?? 'TOTAL' };
    try {
      const answer = Answer.parse(await dynalite.scope(() => runDynalite(dynalite.store, action, input)));
      if (READS.has(action)) count('readUnits', request, Math.max(unitsOf(answer), smallestRead(request)));
      if (WRITES.has(action)) count('writeUnits', request, unitsOf(answer));
      const isAskedFor = ['TOTAL', 'INDEXES'].includes(String(request['ReturnConsumedCapacity']));
      if (!isAskedFor) delete answer.ConsumedCapacity;
      return answer;
    } catch (error) {
      if (!(error instanceof AwsError) || error.name !== 'ConditionalCheckFailedException') throw error;
      // AWS bills a refused conditional write by the size of the item found, at least one unit; our items stay below.
      count('writeUnits', request, 1);
      tell(request, 'ConditionalCheckFailedRequests', 1);
      throw await tables.withFoundItem(error, request);
    }
  };

  const dispatch = async (action: string, request: Record<string, unknown>): Promise<unknown> => {
    if (WRITES.has(action)) for (const listener of listeners) await listener(request);
    if (action === 'DescribeTimeToLive') return tables.describeTimeToLive(request);
    if (action === 'CreateTable') return tables.create(request);
    return metered(action, request);
  };

  return {
    call: async (action, input) => {
      const work = dispatch(action, Request.parse(input));
      open.add(work);
      try {
        return await work;
      } finally {
        open.delete(work);
      }
    },
    createTable: (definition) => tables.ensure(definition),
    purgeExpired: async (now) => {
      const purged = await tables.purgeExpired(now);
      await dynalite.letGo();
      return purged;
    },
    soonestExpiry: (now) => dynalite.scope(() => tables.soonestExpiry(now)),
    writes: () => writes,
    beforeWrite: (listener) => {
      listeners.push(listener);
    },
    compact: () => dynalite.compact(),
    close: async () => {
      await Promise.allSettled(open);
      await dynalite.close();
    },
  };
};

const unitsOf = ({ ConsumedCapacity }: z.output<typeof Answer>): number =>
  [ConsumedCapacity ?? []].flat().reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);

/** A query that finds nothing is billed all the same; dynalite counts zero. */
const smallestRead = (request: Record<string, unknown>): number =>
  request['ConsistentRead'] === true ? 1 : 0.5;

const unsupported = (action: string): AwsError => {
  const reason = action.startsWith('Transact')
    ? 'there are no transactions on one machine; use single-item conditional writes'
    : `on one machine there are ${OPERATION_NAMES.join(', ')} and DescribeTimeToLive`;
  return new AwsError('UnknownOperationException', `DynamoDB ${action} is not supported: ${reason}.`);
};
