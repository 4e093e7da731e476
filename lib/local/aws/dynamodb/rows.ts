/**
 * Items and index entries as rows of the runtime's SQLite file. Items lie in a table with row ids, since they are too
 * large for the nodes of an index; an entry is only the keys, and its attributes are the item's.
 */
import type { Store } from '../../store.ts';
import type { Place } from './keys.ts';

export type Row = { readonly size: number; readonly text: string };
export type NewRow = Row & { readonly ends: number | null };

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS dynamodb_items (
    table_id INTEGER NOT NULL, hash TEXT NOT NULL, sort TEXT NOT NULL,
    size INTEGER NOT NULL, ends REAL, item TEXT NOT NULL,
    PRIMARY KEY (table_id, hash, sort)
  ) STRICT;
  CREATE INDEX IF NOT EXISTS dynamodb_ends ON dynamodb_items (table_id, ends) WHERE ends IS NOT NULL;
  CREATE TABLE IF NOT EXISTS dynamodb_entries (
    index_id INTEGER NOT NULL, hash TEXT NOT NULL, sort TEXT NOT NULL,
    item_hash TEXT NOT NULL, item_sort TEXT NOT NULL,
    PRIMARY KEY (index_id, hash, sort, item_hash, item_sort)
  ) STRICT, WITHOUT ROWID;
`;

export type Rows = ReturnType<typeof openRows>;

export const openRows = ({ db }: Pick<Store, 'db'>) => {
  db.exec(SCHEMA);
  const find = db.prepare(
    'SELECT size, item FROM dynamodb_items WHERE table_id = ? AND hash = ? AND sort = ?',
  );
  // A row is an array then, which takes less time than an object.
  find.setReturnArrays(true);
  const put = db.prepare(
    `INSERT INTO dynamodb_items (table_id, hash, sort, size, ends, item) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET size = excluded.size, ends = excluded.ends, item = excluded.item`,
  );
  const remove = db.prepare('DELETE FROM dynamodb_items WHERE table_id = ? AND hash = ? AND sort = ?');
  const enter = db.prepare('INSERT INTO dynamodb_entries VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING');
  const leave = db.prepare(
    `DELETE FROM dynamodb_entries
     WHERE index_id = ? AND hash = ? AND sort = ? AND item_hash = ? AND item_sort = ?`,
  );
  const all = db.prepare(
    'SELECT hash, sort, item FROM dynamodb_items WHERE table_id = ? ORDER BY hash, sort',
  );
  const setEnd = db.prepare(
    'UPDATE dynamodb_items SET ends = ? WHERE table_id = ? AND hash = ? AND sort = ?',
  );
  const clear = db.prepare('DELETE FROM dynamodb_entries WHERE index_id = ?');

  return {
    find: (table: number, { hash, sort }: Place): Row | undefined => {
      const found = find.get(table, hash, sort);
      return found === undefined ? undefined : { size: Number(found[0]), text: String(found[1]) };
    },
    put: (table: number, { hash, sort }: Place, row: NewRow): void => {
      put.run(table, hash, sort, row.size, row.ends, row.text);
    },
    remove: (table: number, { hash, sort }: Place): void => {
      remove.run(table, hash, sort);
    },
    enter: (index: number, at: Place, item: Place): void => {
      enter.run(index, at.hash, at.sort, item.hash, item.sort);
    },
    leave: (index: number, at: Place, item: Place): void => {
      leave.run(index, at.hash, at.sort, item.hash, item.sort);
    },
    clearIndex: (index: number): void => {
      clear.run(index);
    },
    setEnd: (table: number, { hash, sort }: Place, ends: number | null): void => {
      setEnd.run(ends, table, hash, sort);
    },
    /** Every item of a table, one after the other. */
    *all(table: number): Generator<{ place: Place; text: string }> {
      for (const row of all.iterate(table))
        yield { place: { hash: String(row['hash']), sort: String(row['sort']) }, text: String(row['item']) };
    },
  };
};
