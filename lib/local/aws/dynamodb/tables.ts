/** The tables of the template: made once, and given new indexes when a release adds them. */
import type { Table as Definition, Item } from 'dynalite/db/index.js';
import type { Store } from '../../store.ts';
import { AwsError } from '../aws-error.ts';
import { type Catalog, endOf, type Table } from './catalog.ts';
import type { Checks } from './checks.ts';
import { TableDefinition } from './definitions.ts';
import { moveEntries } from './entries.ts';
import type { CreateTableRequest } from './requests.ts';
import type { Rows } from './rows.ts';

export const createTables = ({
  store,
  rows,
  catalog,
  checks,
}: {
  store: Pick<Store, 'write' | 'leftOldBytes'>;
  rows: Rows;
  catalog: Catalog;
  checks: Checks;
}) => {
  const create = (request: CreateTableRequest, timeToLive?: string) =>
    store.write(() => {
      if (catalog.get(request.TableName) !== undefined) return undefined;
      return catalog.save(catalog.describe(request, Date.now()), timeToLive, new Set());
    });

  /** Puts every item into the indexes that are new, and notes when each is over. */
  const fill = (table: Table, isNew: (index: string) => boolean): void => {
    const added = {
      ...table,
      indexes: table.indexes.filter(({ definition }) => isNew(definition.IndexName)),
    };
    for (const { place, text } of rows.all(table.id)) {
      const item: Item = JSON.parse(text);
      moveEntries(rows, added, place, undefined, { item, text, size: 0 });
      rows.setEnd(table.id, place, endOf(item, table));
    }
  };

  /** One change: a crash leaves the table as it was. */
  const change = (existing: Table, wanted: TableDefinition, timeToLive: string | undefined) =>
    store.write(() => {
      const staying = stayingIndexes(existing.definition, wanted);
      for (const { id, definition } of existing.indexes)
        if (!staying.has(definition.IndexName)) rows.clearIndex(id);
      const request = checks.check('CreateTable', creation(wanted));
      const table = catalog.save(catalog.describe(request, Date.now()), timeToLive, staying);
      fill(table, (name) => !staying.has(name));
      store.leftOldBytes();
    });

  return {
    create: async (request: CreateTableRequest): Promise<Record<string, unknown>> => {
      const table = await create(request);
      if (table === undefined) throw new AwsError('ResourceInUseException', '');
      return { TableDescription: table.description };
    },

    /** Rejects when the keys differ: no release may change them, since the items could not be found any more. */
    ensure: async (given: TableDefinition): Promise<void> => {
      const wanted = TableDefinition.parse(given);
      const { Enabled = false, AttributeName } = wanted.TimeToLiveSpecification ?? {};
      const timeToLive = Enabled ? AttributeName : undefined;
      const existing = catalog.get(wanted.TableName);
      if (existing === undefined) {
        await create(checks.check('CreateTable', creation(wanted)), timeToLive);
      } else if (JSON.stringify(existing.definition.KeySchema) !== JSON.stringify(wanted.KeySchema)) {
        throw new Error(
          `The keys of table ${wanted.TableName} have changed; its data cannot be carried over.`,
        );
      } else if (existing.timeToLive !== timeToLive || shapeOf(existing.definition) !== shapeOf(wanted)) {
        await change(existing, wanted, timeToLive);
      }
    },

    describe: (name: string): Record<string, unknown> => ({ Table: known(catalog, name).description }),

    describeTimeToLive: (name: string): Record<string, unknown> => {
      const { timeToLive } = known(catalog, name);
      return {
        TimeToLiveDescription:
          timeToLive === undefined
            ? { TimeToLiveStatus: 'DISABLED' }
            : { TimeToLiveStatus: 'ENABLED', AttributeName: timeToLive },
      };
    },
  };
};

/** To whom asks for a table, DynamoDB says which one is missing. */
const known = (catalog: Catalog, name: string): Table => {
  const table = catalog.get(name);
  if (table !== undefined) return table;
  throw new AwsError('ResourceNotFoundException', `Requested resource not found: Table: ${name} not found`);
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

const indexesOf = ({ GlobalSecondaryIndexes = [], LocalSecondaryIndexes = [] }: TableDefinition) => [
  ...GlobalSecondaryIndexes,
  ...LocalSecondaryIndexes,
];

/** The indexes that are the same before and after. */
const stayingIndexes = (before: Definition, after: TableDefinition): ReadonlySet<string> => {
  const types = (definition: TableDefinition, names: readonly string[]) =>
    definition.AttributeDefinitions.filter(({ AttributeName }) => names.includes(AttributeName));
  const shapes = (definition: TableDefinition) =>
    new Map(
      indexesOf(definition).map((index) => {
        const names = index.KeySchema.map(({ AttributeName }) => AttributeName);
        return [index.IndexName, JSON.stringify([index, byName(types(definition, names))])];
      }),
    );
  const had = shapes(TableDefinition.parse(before));
  return new Set([...shapes(after)].filter(([name, shape]) => had.get(name) === shape).map(([name]) => name));
};

const byName = <T extends { AttributeName: string }>(list: readonly T[]): T[] =>
  list.toSorted((a, b) => a.AttributeName.localeCompare(b.AttributeName));

const shapeOf = (definition: Definition): string => {
  const { AttributeDefinitions, GlobalSecondaryIndexes, LocalSecondaryIndexes } =
    TableDefinition.parse(definition);
  return JSON.stringify([
    byName(AttributeDefinitions),
    GlobalSecondaryIndexes ?? [],
    LocalSecondaryIndexes ?? [],
  ]);
};
