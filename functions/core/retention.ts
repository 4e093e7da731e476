/** How long what is personal of a sale is kept. The guard row and what was forgotten on request are kept for good. */
import { Temporal } from 'temporal-polyfill';
import { laterOf, toEpochMs, toInstant } from './calendar.ts';
import type { Instant } from './ids.ts';
import type { Entry } from './journal.ts';

/** The instant so many months later, by the calendar of UTC. */
export const keptUntil = (from: string, months: number): Instant =>
  toInstant(Temporal.Instant.from(from).toZonedDateTimeISO('UTC').add({ months }).epochMilliseconds);

/** Something is said or owed: whoever has to see to it needs the whole sale, however old it is. */
export const isAlive = (entry: Entry): boolean =>
  entry.type === 'replied' || entry.type === 'wrote' || 'dueAt' in entry;

const lastDayOf = (entry: Entry): string =>
  'dueAt' in entry && entry.dueAt !== undefined ? laterOf(entry.at, entry.dueAt) : entry.at;

/** Until when an entry by itself is kept. */
export const entryKeptUntil = (entry: Entry, months: number): Instant => keptUntil(lastDayOf(entry), months);

/**
 * Until when the whole sale is kept because of this entry; undefined when it makes no difference. As long as half of the
 * time is left after it, it makes none: so a sale is written anew at most a few times in its life.
 */
export const renewedUntil = (entry: Entry, known: Instant, months: number): Instant | undefined => {
  if (!isAlive(entry)) return undefined;
  const from = toEpochMs(lastDayOf(entry));
  const until = entryKeptUntil(entry, months);
  return toEpochMs(known) < from + (toEpochMs(until) - from) / 2 ? until : undefined;
};

/** As the database wants it: seconds. */
export const toSeconds = (instant: string): number => Math.ceil(toEpochMs(instant) / 1000);
export const fromSeconds = (seconds: number): Instant => toInstant(seconds * 1000);
