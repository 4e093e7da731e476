import type { LoadedSale, SalePorts } from '../adapters/ports.ts';
import { BadInput } from '../core/errors.ts';
import type { SaleId } from '../core/ids.ts';
import { foldSale, type Sale } from '../core/sale.ts';

export type Loaded = { sale: Sale; stored: LoadedSale };

/** Undefined for a sale of which only other events are known so far. */
export const findSale = async (ports: Pick<SalePorts, 'sales'>, id: SaleId): Promise<Loaded | undefined> => {
  const stored = await ports.sales.load(id);
  return stored === undefined ? undefined : loadedFrom(stored);
};

/** The same of what was read anyway. */
export const loadedFrom = (stored: LoadedSale): Loaded | undefined => {
  const sale = foldSale(stored);
  return sale === undefined ? undefined : { sale, stored };
};

/** For steps of a workflow, which only ever run for a sale that exists. */
export const loadSale = async (ports: Pick<SalePorts, 'sales'>, id: SaleId): Promise<Loaded> => {
  const loaded = await findSale(ports, id);
  if (loaded === undefined) throw new BadInput(`Sale ${id} does not exist`);
  return loaded;
};
