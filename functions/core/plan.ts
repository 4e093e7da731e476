/**
 * The calendar of a sale and of a promise, and the workflow input that carries it. Only ids and whole seconds travel:
 * execution history cannot be erased, so nothing personal may ever be in it.
 */
import * as z from 'zod';
import { heldUntil, holdOf, reviewMoment } from './after/review-day.ts';
import { addDelay, isBefore, laterOf, nextOpen, secondsBetween, toEpochMs, toInstant } from './calendar.ts';
import type { Configuration } from './configuration.ts';
import { type Instant, SaleId } from './ids.ts';
import { type Entry, entriesOf } from './journal.ts';
import type { Anchor } from './journey.ts';
import { customerOpening, staffOpening } from './openings.ts';
import { PromiseId } from './promises/entries.ts';
import type { OwedPromise } from './promises/promise.ts';
import { nextMoment } from './promises/tidings.ts';
import type { Facts, Sale, SaleRecord } from './sale.ts';
import { isStillToCome, outAt } from './touch.ts';
import { askMoment } from './when/moment.ts';
import { putOff } from './when/put-off.ts';
import { putOffWords } from './when/why.ts';

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
  /** Where an older version of the machine waited that this execution succeeds: its first state leads there. */
  resume: z.literal(['promise', 'review']).optional(),
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
  /** Which of the promise's workflows this is; those of before it was said take no part in telling them apart. */
  cycle: z.int().positive().optional(),
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

/** Half a year: long enough for any repair, short of the one-year limit of an execution. A review waits less long for it. */
const LONGEST_PROMISE = 180 * 86_400;
/** Less is not worth a state transition. */
const TOLERANCE_MS = 60_000;
export const ASK_DAYS = 3;
export const ASK_AGAIN_DAYS = 4;

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

/**
 * When the product will have been used, and why we think so; never in the past, never outside the hours one may ask in,
 * and not before the day it was put off to.
 */
export const checkInTime = (
  config: Configuration,
  record: SaleRecord,
  facts: Facts,
  now: string,
  journal: readonly Entry[] = [],
): CheckInTime => {
  const opening = customerOpening(config, record);
  for (const { after, wait } of record.journey.checkIn) {
    const since = anchorAt(after, facts);
    if (since === undefined) continue;
    const due = addDelay(since, wait, opening);
    const back = facts.cameBackAt;
    const earliest = back === undefined ? due : laterOf(due, addDelay(back, { businessDays: 1 }, opening));
    const because = `${waitWords(wait)} after ${ANCHOR_WORDS[after]}`;
    const held = putOff(journal, 'check-in');
    const isHeld = held !== undefined && isBefore(earliest, held.until);
    const { at } = askMoment(config, record, laterOf(isHeld ? held.until : earliest, now));
    return { at, due, because: isHeld ? `${because}, and ${putOffWords(held.why)}` : because };
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

type Told = Pick<Sale, 'record' | 'facts' | 'journal'>;

/** Until when a reminder waits that was put off; then the check-in is out, and nothing but the reminder is waited for. */
const reminderPutOff = ({ journal, facts }: Told): string | undefined =>
  outAt(journal, 'check-in') === undefined ||
  facts.cameBackAt !== undefined ||
  !isStillToCome(journal, 'reminder')
    ? undefined
    : entriesOf(journal, 'deferred').findLast(({ message }) => message === 'reminder')?.until;

export const followUpCalendar = (config: Configuration, sale: Told, now: string): FollowUpCalendar => {
  const { record, facts, journal } = sale;
  const opening = customerOpening(config, record);
  const { journey } = record;
  const planned = checkInTime(config, record, facts, now, journal);
  const waits = reminderPutOff(sale);
  const checkIn = waits === undefined ? planned : { ...planned, at: laterOf(now, now) };
  const reminder =
    waits === undefined ? addDelay(checkIn.at, journey.reminder, opening) : laterOf(waits, now);
  const reminderAt = askMoment(config, record, reminder).at;
  const personAt = nextOpen(addDelay(reminderAt, journey.person, opening), staffOpening(config));
  return { checkIn, reminderAt, personAt, reviewAt: reviewMoment(config, sale, planned.due, now) };
};

/** What is owed has held back the review ask for as long as it may. */
export const isHeldLongEnough = (config: Configuration, sale: Sale, now: string): boolean => {
  const { due } = checkInTime(config, sale.record, sale.facts, now, sale.journal);
  const until = heldUntil(config, sale, due, now);
  return until !== undefined && toEpochMs(until) - toEpochMs(now) <= TOLERANCE_MS;
};

export const followUpPlan = (config: Configuration, sale: Sale, round: number, now: string): FollowUpPlan => {
  const calendar = followUpCalendar(config, sale, now);
  const hold = holdOf(config, sale, calendar.checkIn.due, { now, otherwise: calendar.personAt });
  return {
    v: 1,
    saleId: sale.id,
    round,
    seconds: {
      use: waitBetween(now, calendar.checkIn.at),
      answer: waitBetween(calendar.checkIn.at, calendar.reminderAt),
      again: waitBetween(calendar.reminderAt, calendar.personAt),
      promise:
        hold.until === undefined
          ? LONGEST_PROMISE
          : Math.min(LONGEST_PROMISE, waitBetween(hold.from, hold.until)),
      review: calendar.reviewAt === undefined ? 1 : waitBetween(now, calendar.reviewAt),
    },
  };
};

/** `cycle`: of the workflow that goes on with it; the newest when left out. */
export const promisePlan = (
  config: Configuration,
  sale: Sale,
  promise: OwedPromise,
  now: string,
  cycle = promise.cycle,
): PromisePlan => {
  const opening = customerOpening(config, sale.record);
  const askUntil = nextOpen(addDelay(now, { days: ASK_DAYS }, opening), opening);
  const againUntil = nextOpen(addDelay(askUntil, { days: ASK_AGAIN_DAYS }, opening), opening);
  return {
    v: 1,
    saleId: sale.id,
    promise: promise.id,
    turn: promise.turn,
    cycle,
    seconds: {
      owner: waitBetween(now, nextMoment(config, sale, promise, now)),
      ask: waitBetween(now, askUntil),
      again: waitBetween(askUntil, againUntil),
    },
  };
};
