/**
 * Codes that customers may pass on, in the sales table: `referral#<code>` / `sale#<sale>`. Listed in `<sale>` / `found-by` like
 * the rows of the search, so that erasing and expiring reach them.
 */
import * as z from 'zod';
import { SaleId } from '../core/ids.ts';
import type { ReferralStore } from './after-ports.ts';
import { textOf } from './found-by.ts';
import type { Table } from './table.ts';

const Row = z.object({ saleId: SaleId });
const Lifetime = z.object({ ttl: z.int().optional() });

export const createReferralStore = (table: Table): ReferralStore => {
  const find = async (code: string): Promise<SaleId | undefined> => {
    const { items } = await table.page({ partition: ['sale', `referral#${code}`], limit: 1 });
    return items[0] === undefined ? undefined : Row.parse(items[0]).saleId;
  };

  return {
    find,
    keep: async (code, saleId) => {
      const owner = await find(code);
      if (owner !== undefined) return owner === saleId;
      const place = { partition: `referral#${code}`, sort: `sale#${saleId}` };
      const { ttl } = Lifetime.parse((await table.get({ sale: saleId, item: 'customer' })) ?? {});
      /* First the list: a crash leaves nothing that erasing does not know. */
      await table.update({ sale: saleId, item: 'found-by' }, 'ADD #keys :keys', {
        names: { '#keys': 'keys' },
        values: { ':keys': new Set([textOf(place)]) },
      });
      await table.put({
        sale: place.partition,
        item: place.sort,
        saleId,
        ...(ttl === undefined ? {} : { ttl }),
      });
      return (await find(code)) === saleId;
    },
  };
};
