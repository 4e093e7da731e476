import type { Listed, SalePorts } from '../adapters/ports.ts';
import { countOf } from '../core/after/count.ts';
import { isCanary } from '../core/ids.ts';
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

/** Only once it is known how it stands: whatever is counted before has come to nothing yet. */
const countSale = async (
  { outcomes }: Pick<SalePorts, 'outcomes'>,
  { sale, stored }: Loaded,
): Promise<void> => {
  if (isCanary(sale.id)) return;
  const count = countOf(sale);
  const isNews = stored.counted !== JSON.stringify(count);
  const says =
    count.outcome !== undefined || count.hasBoughtAgain || count.hasRecommended || count.wasReferred;
  if (isNews && (says || stored.counted !== undefined)) await outcomes.count(sale.id, count);
};

/** Brings the desk's lists and counts up to the journal. Writes only what changed, so calling it once more costs nothing. */
export const projectPromises = async (
  ports: Pick<SalePorts, 'lists' | 'outcomes' | 'settings'>,
  { sale, stored }: Loaded,
  now: string,
): Promise<void> => {
  for (const promise of sale.promises) {
    const listed = stored.listed.find((one) => one.promise === promise.id);
    await project(ports, sale, promise, listed, now);
  }
  await countSale(ports, { sale, stored });
};
