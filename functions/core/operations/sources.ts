/** When each shop connection was last heard of, and whether it has been silent for too long. */
import { toEpochMs, toInstant } from '../calendar.ts';
import type { Instant } from '../ids.ts';

/** The longest time between two things heard, by the day (UTC) on which the second came. */
export type DayOfSource = { day: string; longestGapSeconds: number };

export type SourceSeen = {
  source: string;
  firstAt: Instant;
  lastAt: Instant;
  /** The last fourteen days on which anything came, oldest first. */
  days: DayOfSource[];
};

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MOST_DAYS = 14;
/** Before that nobody knows what is usual. */
const HISTORY_MS = 3 * DAY_MS;
const TOO_LONG = 3;

const dayOf = (at: Instant): string => at.slice(0, 10);

const withGap = (days: readonly DayOfSource[], day: string, gap: number): DayOfSource[] => {
  const known = days.find((one) => one.day === day);
  const longestGapSeconds = Math.max(gap, known?.longestGapSeconds ?? 0);
  return [...days.filter((one) => one.day !== day), { day, longestGapSeconds }]
    .sort((a, b) => (a.day < b.day ? -1 : 1))
    .slice(-MOST_DAYS);
};

/** With something heard at `at`; undefined when that is not worth a write: within a minute of the last, or older. */
export const heardAt = (
  seen: SourceSeen | undefined,
  source: string,
  at: Instant,
): SourceSeen | undefined => {
  if (seen === undefined) return { source, firstAt: at, lastAt: at, days: [] };
  const gapMs = toEpochMs(at) - toEpochMs(seen.lastAt);
  if (gapMs < MINUTE_MS) return undefined;
  return { ...seen, lastAt: at, days: withGap(seen.days, dayOf(at), Math.round(gapMs / 1000)) };
};

/** The median of the days' longest gaps, at least an hour; undefined while there is too little history. */
const usualGapMs = ({ firstAt, lastAt, days }: SourceSeen): number | undefined => {
  if (days.length === 0 || toEpochMs(lastAt) - toEpochMs(firstAt) < HISTORY_MS) return undefined;
  const gaps = days.map(({ longestGapSeconds }) => longestGapSeconds * 1000).sort((a, b) => a - b);
  const [low = 0, high = 0] = [gaps[Math.ceil(gaps.length / 2) - 1], gaps[Math.floor(gaps.length / 2)]];
  return Math.max(HOUR_MS, (low + high) / 2);
};

/** From when on its silence is too long: three times its usual gap after the last thing heard. */
export const silentFrom = (seen: SourceSeen): Instant | undefined => {
  const usual = usualGapMs(seen);
  return usual === undefined ? undefined : toInstant(toEpochMs(seen.lastAt) + TOO_LONG * usual);
};

export const isSilent = (seen: SourceSeen, now: Instant): boolean => {
  const from = silentFrom(seen);
  return from !== undefined && toEpochMs(now) > toEpochMs(from);
};
