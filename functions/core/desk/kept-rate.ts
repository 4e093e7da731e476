/** Promises kept, out of those that had to be: a rate and its trend, never a judgement of one bad moment. */
import { toEpochMs } from '../calendar.ts';
import type { TurnResult } from '../promises/promise.ts';

export type Turn = Pick<TurnResult, 'at' | 'result'>;

/** From here on a rate says something. */
export const FEWEST = 5;
/** Days that are looked at together, and compared with as many before them. */
export const PERIOD_DAYS = 90;
/** Smaller changes of the rate are chance. */
const NOTEWORTHY = 0.05;
const DAY_MS = 86_400_000;

export type Tally = { kept: number; of: number; assumed: number };

/** `assumed` stands apart: nobody said that it was kept, nobody said that it was not. */
export const tally = (turns: readonly Turn[]): Tally => {
  const count = (...results: TurnResult['result'][]) =>
    turns.filter(({ result }) => results.includes(result)).length;
  return { kept: count('kept'), of: count('kept', 'late', 'broken'), assumed: count('assumed') };
};

export type Trend = 'better' | 'same' | 'worse';

export type Kept = Tally & {
  /** Undefined with fewer than five turns. */
  percent: number | undefined;
  /** Undefined unless both periods have five. */
  trend: Trend | undefined;
};

const rateOf = ({ kept, of }: Tally): number | undefined => (of < FEWEST ? undefined : kept / of);

const trendOf = (rate: number | undefined, before: number | undefined): Trend | undefined => {
  if (rate === undefined || before === undefined) return undefined;
  if (Math.abs(rate - before) < NOTEWORTHY) return 'same';
  return rate > before ? 'better' : 'worse';
};

const within = <T extends Turn>(turns: readonly T[], now: string, from: number, to: number): T[] =>
  turns.filter(({ at }) => {
    const age = (toEpochMs(now) - toEpochMs(at)) / DAY_MS;
    return age >= from && age < to;
  });

/** The turns the rate is made of. */
export const inPeriod = <T extends Turn>(turns: readonly T[], now: string): T[] =>
  within(turns, now, 0, PERIOD_DAYS);

export const keptOf = (turns: readonly Turn[], now: string): Kept => {
  const current = tally(inPeriod(turns, now));
  const rate = rateOf(current);
  const before = rateOf(tally(within(turns, now, PERIOD_DAYS, 2 * PERIOD_DAYS)));
  return {
    ...current,
    percent: rate === undefined ? undefined : Math.round(rate * 100),
    trend: trendOf(rate, before),
  };
};
