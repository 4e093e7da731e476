/** The desk's lists and the providers' calendars, in memory: what the adapters keep beside the journal. */
import type { Bookings, Listed, PromiseLists, Score } from '../../functions/adapters/ports.ts';
import { isBefore } from '../../functions/core/calendar.ts';
import type { SaleId } from '../../functions/core/ids.ts';
import type { PromiseRow } from '../../functions/core/promise-row.ts';

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
      .sort((a, b) => (isBefore(a.dueAt, b.dueAt) ? -1 : 1));
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
        (row) => row.owner === owner && (dueBefore === undefined || isBefore(row.dueAt, dueBefore)),
      );
      const start = Number(after ?? 0);
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

export const createMemoryBookings = (): Bookings => {
  const taken: { provider: string; from: string; to: string; holder: string }[] = [];
  const clashes = (provider: string, from: string, to: string, holder: string) =>
    taken.some(
      (one) =>
        one.provider === provider &&
        one.holder !== holder &&
        isBefore(one.from, to) &&
        isBefore(from, one.to),
    );
  return {
    reserve: async (provider, from, to, holder) => {
      if (clashes(provider, from, to, holder)) return false;
      taken.push({ provider, from, to, holder });
      return true;
    },
    release: async (provider, from, to, holder) => {
      const isIt = (one: (typeof taken)[number]) =>
        one.provider === provider && one.from === from && one.to === to && one.holder === holder;
      for (let index = taken.length - 1; index >= 0; index -= 1) {
        const one = taken[index];
        if (one !== undefined && isIt(one)) taken.splice(index, 1);
      }
    },
  };
};
