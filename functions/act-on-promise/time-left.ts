import { toEpochMs } from '../core/calendar.ts';

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** "in 3 hours", "2 days ago", in the reader's language; the largest unit that fits. */
export const timeLeft = (now: string, dueAt: string, locale: string): string => {
  const left = toEpochMs(dueAt) - toEpochMs(now);
  const [unit, size] = UNITS.find(([, ms]) => Math.abs(left) >= ms) ?? ['minute', 60_000];
  return new Intl.RelativeTimeFormat(locale).format(Math.trunc(left / size), unit);
};
