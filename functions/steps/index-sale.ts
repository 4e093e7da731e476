import type { SalePorts } from '../adapters/ports.ts';
import { searchKeysOf } from '../core/desk/search-keys.ts';
import type { Sale } from '../core/sale.ts';

/** Makes a sale findable at the desk by name, address and number. Called whenever the shop spoke of the customer. */
export const indexSale = ({ search, ids }: Pick<SalePorts, 'search' | 'ids'>, sale: Sale): Promise<void> =>
  search.index(sale.id, searchKeysOf(sale, ids.digest));
