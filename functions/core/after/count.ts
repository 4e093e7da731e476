/** How a sale counts among all of them. */
import { type Outcome, outcomeOf } from '../outcome.ts';
import type { Sale } from '../sale.ts';

export const countOf = (sale: Sale) => {
  const has = (type: 'bought-again' | 'recommended' | 'referred') =>
    sale.journal.some((entry) => entry.type === type);
  const outcome: Outcome | undefined = outcomeOf(sale);
  return {
    month: sale.record.createdAt.slice(0, 7),
    outcome,
    hasBoughtAgain: has('bought-again'),
    hasRecommended: has('recommended'),
    wasReferred: has('referred'),
  };
};

export type CameBack = { outcome: Outcome; of: number; again: number };

/** Sales as texts that stand for them, the same in every set. */
export type CountedSales = {
  outcomes: Partial<Record<Outcome, ReadonlySet<string>>>;
  boughtAgain: ReadonlySet<string>;
  recommended: ReadonlySet<string>;
  referred: ReadonlySet<string>;
};

/** `recommended`: sales whose person brought somebody; `referred`: sales that came so. */
export type Counts = { cameBack: CameBack[]; recommended: number; referred: number };

/** Best first, as people speak of them. */
export const OUTCOMES = [
  'delighted',
  'content',
  'recovered',
  'unhappy',
  'silent',
  'cancelled',
  'opted-out',
] as const satisfies readonly Outcome[];

/** Of the sales that ended so, how many were followed by another one of the same person. */
export const countsOf = ({ outcomes, boughtAgain, recommended, referred }: CountedSales): Counts => ({
  cameBack: OUTCOMES.map((outcome) => {
    const sales = outcomes[outcome] ?? new Set<string>();
    return { outcome, of: sales.size, again: [...boughtAgain].filter((sale) => sales.has(sale)).length };
  }),
  recommended: recommended.size,
  referred: referred.size,
});

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

export const addUp = (parts: readonly Counts[]): Counts => ({
  cameBack: OUTCOMES.map((outcome) => {
    const rows = parts.flatMap((part) => part.cameBack.filter((row) => row.outcome === outcome));
    return { outcome, of: sum(rows.map(({ of }) => of)), again: sum(rows.map(({ again }) => again)) };
  }),
  recommended: sum(parts.map(({ recommended }) => recommended)),
  referred: sum(parts.map(({ referred }) => referred)),
});

/** The month of an instant and as many before it, newest first, as `2026-11`. */
export const monthsUntil = (now: string, count: number): string[] => {
  const last = Number(now.slice(0, 4)) * 12 + Number(now.slice(5, 7)) - 1;
  return Array.from({ length: count }, (_, index) => {
    const month = last - index;
    return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
  });
};
