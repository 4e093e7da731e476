import type { SalePorts } from '../adapters/ports.ts';
import type { SaleId } from '../core/ids.ts';

/**
 * Forgets the person behind a sale: name, addresses, words, and every row they can be found by. The journal keeps what
 * happened, so that a replayed webhook brings nobody back. Safe to repeat after a crash.
 */
export const eraseSale = async (
  { sales, search }: Pick<SalePorts, 'sales' | 'search'>,
  id: SaleId,
): Promise<void> => {
  await sales.erase(id);
  await search.forget(id);
};
