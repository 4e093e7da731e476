/**
 * The index `Due` of the sales table: rows `wait#<key>` by the time they run to (`dueOf` = shard, `dueAt`), keys only.
 * sale-store.ts puts them there and takes them off.
 */
import * as z from 'zod';
import { Instant, SaleId } from '../core/ids.ts';
import { DUE_INDEX } from '../core/operations/due.ts';
import { dueShard } from './due-shard.ts';
import type { Item, Table } from './table.ts';
import type { DueWait, DueWaits } from './watch-ports.ts';

const DueItem = z.object({
  sale: SaleId,
  item: z.string().regex(/^wait#./),
  dueAt: Instant,
});

const waitIn = (item: Item): DueWait => {
  const { sale, item: key, dueAt } = DueItem.parse(item);
  return { saleId: sale, key: key.slice('wait#'.length), dueAt };
};

export const createDueWaits = (table: Table): DueWaits => ({
  past: async (shard, { before, limit, after }) => {
    const page = await table.page({
      index: DUE_INDEX,
      partition: ['dueOf', shard],
      sort: { name: 'dueAt', before },
      limit,
      after,
    });
    return { items: page.items.map(waitIn), next: page.next };
  },
  next: async (shard, from) => {
    const { items } = await table.page({
      index: DUE_INDEX,
      partition: ['dueOf', shard],
      sort: { name: 'dueAt', from },
      limit: 1,
    });
    return items.map(waitIn)[0];
  },
  noteTold: async (id, { key, token, dueAt }, at) => {
    /* Whoever waits there since waits for something else. */
    await table.update({ sale: id, item: `wait#${key}` }, 'SET toldAt = :at, dueOf = :of, dueAt = :dueAt', {
      expression: '#data.#token = :token',
      names: { '#data': 'data', '#token': 'token' },
      values: { ':token': token, ':at': at, ':of': dueShard(id), ':dueAt': dueAt },
    });
  },
});
