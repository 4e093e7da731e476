/** What to do about a mail that came back for now: the question is asked again, twice at the most, then a person rings. */
import { toEpochMs } from '../calendar.ts';
import type { Instant } from '../ids.ts';
import { type Entry, entriesOf } from '../journal.ts';

/** Of owed mails and reminders only the owner is told: what they say may have changed by tomorrow. */
const RETRIED = 'check-in';
const MOST_RETRIES = 2;
/** A little less than a day: the day before the clocks change has 23 hours. */
const NEARLY_A_DAY_MS = 22 * 3_600_000;

const softBounces = (journal: readonly Entry[]) =>
  entriesOf(journal, 'bounced').filter(({ message, kind }) => message === RETRIED && kind === 'soft');

/** The mailbox took none of them. */
export const isGivenUp = (journal: readonly Entry[]): boolean => softBounces(journal).length > MOST_RETRIES;

/** Since when the check-in waits to be sent once more; undefined when it did not come back, or did too often. */
export const cameBackAt = (journal: readonly Entry[]): Instant | undefined => {
  const last = softBounces(journal).at(-1);
  if (last === undefined || isGivenUp(journal)) return undefined;
  const isSentAgain = entriesOf(journal, 'claimed').some(
    ({ message, attempt }) => message === RETRIED && attempt > last.attempt,
  );
  return isSentAgain ? undefined : last.at;
};

/** Attempts that count as not taken: they came back at least a day ago, and may be made again. */
export const retriable = (journal: readonly Entry[], message: string, now: string): ReadonlySet<number> => {
  if (message !== RETRIED || isGivenUp(journal)) return new Set();
  const isOld = ({ at }: { at: string }) => toEpochMs(now) - toEpochMs(at) >= NEARLY_A_DAY_MS;
  return new Set(
    softBounces(journal)
      .filter(isOld)
      .map(({ attempt }) => attempt),
  );
};
