/**
 * Sales that wait for the end of a pause, in the sales table: `held#<00 to 15>` / `<end of the pause>#<sale>`. Sixteen
 * partitions, because a pause may hold a hundred thousand sales that all come in the same morning.
 */
import * as z from 'zod';
import { Instant, SaleId } from '../core/ids.ts';
import { heldShard } from '../core/operations/pause.ts';
import type { HeldSale, HeldSales } from './pause-ports.ts';
import type { Table } from './table.ts';

const HeldItem = z.object({ saleId: SaleId, journey: z.string(), until: Instant });

const partitionOf = (shard: number) => `held#${String(shard).padStart(2, '0')}`;

const keyOf = ({ saleId, until }: HeldSale) => ({
  sale: partitionOf(heldShard(saleId)),
  item: `${until}#${saleId}`,
});

export const createHeldSales = (table: Table): HeldSales => ({
  hold: (held) => table.put({ ...keyOf(held), ...held }),
  look: async (shard, { limit, after }) => {
    const { items, next } = await table.page({ partition: ['sale', partitionOf(shard)], limit, after });
    return { items: items.map((item) => HeldItem.parse(item)), next };
  },
  drop: (held) => table.delete(keyOf(held)),
});
