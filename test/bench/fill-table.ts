/** Puts many items straight into the database of one machine, without HTTP and without waiting for the disk each time. */
import { marshall } from '@aws-sdk/util-dynamodb';
import { create, createKey, getIndexActions } from 'dynalite/db/index.js';
import type { Item } from '../../functions/adapters/table.ts';
import type { TableDefinition } from '../../lib/local/aws/dynamodb-tables.ts';

type Put = (key: string, value: unknown, callback: (error?: unknown) => void) => void;

const done = (put: Put, key: string, value: unknown): Promise<void> =>
  new Promise((resolve, reject) => {
    put(key, value, (error) => (error ? reject(error) : resolve()));
  });

/** No one else may have `path` open. Resolves to the number of items. */
export const fillTable = async (
  path: string,
  table: TableDefinition,
  count: number,
  itemsOf: (n: number) => readonly Item[],
): Promise<number> => {
  const store = create({ path, createTableMs: 0 });
  await store.db.open();
  const items = store.getItemDb(table.TableName);
  let total = 0;
  const fill = (n: number): Promise<void>[] =>
    itemsOf(n).flatMap((plain) => {
      total += 1;
      const item = marshall(plain, { removeUndefinedValues: true });
      const indexed = getIndexActions(table.GlobalSecondaryIndexes ?? [], null, item, table).puts;
      return [
        done(items.put, createKey(item, table), item),
        ...indexed.map((entry) =>
          done(store.getIndexDb('Global', table.TableName, entry.index).put, entry.key, entry.item),
        ),
      ];
    });
  for (let from = 0; from < count; from += 100)
    await Promise.all(
      Array.from({ length: Math.min(100, count - from) }, (_, index) => fill(from + index)).flat(),
    );
  await store.db.close();
  return total;
};
