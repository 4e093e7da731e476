/** The desk's lists and the providers' calendars, in memory: what the adapters keep beside the journal. */

import { quarters } from '../../functions/adapters/bookings.ts';
import type { Bookings, Listed, PromiseLists, Score } from '../../functions/adapters/ports.ts';
import { isBefore } from '../../functions/core/calendar.ts';
import type { SaleId } from '../../functions/core/ids.ts';
import { dueSince, type PromiseRow } from '../../functions/core/promises/row.ts';

export type MemoryLists = PromiseLists & {
  /** What the sale store hands over with the sale. */
  listedOf(sale: SaleId): Listed[];
  /** Every open promise, soonest due first. */
  open(): PromiseRow[];
};

export const createMemoryLists = (): MemoryLists => {
  const listed = new Map<string, Listed & { sale: SaleId }>();
  const scores = new Map<string, Score>();
  const open = () =>
    [...listed.values()]
      .flatMap(({ row }) => row ?? [])
      .sort((a, b) => (isBefore(dueSince(a), dueSince(b)) ? -1 : 1));
  return {
    keep: async (row, scored) => {
      const { saleId: sale, promise } = row;
      listed.set(`${sale}#${promise}`, { sale, promise, row, scored });
    },
    drop: async (sale, promise, scored) => {
      listed.set(`${sale}#${promise}`, { sale, promise, row: undefined, scored });
    },
    openOf: async (owner, { limit, dueBefore, after }) => {
      const rows = open().filter(
        (row) => row.owner === owner && (dueBefore === undefined || isBefore(dueSince(row), dueBefore)),
      );
      /* A cursor nobody made: the list begins at its beginning. */
      const start = /^\d+$/.test(after ?? '') ? Number(after) : 0;
      const next = start + limit < rows.length ? String(start + limit) : undefined;
      return { items: rows.slice(start, start + limit), next };
    },
    async *all() {
      yield* open();
    },
    score: async (score) => {
      scores.set(`${score.at}#${score.saleId}#${score.promise}#${score.term}`, score);
    },
    scoresOf: async (owner, limit) =>
      [...scores.values()]
        .filter((score) => score.owner === owner)
        .sort((a, b) => (isBefore(a.at, b.at) ? 1 : -1))
        .slice(0, limit),
    listedOf: (sale) =>
      [...listed.values()].filter((one) => one.sale === sale).map(({ sale: _, ...one }) => one),
    open,
  };
};

/** By the quarter of an hour, as the adapter does it. */
export const createMemoryBookings = (): Bookings => {
  const holders = new Map<string, string>();
  const keys = (provider: string, from: string, to: string) =>
    quarters(from, to).map((quarter) => `${provider} ${quarter}`);
  return {
    reserve: async (provider, from, to, holder) => {
      const wanted = keys(provider, from, to);
      if (wanted.some((key) => (holders.get(key) ?? holder) !== holder)) return false;
      for (const key of wanted) holders.set(key, holder);
      return true;
    },
    release: async (provider, from, to, holder) => {
      for (const key of keys(provider, from, to)) if (holders.get(key) === holder) holders.delete(key);
    },
  };
};
