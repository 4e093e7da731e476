import type { Listed, SalePorts } from '../adapters/ports.ts';
import { rowOf } from '../core/promises/row.ts';
import type { Sale } from '../core/sale.ts';
import type { Loaded } from './load.ts';

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const project = async (
  { lists, settings }: Pick<SalePorts, 'lists' | 'settings'>,
  sale: Sale,
  promise: Sale['promises'][number],
  listed: Listed | undefined,
  now: string,
): Promise<void> => {
  for (const result of promise.results.slice(listed?.scored ?? 0))
    await lists.score({ saleId: sale.id, promise: promise.id, ...result });
  const row = rowOf(settings.config, sale, promise, now);
  const scored = promise.results.length;
  if (listed !== undefined && listed.scored === scored && isSame(listed.row, row)) return;
  if (row !== undefined) await lists.keep(row, scored);
  else await lists.drop(sale.id, promise.id, scored);
};

/** Brings the desk's lists up to the journal. Writes only what changed, so calling it once more costs nothing. */
export const projectPromises = async (
  ports: Pick<SalePorts, 'lists' | 'settings'>,
  { sale, stored }: Loaded,
  now: string,
): Promise<void> => {
  for (const promise of sale.promises) {
    const listed = stored.listed.find((one) => one.promise === promise.id);
    await project(ports, sale, promise, listed, now);
  }
};
