/** Counts what is written into journals, so that handlers need not know of numbers. */
import type { Configuration } from '../core/configuration.ts';
import { type Instant, isCanary, type SaleId } from '../core/ids.ts';
import { type Entry, keyOf } from '../core/journal.ts';
import type { Change } from '../core/operations/change.ts';
import { isChange, measureChange, measureEntry } from '../core/operations/measure.ts';
import type { Measurement } from '../core/operations/metrics.ts';
import { foldSale } from '../core/sale.ts';
import { logTrouble } from '../middleware/log-line.ts';
import { measure } from '../middleware/measure.ts';
import type { LoadedSale, SaleStore } from './ports.ts';

type Tell = (now: Instant, measurement: Measurement) => void;

const isAlike = (one: Measurement['details'] = {}, other: Measurement['details'] = {}): boolean =>
  Object.entries(one).every(([name, value]) => other[name] === undefined || other[name] === value);

/** What has nothing different to say of itself shares a line: each costs 200 bytes. */
const together = (measurements: readonly Measurement[]): Measurement[] => {
  const [first, ...others] = measurements;
  if (first === undefined) return [];
  const alike = others.filter(({ details }) => isAlike(details, first.details));
  const line = alike.reduce(
    (all, { values, details }) => ({
      values: { ...all.values, ...values },
      details: { ...all.details, ...details },
    }),
    first,
  );
  return [line, ...together(others.filter((other) => !alike.includes(other)))];
};

export const measuredSales = (
  sales: SaleStore,
  { operations }: Pick<Configuration, 'operations'>,
  tell: Tell = measure,
): SaleStore => {
  /** `known`: the sale as it was a moment before, or is now; read when nobody has it at hand. */
  const changeBy = async (id: SaleId, entry: Entry, known?: LoadedSale): Promise<Change | undefined> => {
    const stored = known ?? (await sales.load(id));
    if (stored === undefined) return undefined;
    const key = keyOf(entry);
    const entries = stored.entries.filter((one) => keyOf(one) !== key);
    const [before, after] = [
      foldSale({ ...stored, entries }),
      foldSale({ ...stored, entries: [...entries, entry] }),
    ];
    return before === undefined || after === undefined ? undefined : { before, after };
  };

  /** What has been written is written: that it could not be counted must not fail whoever wrote it. */
  const count = async (id: SaleId, entry: Entry, known?: LoadedSale): Promise<void> => {
    try {
      const change = isChange(entry) ? await changeBy(id, entry, known) : undefined;
      const more = change === undefined ? [] : measureChange(entry, change, operations.contactWithinHours);
      for (const line of together([...measureEntry(entry), ...more])) tell(entry.at, line);
    } catch (error) {
      logTrouble('not counted', id, error);
    }
  };

  return {
    ...sales,
    open: async (record) => {
      const isNew = await sales.open(record);
      if (isNew && !isCanary(record.id))
        tell(record.createdAt, { values: { SalesIn: 1 }, details: { source: record.source } });
      return isNew;
    },
    append: async (id, entry, known) => {
      const isNew = await sales.append(id, entry);
      if (isNew && !isCanary(id)) await count(id, entry, known);
      return isNew;
    },
    appendThenLoad: async (id, entry) => {
      const appended = await sales.appendThenLoad(id, entry);
      if (appended.isNew && !isCanary(id)) await count(id, entry, appended.stored);
      return appended;
    },
  };
};
