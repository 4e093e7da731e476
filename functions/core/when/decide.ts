/** Decisions as the journal keeps them: what was decided about a message, and the facts it rests on. */
import { addDelay, isBefore, laterOf, toEpochMs, toInstant } from '../calendar.ts';
import type { Configuration } from '../configuration.ts';
import type { Decision } from '../conversation/entries.ts';
import type { Instant, SaleId } from '../ids.ts';
import { entriesOf } from '../journal.ts';
import { customerOpening } from '../openings.ts';
import { lastReply, type Sale } from '../sale.ts';
import { presentOwner } from '../staff.ts';
import { outAt } from '../touch.ts';
import { askMoment, MEET_DAYS, windowOf } from './moment.ts';
import { putOff } from './put-off.ts';

const DAY_MS = 86_400_000;
/** How long after its day a question is still worth asking. */
const VALID_DAYS = { 'check-in': 14, reminder: 7, 'review-ask': 21 } as const;

/** The messages that ask something of a customer. */
export type AskName = keyof typeof VALID_DAYS;

export const isAsk = (message: string): message is AskName => Object.hasOwn(VALID_DAYS, message);

const hoursInputs = (config: Configuration, { record, id }: Sale, at: string): Decision['inputs'] => ({
  zone: record.zone,
  zoneFrom: record.zoneFrom ?? 'shop',
  window: windowOf(config, record, at),
  signer: presentOwner(config, record.owner, id, at).id,
});

/** Why a question may go out at this instant, which is a good one. */
export const goDecision = (config: Configuration, sale: Sale, now: string): Decision => {
  const inputs = hoursInputs(config, sale, now);
  return askMoment(config, sale.record, now).isCustomersAlone
    ? { rule: 'customer-hours', inputs: { ...inputs, days: MEET_DAYS } }
    : { rule: 'in-hours', inputs };
};

const outsideHours = (config: Configuration, sale: Sale, now: string): Decision => ({
  rule: 'outside-hours',
  inputs: hoursInputs(config, sale, now),
});

export const askedTogether = (sale: SaleId): Decision => ({ rule: 'asked-together', inputs: { sale } });

export const GIFT: Decision = { rule: 'gift', inputs: {} };

const days = (at: string, count: number): Instant => toInstant(toEpochMs(at) + count * DAY_MS);
const latest = (first: string, ...others: (string | undefined)[]): Instant =>
  others.filter((at) => at !== undefined).reduce<Instant>(laterOf, laterOf(first, first));

/** The day in force: an order announced long after it was delivered is asked about from then on. */
const checkInDay = ({ journal, record }: Sale): string => {
  const planned = journal.findLast(({ type }) => type === 'started' || type === 'rescheduled');
  return planned?.type === 'started' || planned?.type === 'rescheduled'
    ? planned.checkInAt
    : record.createdAt;
};

const dayOfAsk = (config: Configuration, sale: Sale, message: AskName): string => {
  const { journal, record } = sale;
  const opening = customerOpening(config, record);
  const waited = putOff(journal, message)?.until;
  const round = entriesOf(journal, 'started').at(-1)?.at;
  if (message === 'check-in') return latest(checkInDay(sale), waited);
  if (message === 'reminder') {
    const asked = latest(outAt(journal, 'check-in') ?? checkInDay(sale), round);
    return latest(addDelay(asked, record.journey.reminder, opening), waited);
  }
  const due = addDelay(checkInDay(sale), record.journey.review ?? { days: 0 }, opening);
  /* It waited for what was owed, and for a day of silence after what was said. */
  const closed = sale.promises.map(({ closedAt }) => closedAt);
  const held = sale.promises.length === 0 ? undefined : days(due, config.asking.reviewHeldDays);
  const asked = [outAt(journal, 'check-in'), outAt(journal, 'reminder')]
    .filter((at) => at !== undefined)
    .map((at) => days(at, config.asking.daysBetween));
  return latest(due, waited, round, lastReply(sale)?.at, held, ...closed, ...asked);
};

/** Later than this the question is not asked any more. */
export const validUntil = (config: Configuration, sale: Sale, message: AskName): Instant =>
  days(dayOfAsk(config, sale, message), VALID_DAYS[message]);

export const tooLate = (until: Instant): Decision => ({ rule: 'too-late', inputs: { until } });

/** Less is not worth a state transition. */
const TOLERANCE_MS = 60_000;

/** A better moment than now: the hours one may ask in, or the day the customer is back. Undefined: now is fine. */
export const betterMoment = (
  config: Configuration,
  sale: Sale,
  message: AskName,
  now: string,
): { until: Instant; why: Decision } | undefined => {
  const waits = putOff(sale.journal, message);
  const isHeld = waits !== undefined && isBefore(now, waits.until);
  const until = askMoment(config, sale.record, isHeld ? waits.until : now).at;
  if (toEpochMs(until) - toEpochMs(now) <= TOLERANCE_MS) return undefined;
  return { until, why: isHeld ? waits.why : outsideHours(config, sale, now) };
};
