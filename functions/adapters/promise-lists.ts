/**
 * The desk's lists, in the sales table: `listed#<promise>` beside the journal it is computed from, found through the index
 * `Open` (partition `openOf` = owner, sort `dueAt`, of a broken one since when it is late) as long as the promise is open; and `score#<owner>` / `<at>#…`.
 */
import * as z from 'zod';
import { Instant, SaleId } from '../core/ids.ts';
import { PromiseId } from '../core/promises/entries.ts';
import { dueSince, OPEN_INDEX, PromiseRow } from '../core/promises/row.ts';
import { asText } from './item-text.ts';
import type { PromiseLists, Score } from './ports.ts';
import type { Item, Table } from './table.ts';

/** Text, not a map: a list reads a thousand rows at once, and each attribute of each costs the SDK more than all of this. */
const RowItem = z.object({ data: asText(PromiseRow) });
const ScoreItem = z.object({
  data: asText(
    z.strictObject({
      saleId: SaleId,
      promise: PromiseId,
      term: z.int(),
      owner: z.string(),
      at: Instant,
      dueAt: Instant,
      result: z.literal(['kept', 'late', 'broken', 'assumed']),
    }),
  ),
});

const rowIn = (item: Item): PromiseRow => RowItem.parse(item).data;

export const createPromiseLists = (table: Table): PromiseLists => ({
  keep: (row, scored) =>
    table.put({
      sale: row.saleId,
      item: `listed#${row.promise}`,
      openOf: row.owner,
      dueAt: dueSince(row),
      data: JSON.stringify(row),
      scored,
    }),
  drop: (sale, promise, scored) => table.put({ sale, item: `listed#${promise}`, scored }),
  openOf: async (owner, { limit, dueBefore, after }) => {
    const page = await table.page({
      index: OPEN_INDEX,
      only: 'data',
      partition: ['openOf', owner],
      sort: { name: 'dueAt', ...(dueBefore === undefined ? {} : { before: dueBefore }) },
      limit,
      after,
    });
    return { items: page.items.map(rowIn), next: page.next };
  },
  async *all() {
    for await (const item of table.scan(OPEN_INDEX)) yield rowIn(item);
  },
  score: async (score) => {
    await table.put({
      sale: `score#${score.owner}`,
      item: `${score.at}#${score.saleId}#${score.promise}#${score.term}`,
      data: JSON.stringify(score),
    });
  },
  scoresOf: async (owner, limit) => {
    const { items } = await table.page({
      partition: ['sale', `score#${owner}`],
      only: 'data',
      limit,
      isBackwards: true,
    });
    return items.map((item): Score => ScoreItem.parse(item).data);
  },
});
