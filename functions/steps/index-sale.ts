import type { SalePorts } from '../adapters/ports.ts';
import type { KnownRows } from '../adapters/search-ports.ts';
import { searchKeysOf } from '../core/desk/search-keys.ts';
import type { Sale } from '../core/sale.ts';

/**
 * Makes a sale findable at the desk by name, address and number. Called whenever the shop spoke of the customer; false when
 * it was findable so already.
 */
export const indexSale = (
  { search, ids }: Pick<SalePorts, 'search' | 'ids'>,
  sale: Sale,
  known?: KnownRows,
): Promise<boolean> => search.index(sale.id, searchKeysOf(sale, ids.digest), known);
