/**
 * The calendar of a sale and of a promise, and the workflow input that carries it. Only ids and whole seconds travel:
 * execution history cannot be erased, so nothing personal may ever be in it.
 */
import * as z from 'zod';
import { addDelay, isBefore, laterOf, nextOpen, secondsBetween, toEpochMs, toInstant } from './calendar.ts';
import type { Configuration } from './configuration.ts';
import { type Instant, SaleId } from './ids.ts';

import type { Anchor } from './journey.ts';
import { customerOpening, staffOpening } from './openings.ts';
import { PromiseId } from './promises/entries.ts';
import type { OwedPromise } from './promises/promise.ts';
import { nextMoment } from './promises/tidings.ts';
import type { Facts, Sale, SaleRecord } from './sale.ts';
import { spread } from './staff.ts';

/** A little less than the year an execution may run. */
const LONGEST_WAIT = 31_000_000;
const Seconds = z.int().min(1).max(LONGEST_WAIT);

/** Until when a state that waits for this instant can wait, when it begins now. */
export const longestWait = (at: string, now: string): string => {
  const most = toInstant(toEpochMs(now) + LONGEST_WAIT * 1000);
  return isBefore(most, at) ? most : at;
};

/** The state after a wait looks at the journal, and waits again when it was too short. */
const waitBetween = (from: string, to: string): number => Math.min(secondsBetween(from, to), LONGEST_WAIT);

/** Input of the FollowUp machine and of each of its states. */
export const FollowUpPlan = z.strictObject({
  v: z.literal(1),
  saleId: SaleId,
  round: z.int().positive(),
  seconds: z.strictObject({
    /** Until the product has been used. */
    use: Seconds,
    /** From the check-in to the reminder. */
    answer: Seconds,
    /** From the reminder until a person steps in. */
    again: Seconds,
    /** The longest a promise may keep the sale waiting. */
    promise: Seconds,
    /** Until a review may be asked for. */
    review: Seconds,
  }),
});
export type FollowUpPlan = z.output<typeof FollowUpPlan>;

/** Input of the Promise machine and of each of its states. */
export const PromisePlan = z.strictObject({
  v: z.literal(1),
  saleId: SaleId,
  promise: PromiseId,
  /** What has happened to the promise so far; what happens later makes this plan out of date. */
  turn: z.int().positive(),
  seconds: z.strictObject({
    /** Until the next clock of the promise: a reminder, a warning, the due time. */
    owner: Seconds,
    /** How long the customer may take to say whether it was kept. */
    ask: Seconds,
    /** And after the one reminder. */
    again: Seconds,
  }),
});
export type PromisePlan = z.output<typeof PromisePlan>;

/** Half a year: long enough for any repair, short of the one-year limit of an execution. */
const LONGEST_PROMISE = 180 * 86_400;
export const ASK_DAYS = 3;
export const ASK_AGAIN_DAYS = 4;
/** Mails that waited for the morning are spread over this many minutes of it. */
const SPREAD_MINUTES = 45;

const ANCHOR_WORDS: Record<Anchor, string> = {
  delivered: 'it was delivered',
  fulfilled: 'it was sent',
  paid: 'it was paid',
};

const waitWords = (wait: { days: number } | { businessDays: number } | { hours: number }): string => {
  const [unit, count] =
    'days' in wait
      ? ['day', wait.days]
      : 'hours' in wait
        ? ['hour', wait.hours]
        : ['business day', wait.businessDays];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
};

const anchorAt = (anchor: Anchor, facts: Facts): string | undefined => {
  switch (anchor) {
    case 'delivered':
      return facts.deliveredAt;
    case 'fulfilled':
      return facts.expectedAt ?? facts.fulfilledAt;
    case 'paid':
      return facts.order?.paidAt ?? facts.order?.placedAt;
  }
};

/** `due`: when the product will have been used; `at`: when it may then be asked about. */
export type CheckInTime = { at: Instant; due: Instant; because: string };

/** When the product will have been used, and why we think so; never in the past and never outside the send window. */
export const checkInTime = (
  config: Configuration,
  record: SaleRecord,
  facts: Facts,
  now: string,
): CheckInTime => {
  const opening = customerOpening(config, record);
  for (const { after, wait } of record.journey.checkIn) {
    const since = anchorAt(after, facts);
    if (since === undefined) continue;
    const due = addDelay(since, wait, opening);
    const at = nextOpen(laterOf(due, now), opening, spread(record.id) % SPREAD_MINUTES);
    return { at, due, because: `${waitWords(wait)} after ${ANCHOR_WORDS[after]}` };
  }
  throw new RangeError(`Sale ${record.id} has no order yet, so nothing to count from`);
};

/** The rest of the calendar as it would run if nobody answered. */
export type FollowUpCalendar = {
  checkIn: CheckInTime;
  reminderAt: Instant;
  personAt: Instant;
  reviewAt: Instant | undefined;
};

export const followUpCalendar = (
  config: Configuration,
  record: SaleRecord,
  facts: Facts,
  now: string,
): FollowUpCalendar => {
  const opening = customerOpening(config, record);
  const { journey } = record;
  const checkIn = checkInTime(config, record, facts, now);
  const reminderAt = nextOpen(addDelay(checkIn.at, journey.reminder, opening), opening);
  const personAt = nextOpen(addDelay(reminderAt, journey.person, opening), staffOpening(config));
  const review = journey.review === undefined ? undefined : addDelay(checkIn.due, journey.review, opening);
  /* At least a day of silence after whatever was said last. */
  const soonest = addDelay(now, { days: 1 }, opening);
  const reviewAt = review === undefined ? undefined : nextOpen(laterOf(review, soonest), opening);
  return { checkIn, reminderAt, personAt, reviewAt };
};

export const followUpPlan = (config: Configuration, sale: Sale, round: number, now: string): FollowUpPlan => {
  const calendar = followUpCalendar(config, sale.record, sale.facts, now);
  return {
    v: 1,
    saleId: sale.id,
    round,
    seconds: {
      use: waitBetween(now, calendar.checkIn.at),
      answer: waitBetween(calendar.checkIn.at, calendar.reminderAt),
      again: waitBetween(calendar.reminderAt, calendar.personAt),
      promise: LONGEST_PROMISE,
      review: calendar.reviewAt === undefined ? 1 : waitBetween(now, calendar.reviewAt),
    },
  };
};

export const promisePlan = (
  config: Configuration,
  sale: Sale,
  promise: OwedPromise,
  now: string,
): PromisePlan => {
  const opening = customerOpening(config, sale.record);
  const askUntil = nextOpen(addDelay(now, { days: ASK_DAYS }, opening), opening);
  const againUntil = nextOpen(addDelay(askUntil, { days: ASK_AGAIN_DAYS }, opening), opening);
  return {
    v: 1,
    saleId: sale.id,
    promise: promise.id,
    turn: promise.turn,
    seconds: {
      owner: waitBetween(now, nextMoment(config, sale, promise, now)),
      ask: waitBetween(now, askUntil),
      again: waitBetween(askUntil, againUntil),
    },
  };
};
