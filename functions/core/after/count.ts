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

type Counted = {
  outcomes: Partial<Record<Outcome, ReadonlySet<string>>>;
  boughtAgain: ReadonlySet<string>;
};

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
export const cameBack = (parts: readonly Counted[]): CameBack[] =>
  OUTCOMES.map((outcome) => {
    let of = 0;
    let again = 0;
    for (const { outcomes, boughtAgain } of parts) {
      const sales = outcomes[outcome] ?? new Set<string>();
      of += sales.size;
      for (const sale of boughtAgain) if (sales.has(sale)) again += 1;
    }
    return { outcome, of, again };
  });

/** The month of an instant and as many before it, newest first, as `2026-11`. */
export const monthsUntil = (now: string, count: number): string[] => {
  const last = Number(now.slice(0, 4)) * 12 + Number(now.slice(5, 7)) - 1;
  return Array.from({ length: count }, (_, index) => {
    const month = last - index;
    return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
  });
};
