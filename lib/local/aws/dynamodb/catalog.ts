/** Which tables there are, how DynamoDB describes them, and what follows from it for their rows. */
import { randomUUID } from 'node:crypto';
import type { Table as Definition, Index, Item } from 'dynalite/db/index.js';
import * as z from 'zod';
import type { Store } from '../../store.ts';
import { AwsError } from '../aws-error.ts';
import { Described, TableDefinition } from './definitions.ts';
import { type KeyShape, shapeOf } from './keys.ts';
import type { CreateTableRequest, ListTablesRequest } from './requests.ts';

export type TableIndex = {
  readonly id: number;
  readonly definition: Index;
  readonly kind: 'Global' | 'Local';
  readonly shape: KeyShape;
  /** The attributes that an entry has; undefined for all of them. */
  readonly projected: readonly string[] | undefined;
};

export type Table = {
  readonly id: number;
  readonly definition: Definition;
  /** As DescribeTable tells it. */
  readonly description: Readonly<Record<string, unknown>>;
  readonly shape: KeyShape;
  readonly keyNames: readonly string[];
  readonly indexes: readonly TableIndex[];
  /** The attribute that says when an item is over, in epoch seconds. */
  readonly timeToLive: string | undefined;
};

/** When an item is over, in epoch seconds; null when it never is. */
export const endOf = (item: Item, { timeToLive }: Pick<Table, 'timeToLive'>): number | null => {
  const end = timeToLive === undefined ? undefined : item[timeToLive]?.['N'];
  return typeof end === 'string' ? Number(end) : null;
};

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS dynamodb_tables (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, description TEXT NOT NULL, time_to_live TEXT
  ) STRICT;
  CREATE TABLE IF NOT EXISTS dynamodb_indexes (
    id INTEGER PRIMARY KEY, table_id INTEGER NOT NULL, name TEXT NOT NULL, UNIQUE (table_id, name)
  ) STRICT;
`;

const SavedTable = z.object({
  id: z.int(),
  description: z.string().transform((text) => Described.parse(JSON.parse(text))),
  time_to_live: z.string().nullable(),
});
const SavedIndex = z.object({ id: z.int(), name: z.string() });
const Names = z.array(z.object({ name: z.string() }).transform(({ name }) => name));

const MOST_NAMES = 100;

const indexesOf = ({ GlobalSecondaryIndexes = [], LocalSecondaryIndexes = [] }: Definition) => [
  ...GlobalSecondaryIndexes.map((definition) => ({ definition, kind: 'Global' as const })),
  ...LocalSecondaryIndexes.map((definition) => ({ definition, kind: 'Local' as const })),
];

/** In the order in which DynamoDB's entries name them. */
const projectedBy = ({ KeySchema: schema, Projection }: Index, table: Definition) =>
  Projection.ProjectionType === 'ALL'
    ? undefined
    : [
        ...new Set([
          ...[...schema, ...table.KeySchema].map(({ AttributeName }) => AttributeName),
          ...(Projection.NonKeyAttributes ?? []),
        ]),
      ];

export type Catalog = ReturnType<typeof openCatalog>;

export const openCatalog = ({
  store: { db },
  region,
  accountId,
}: {
  store: Pick<Store, 'db'>;
  region: string;
  accountId: string;
}) => {
  db.exec(SCHEMA);
  const find = db.prepare('SELECT id, description, time_to_live FROM dynamodb_tables WHERE name = ?');
  const findIndexes = db.prepare('SELECT id, name FROM dynamodb_indexes WHERE table_id = ?');
  const names = db.prepare('SELECT name FROM dynamodb_tables WHERE name > ? ORDER BY name LIMIT ?');
  const save = db.prepare(
    `INSERT INTO dynamodb_tables (name, description, time_to_live) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET description = excluded.description, time_to_live = excluded.time_to_live`,
  );
  const addIndex = db.prepare('INSERT INTO dynamodb_indexes (table_id, name) VALUES (?, ?)');
  const dropIndex = db.prepare('DELETE FROM dynamodb_indexes WHERE id = ?');
  const known = new Map<string, Table>();

  const read = (name: string): Table | undefined => {
    const row = find.get(name);
    if (row === undefined) return undefined;
    const { id, description, time_to_live } = SavedTable.parse(row);
    const ids = new Map(
      z
        .array(SavedIndex)
        .parse(findIndexes.all(id))
        .map((index) => [index.name, index.id]),
    );
    return {
      ...{ id, definition: description, description },
      shape: shapeOf(description.KeySchema, description),
      keyNames: description.KeySchema.map(({ AttributeName }) => AttributeName),
      indexes: indexesOf(description).map(({ definition, kind }) => ({
        ...{ id: ids.get(definition.IndexName) ?? 0, definition, kind },
        shape: shapeOf(definition.KeySchema, description),
        projected: projectedBy(definition, description),
      })),
      timeToLive: time_to_live ?? undefined,
    };
  };

  const get = (name: string): Table | undefined => {
    const table = known.get(name) ?? read(name);
    if (table !== undefined) known.set(name, table);
    return table;
  };

  const arnOf = (name: string) => `arn:aws:dynamodb:${region}:${accountId}:table/${name}`;

  const describeIndex = (index: Index, tableName: string) => ({
    ...index,
    IndexArn: `${arnOf(tableName)}/index/${index.IndexName}`,
    ...{ IndexSizeBytes: 0, ItemCount: 0, IndexStatus: 'ACTIVE' },
    ProvisionedThroughput: { ReadCapacityUnits: 0, WriteCapacityUnits: 0, NumberOfDecreasesToday: 0 },
  });

  return {
    get,

    /** @throws AwsError in DynamoDB's words. */
    need: (name: string): Table => {
      const table = get(name);
      if (table === undefined)
        throw new AwsError('ResourceNotFoundException', 'Requested resource not found');
      return table;
    },

    /** What DescribeTable tells of a new table, which can be used at once. */
    describe: ({ TableName, BillingMode, ...request }: CreateTableRequest, now: number) => {
      const { GlobalSecondaryIndexes, LocalSecondaryIndexes } = TableDefinition.parse({
        TableName,
        ...request,
      });
      const isOnDemand = BillingMode === 'PAY_PER_REQUEST';
      return Described.parse({
        ...{ TableName, ...request },
        ...(GlobalSecondaryIndexes && {
          GlobalSecondaryIndexes: GlobalSecondaryIndexes.map((index) => describeIndex(index, TableName)),
        }),
        ...(LocalSecondaryIndexes && {
          LocalSecondaryIndexes: LocalSecondaryIndexes.map((index) => describeIndex(index, TableName)),
        }),
        ...{ TableArn: arnOf(TableName), TableId: randomUUID(), CreationDateTime: now / 1000 },
        ...{ ItemCount: 0, TableSizeBytes: 0, TableStatus: 'ACTIVE' },
        ProvisionedThroughput: {
          ...{ ReadCapacityUnits: 0, WriteCapacityUnits: 0 },
          ...Object(request['ProvisionedThroughput']),
          NumberOfDecreasesToday: 0,
        },
        ...(isOnDemand && {
          BillingModeSummary: { BillingMode, LastUpdateToPayPerRequestDateTime: now / 1000 },
          TableThroughputModeSummary: { TableThroughputMode: BillingMode },
        }),
      });
    },

    /** Inside a change: saves a table with the indexes that it has. Those that are gone or were not there get new ids. */
    save: (definition: Definition, timeToLive: string | undefined, staying: ReadonlySet<string>): Table => {
      known.delete(definition.TableName);
      save.run(definition.TableName, JSON.stringify(definition), timeToLive ?? null);
      const { id } = SavedTable.parse(find.get(definition.TableName));
      const had = z.array(SavedIndex).parse(findIndexes.all(id));
      for (const index of had) if (!staying.has(index.name)) dropIndex.run(index.id);
      for (const { definition: index } of indexesOf(definition))
        if (!staying.has(index.IndexName)) addIndex.run(id, index.IndexName);
      const table = read(definition.TableName);
      if (table === undefined) throw new Error('A table that was just saved is there.');
      return table;
    },

    list: ({ Limit = MOST_NAMES, ExclusiveStartTableName = '' }: ListTablesRequest) => {
      const found = Names.parse(names.all(ExclusiveStartTableName, Limit + 1));
      const TableNames = found.slice(0, Limit);
      return { TableNames, ...(found.length > Limit && { LastEvaluatedTableName: TableNames.at(-1) }) };
    },
  };
};
