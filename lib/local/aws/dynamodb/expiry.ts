/** Items whose time to live is over: when the next one is, and taking out those that are. */
import type { Item } from 'dynalite/db/index.js';
import * as z from 'zod';
import type { Store } from '../../store.ts';
import type { Catalog, Table } from './catalog.ts';
import type { Place } from './keys.ts';
import type { Writes } from './writes.ts';

/** DynamoDB leaves items alone whose end lies more than five years back. */
const OLDEST_SECONDS = 5 * 365 * 86_400;

/** Deleted in one change, so that others wait for no more than these. */
const AT_ONCE = 500;

export const ENDED = `SELECT hash, sort, size, item FROM dynamodb_items
  WHERE table_id = ? AND ends BETWEEN ? AND ? ORDER BY ends LIMIT ${AT_ONCE}`;
export const FIRST_END = 'SELECT min(ends) AS ends FROM dynamodb_items WHERE table_id = ? AND ends > ?';

const Ended = z.array(
  z
    .object({ hash: z.string(), sort: z.string(), size: z.int(), item: z.string() })
    .transform(({ hash, sort, size, item: text }) => ({ place: { hash, sort }, size, text })),
);
const First = z.object({ ends: z.number().nullable() });

export const createExpiry = ({
  store,
  catalog,
  writes,
}: {
  store: Pick<Store, 'db' | 'write'>;
  catalog: Catalog;
  writes: Writes;
}) => {
  const ended = store.db.prepare(ENDED);
  const first = store.db.prepare(FIRST_END);

  const tables = (): Table[] =>
    catalog
      .list({ Limit: Number.MAX_SAFE_INTEGER - 1 })
      .TableNames.map((name) => catalog.need(name))
      .filter(({ timeToLive }) => timeToLive !== undefined);

  const purge = (table: Table, seconds: number): number => {
    const found = Ended.parse(ended.all(table.id, seconds - OLDEST_SECONDS, seconds));
    for (const { place, ...row } of found) takeOut(table, place, row);
    return found.length;
  };

  const takeOut = (table: Table, place: Place, row: { size: number; text: string }): void => {
    const item: Item = JSON.parse(row.text);
    writes.replace(table, place, { ...row, item }, undefined);
  };

  return {
    /** In epoch milliseconds, after `now`. */
    soonest: (now: number): number | undefined => {
      const seconds = Math.floor(now / 1000);
      const ends = tables().flatMap(({ id }) => First.parse(first.get(id, seconds)).ends ?? []);
      return ends.length === 0 ? undefined : Math.min(...ends) * 1000;
    },

    /** Resolves to how many items that was. */
    purge: async (now: number): Promise<number> => {
      let deleted = 0;
      for (const table of tables())
        for (;;) {
          const taken = await store.write(() => purge(table, Math.floor(now / 1000)));
          deleted += taken;
          if (taken < AT_ONCE) break;
        }
      return deleted;
    },
  };
};
