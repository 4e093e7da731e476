/**
 * Who is booked when, in the sales table: `calendar#<provider>` / `<quarter of an hour>`. A visit takes every quarter it
 * touches with a conditional write each; whoever finds one taken gives the others back. No transactions needed.
 */
import { toEpochMs, toInstant } from '../core/calendar.ts';
import type { Bookings } from './ports.ts';
import type { Table } from './table.ts';

const QUARTER_MS = 15 * 60_000;

/** The quarters of an hour that a window touches. */
export const quarters = (from: string, to: string): string[] => {
  const first = Math.floor(toEpochMs(from) / QUARTER_MS);
  const last = Math.ceil(toEpochMs(to) / QUARTER_MS);
  return Array.from({ length: Math.max(1, last - first) }, (_, index) =>
    toInstant((first + index) * QUARTER_MS),
  );
};

export const createBookings = (table: Table): Bookings => {
  const key = (provider: string, quarter: string) => ({ sale: `calendar#${provider}`, item: quarter });
  const isHis = (holder: string) => ({
    expression: '#holder = :holder',
    names: { '#holder': 'holder' },
    values: { ':holder': holder },
  });
  const giveBack = async (provider: string, taken: readonly string[], holder: string) => {
    for (const quarter of taken) await table.update(key(provider, quarter), 'REMOVE #holder', isHis(holder));
  };
  return {
    reserve: async (provider, from, to, holder) => {
      const taken: string[] = [];
      for (const quarter of quarters(from, to)) {
        const item = { ...key(provider, quarter), holder };
        const isFree = await table.putIf(item, {
          expression: 'attribute_not_exists(#holder)',
          names: { '#holder': 'holder' },
        });
        if (isFree) taken.push(quarter);
        /* What the holder had before stays theirs, also when the rest is not free. */ else if (
          !(await table.putIf(item, isHis(holder)))
        ) {
          await giveBack(provider, taken, holder);
          return false;
        }
      }
      return true;
    },
    release: (provider, from, to, holder) => giveBack(provider, quarters(from, to), holder),
  };
};
