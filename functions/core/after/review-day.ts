/** The day of the review ask, and until when something owed may hold it back. */
import { addDelay, isBefore, laterOf, toEpochMs, toInstant } from '../calendar.ts';
import type { Configuration } from '../configuration.ts';
import type { Instant } from '../ids.ts';
import type { Entry } from '../journal.ts';
import { customerOpening } from '../openings.ts';
import { foldPromises } from '../promises/fold.ts';
import { isClosed } from '../promises/promise.ts';
import type { Sale } from '../sale.ts';
import { outAt } from '../touch.ts';
import { askMoment } from '../when/moment.ts';
import { putOff } from '../when/put-off.ts';

type Told = Pick<Sale, 'record' | 'journal'>;

const DAY_MS = 86_400_000;
const days = (at: string, count: number): Instant => toInstant(toEpochMs(at) + count * DAY_MS);

/**
 * Counted from the check-in, not sooner after our own last question than anything else, so that it need not be put off when
 * its day comes, and at least a day after whatever was said last (`said`). Undefined when the journey asks for none.
 */
const plainDay = (
  config: Configuration,
  { record, journal }: Told,
  due: string,
  said: string,
): Instant | undefined => {
  const { review } = record.journey;
  if (review === undefined) return undefined;
  const opening = customerOpening(config, record);
  const asked = [outAt(journal, 'check-in'), outAt(journal, 'reminder')]
    .filter((at) => at !== undefined)
    .map((at) => days(at, config.asking.daysBetween));
  return [addDelay(said, { days: 1 }, opening), ...asked].reduce<Instant>(
    laterOf,
    addDelay(due, review, opening),
  );
};

/** With the first of these the waiting for the review began, or would have. */
const isSaid = (entry: Entry): boolean =>
  entry.type === 'replied' ||
  (entry.type === 'promised' && entry.because !== 'published' && entry.because !== 'booked');

const firstSaidAt = ({ journal }: Told): string | undefined => journal.find(isSaid)?.at;

/**
 * Until when an open promise delays the review ask: so many days after the day it would have been asked. `otherwise`: when the
 * waiting for a promise begins that is not made yet. Undefined when nobody is asked for a review.
 */
export const heldUntil = (
  config: Configuration,
  sale: Told,
  due: string,
  otherwise: string,
): Instant | undefined => {
  const day = plainDay(config, sale, due, firstSaidAt(sale) ?? otherwise);
  return day === undefined || config.shop.reviewUrl === undefined
    ? undefined
    : askMoment(config, sale.record, days(day, config.asking.reviewHeldDays)).at;
};

/** How long a promise may keep the sale waiting that is open now, or will be made at `otherwise`: from when, until when. */
export const holdOf = (
  config: Configuration,
  sale: Told,
  due: string,
  { now, otherwise }: { now: string; otherwise: string },
): { from: string; until: Instant | undefined } => ({
  from: firstSaidAt(sale) === undefined ? otherwise : now,
  until: heldUntil(config, sale, due, otherwise),
});

const isOwed = ({ journal }: Told): boolean => foldPromises(journal).some((promise) => !isClosed(promise));

export const reviewMoment = (
  config: Configuration,
  sale: Told,
  due: string,
  now: string,
): Instant | undefined => {
  const waits = putOff(sale.journal, 'review-ask');
  const day = plainDay(config, sale, due, now);
  if (day === undefined) return undefined;
  if (waits !== undefined && isBefore(now, waits.until))
    return askMoment(config, sale.record, waits.until).at;
  /* Held back for long enough: another day of silence would go beyond what the shop has set. */
  const cap = isOwed(sale) ? heldUntil(config, sale, due, now) : undefined;
  const last = cap !== undefined && isBefore(cap, day) ? laterOf(cap, now) : day;
  return askMoment(config, sale.record, last).at;
};
