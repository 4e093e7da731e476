/**
 * Coverage: does every customer hear from a person of the shop, and in time? The first contact is the check-in, which the
 * sale's owner signs. Whoever wrote first, or whose order ended before, counts neither way.
 */
import { isBefore, laterOf, toEpochMs } from '../calendar.ts';
import type { Instant } from '../ids.ts';
import { type EntryOf, entriesOf } from '../journal.ts';
import type { Sale } from '../sale.ts';
import type { Change } from './change.ts';
import type { Measurement } from './metrics.ts';
import { PAUSED, RESUMED } from './pause.ts';

export const CHECK_IN = 'check-in';

const HOUR_MS = 3_600_000;
const BY_PAUSE: ReadonlySet<string> = new Set([PAUSED, RESUMED.rule]);

/**
 * The day as it was planned last. What the shop's own rules put off is not late; what a pause put off is, and so is what was
 * planned anew only because its day had come and gone.
 */
const plannedDay = ({ journal }: Sale): Instant | undefined => {
  let day: Instant | undefined;
  for (const entry of journal) {
    if (entry.type === 'started') day = entry.checkInAt;
    else if (entry.type === 'rescheduled' && day !== undefined && isBefore(entry.at, day))
      day = entry.checkInAt;
    else if (entry.type === 'deferred' && entry.message === CHECK_IN && !BY_PAUSE.has(entry.why.rule))
      day = laterOf(day ?? entry.until, entry.until);
  }
  return day;
};

const hasWritten = ({ journal }: Sale): boolean =>
  entriesOf(journal, 'sent').some(({ message }) => message === CHECK_IN);

/** The first check-in of a sale; one that came back and goes out once more is no first contact. */
export const contact = (entry: EntryOf<'sent'>, { before }: Change, hours: number): Measurement[] => {
  if (hasWritten(before)) return [];
  const day = plannedDay(before);
  const isLate = day !== undefined && toEpochMs(entry.at) - toEpochMs(day) > hours * HOUR_MS;
  return [{ values: { CheckInsSent: 1, ...(isLate ? { ContactsLate: 1 } : { ContactsInTime: 1 }) } }];
};

/** The same words for the same trouble, whoever found it: what the alarm's runbook section tells apart. */
const whyMissed = ({ customer, journal }: Sale): string => {
  const skipped = entriesOf(journal, 'skipped').findLast(({ message }) => message === CHECK_IN);
  if (entriesOf(journal, 'bounced').some(({ message }) => message === CHECK_IN)) return 'came-back';
  if (customer.email === undefined) return 'no-address';
  if (skipped?.reason.startsWith('missing: ') === true) return 'missing-data';
  if (skipped?.why?.rule !== undefined) return skipped.why.rule;
  return skipped === undefined ? 'may-not-write' : 'refused';
};

/** A call is owed because nobody can write: once for each sale, and not when the check-in reached them. */
export const missed = ({ before }: Change): Measurement[] => {
  const isKnown = before.promises.some(({ because }) => because === 'cannot-write');
  const cameBack = entriesOf(before.journal, 'bounced').some(({ message }) => message === CHECK_IN);
  if (isKnown || (hasWritten(before) && !cameBack)) return [];
  return [{ values: { ContactsMissed: 1 }, details: { why: whyMissed(before) } }];
};
