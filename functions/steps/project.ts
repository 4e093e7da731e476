import type { Listed, SalePorts } from '../adapters/ports.ts';
import { countOf } from '../core/after/count.ts';
import { isCanary } from '../core/ids.ts';
import { rowOf } from '../core/promises/row.ts';
import type { Sale } from '../core/sale.ts';
import { findSale, type Loaded } from './load.ts';

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

/** Several may count a sale at once; whoever was slower reads it again. What is left for later is counted with its next entry. */
const MOST_TRIES = 3;

/** Only once it is known how it stands: whatever is counted before has come to nothing yet. */
export const countSale = async (
  ports: Pick<SalePorts, 'outcomes' | 'sales'>,
  loaded: Loaded,
  now: string,
): Promise<void> => {
  if (isCanary(loaded.sale.id)) return;
  let { sale, stored } = loaded;
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const count = countOf(sale);
    const isNews = !isSame(stored.counted?.count, count);
    const says =
      count.outcome !== undefined || count.hasBoughtAgain || count.hasRecommended || count.wasReferred;
    if (!isNews || (!says && stored.counted === undefined)) return;
    if (await ports.outcomes.count(sale.id, count, stored.counted, now)) return;
    ({ sale, stored } = (await findSale(ports, sale.id)) ?? { sale, stored });
  }
};

/** Brings the desk's lists up to the journal. */
export const listPromises = async (
  ports: Pick<SalePorts, 'lists' | 'settings'>,
  { sale, stored }: Loaded,
  now: string,
): Promise<void> => {
  for (const promise of sale.promises) {
    const listed = stored.listed.find((one) => one.promise === promise.id);
    await project(ports, sale, promise, listed, now);
  }
};

/** And the counts. Writes only what changed, so calling it once more costs nothing. */
export const projectPromises = async (
  ports: Pick<SalePorts, 'lists' | 'outcomes' | 'sales' | 'settings'>,
  loaded: Loaded,
  now: string,
): Promise<void> => {
  await listPromises(ports, loaded, now);
  await countSale(ports, loaded, now);
};
