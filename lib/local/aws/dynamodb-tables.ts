/** The tables of the template in dynalite: made once, given new indexes when a release adds them, and their TTL. */
import { promisify } from 'node:util';
import { getIndexActions } from 'dynalite/db/index.js';
import * as z from 'zod';
import { AwsError } from './aws-error.ts';
import { runDynalite } from './dynalite-actions.ts';
import type { DynaliteStore } from './dynalite-store.ts';

const KeySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) })).min(1);

const Index = z.object({
  IndexName: z.string(),
  KeySchema,
  Projection: z.object({ ProjectionType: z.string(), NonKeyAttributes: z.array(z.string()).optional() }),
});
type Index = z.output<typeof Index>;

/** The part of CloudFormation's `AWS::DynamoDB::Table` that has a meaning on one machine; the rest is ignored. */
export const TableDefinition = z.object({
  TableName: z.string(),
  KeySchema,
  AttributeDefinitions: z.array(
    z.object({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) }),
  ),
  GlobalSecondaryIndexes: z.array(Index).optional(),
  LocalSecondaryIndexes: z.array(Index).optional(),
  TimeToLiveSpecification: z.object({ AttributeName: z.string(), Enabled: z.boolean() }).optional(),
});
export type TableDefinition = z.output<typeof TableDefinition>;

const Described = z.object({ Table: TableDefinition.extend({ TableStatus: z.string() }) });
const Item = z.record(z.string(), z.unknown());
/** A TTL is a number of epoch seconds. */
const End = z.object({ N: z.string() });
const Page = z.object({ Items: z.array(Item), LastEvaluatedKey: Item.optional() });
const TableRequest = z.looseObject({ TableName: z.string() });

/** DynamoDB leaves items alone whose TTL lies more than five years back. */
const OLDEST_TTL_SECONDS = 5 * 365 * 86_400;

export const createTables = ({ store, scope }: Pick<DynaliteStore, 'store' | 'scope'>) => {
  const timeToLive = new Map<string, string>();

  const describe = async (name: string) =>
    Described.parse(await runDynalite(store, 'DescribeTable', { TableName: name })).Table;

  const describeIfThere = async (name: string) => {
    try {
      return await describe(name);
    } catch (error) {
      if (error instanceof AwsError && error.name === 'ResourceNotFoundException') return undefined;
      throw error;
    }
  };

  const create = async (request: Readonly<Record<string, unknown>>): Promise<unknown> => {
    const answer = await runDynalite(store, 'CreateTable', request);
    const { TableName } = TableRequest.parse(request);
    // dynalite makes the table usable in a timer, however short.
    while ((await describe(TableName)).TableStatus !== 'ACTIVE') await new Promise(setImmediate);
    return answer;
  };

  const forget = (name: string) => promisify(store.tableDb.del)(name);

  const fill = async (definition: TableDefinition, indexes: readonly Index[]) => {
    if (indexes.length === 0) return;
    for await (const item of store.getItemDb(definition.TableName).createValueStream()) {
      for (const { index, key, item: entry } of getIndexActions(indexes, null, item, definition).puts) {
        await promisify(store.getIndexDb('Global', definition.TableName, index).put)(key, entry);
      }
    }
  };

  /** Entries are made before the definition is replaced, so that a crash in between makes them again. */
  const addIndexes = async (existing: TableDefinition, wanted: TableDefinition) => {
    const known = new Set((existing.GlobalSecondaryIndexes ?? []).map((index) => JSON.stringify(index)));
    const added = (wanted.GlobalSecondaryIndexes ?? []).filter((index) => !known.has(JSON.stringify(index)));
    await fill(wanted, added);
    await forget(wanted.TableName);
    await create(creation(wanted));
  };

  const expired = async (table: TableDefinition, attribute: string, now: number) => {
    const nowSeconds = Math.floor(now / 1000);
    const condition = {
      ExpressionAttributeNames: { '#ttl': attribute },
      ExpressionAttributeValues: {
        ':now': { N: String(nowSeconds) },
        ':oldest': { N: String(nowSeconds - OLDEST_TTL_SECONDS) },
      },
    };
    const isOver = '#ttl BETWEEN :oldest AND :now';
    let deleted = 0;
    let start: z.output<typeof Item> | undefined;
    do {
      const page = Page.parse(
        await runDynalite(store, 'Scan', {
          TableName: table.TableName,
          FilterExpression: isOver,
          ...condition,
          ...(start && { ExclusiveStartKey: start }),
        }),
      );
      for (const item of page.Items) {
        const Key = keyOf(table, item);
        const input = { TableName: table.TableName, Key, ConditionExpression: isOver, ...condition };
        deleted += await scope(() => runDynalite(store, 'DeleteItem', input)).then(() => 1, ifProlonged);
      }
      start = page.LastEvaluatedKey;
    } while (start !== undefined);
    return deleted;
  };

  /** In epoch seconds; infinity when nothing ends after `now`. */
  const firstEnd = async (name: string, attribute: string, now: number): Promise<number> => {
    let soonest = Number.POSITIVE_INFINITY;
    let start: z.output<typeof Item> | undefined;
    do {
      const page = Page.parse(
        await runDynalite(store, 'Scan', {
          TableName: name,
          FilterExpression: '#ttl > :now',
          ProjectionExpression: '#ttl',
          ExpressionAttributeNames: { '#ttl': attribute },
          ExpressionAttributeValues: { ':now': { N: String(Math.floor(now / 1000)) } },
          ...(start && { ExclusiveStartKey: start }),
        }),
      );
      for (const item of page.Items) soonest = Math.min(soonest, Number(End.parse(item[attribute]).N));
      start = page.LastEvaluatedKey;
    } while (start !== undefined);
    return soonest;
  };

  return {
    create,

    /** Rejects when the keys differ: no release may change them, since the items could not be found any more. */
    ensure: async (given: TableDefinition): Promise<void> => {
      const wanted = TableDefinition.parse(given);
      const ttl = wanted.TimeToLiveSpecification;
      if (ttl?.Enabled) timeToLive.set(wanted.TableName, ttl.AttributeName);
      const existing = await describeIfThere(wanted.TableName);
      if (existing === undefined) {
        await create(creation(wanted));
      } else if (JSON.stringify(existing.KeySchema) !== JSON.stringify(wanted.KeySchema)) {
        throw new Error(
          `The keys of table ${wanted.TableName} have changed; its data cannot be carried over.`,
        );
      } else if (existing.TableStatus !== 'ACTIVE' || shapeOf(existing) !== shapeOf(wanted)) {
        // Not active here means a crash within the first millisecond of the table.
        await addIndexes(existing, wanted);
      }
    },

    describeTimeToLive: async (request: Record<string, unknown>) => {
      const { TableName } = await describe(TableRequest.parse(request).TableName);
      const attribute = timeToLive.get(TableName);
      return {
        TimeToLiveDescription:
          attribute === undefined
            ? { TimeToLiveStatus: 'DISABLED' }
            : { TimeToLiveStatus: 'ENABLED', AttributeName: attribute },
      };
    },

    soonestExpiry: async (now: number): Promise<number | undefined> => {
      let soonest = Number.POSITIVE_INFINITY;
      for (const [name, attribute] of timeToLive)
        soonest = Math.min(soonest, await firstEnd(name, attribute, now));
      return soonest === Number.POSITIVE_INFINITY ? undefined : soonest * 1000;
    },

    purgeExpired: async (now: number): Promise<number> => {
      let deleted = 0;
      for (const [name, attribute] of timeToLive)
        deleted += await expired(await describe(name), attribute, now);
      return deleted;
    },

    /** Adds the item found, when the caller asked for it; dynalite does not know ReturnValuesOnConditionCheckFailure. */
    withFoundItem: async (refusal: AwsError, request: Record<string, unknown>): Promise<AwsError> => {
      if (request['ReturnValuesOnConditionCheckFailure'] !== 'ALL_OLD') return refusal;
      const { TableName, Key, Item: item } = TableRequest.parse(request);
      const key = Key ?? keyOf(await describe(TableName), Item.parse(item));
      const found = Item.parse(
        await runDynalite(store, 'GetItem', { TableName, Key: key, ConsistentRead: true }),
      );
      return new AwsError(refusal.name, refusal.message, {
        cause: refusal,
        details: 'Item' in found ? { Item: found['Item'] } : {},
      });
    },
  };
};

/** An empty list of indexes is an error to DynamoDB. */
const creation = (definition: TableDefinition) => ({
  TableName: definition.TableName,
  KeySchema: definition.KeySchema,
  AttributeDefinitions: definition.AttributeDefinitions,
  ...(definition.GlobalSecondaryIndexes?.length && {
    GlobalSecondaryIndexes: definition.GlobalSecondaryIndexes,
  }),
  ...(definition.LocalSecondaryIndexes?.length && {
    LocalSecondaryIndexes: definition.LocalSecondaryIndexes,
  }),
  BillingMode: 'PAY_PER_REQUEST',
});

const byName = <T extends { AttributeName: string }>(list: readonly T[]): T[] =>
  list.toSorted((a, b) => a.AttributeName.localeCompare(b.AttributeName));

const shapeOf = (definition: TableDefinition): string =>
  JSON.stringify([
    byName(definition.AttributeDefinitions),
    definition.GlobalSecondaryIndexes ?? [],
    definition.LocalSecondaryIndexes ?? [],
  ]);

const keyOf = (table: TableDefinition, item: Record<string, unknown>) =>
  Object.fromEntries(table.KeySchema.map(({ AttributeName }) => [AttributeName, item[AttributeName]]));

/** An item whose life was prolonged since it was read stays. */
const ifProlonged = (error: unknown): number => {
  if (error instanceof AwsError && error.name === 'ConditionalCheckFailedException') return 0;
  throw error;
};
