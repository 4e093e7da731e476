/**
 * What a waiting execution must be told, given the journal. The same rules serve the handler that stores a task token
 * (did something happen before I began to wait?) and the handlers that write entries (is anybody waiting for this?),
 * so whichever comes second notices.
 */
import { isReviewAhead } from './after/review.ts';
import { isBefore, laterOf, toEpochMs } from './calendar.ts';
import type { Configuration } from './configuration.ts';
import type { SignalName } from './errors.ts';
import { RESUMED } from './operations/pause.ts';
import { isOver } from './outcome.ts';
import { isGivenUp } from './person/bounces.ts';
import {
  checkInTime,
  type FollowUpPlan,
  followUpCalendar,
  followUpPlan,
  isHeldLongEnough,
  longestWait,
  type PromisePlan,
  promisePlan,
} from './plan.ts';
import { hangsOnAnswer, isClosed, type OwedPromise } from './promises/promise.ts';
import { nextMoment } from './promises/tidings.ts';
import { owedFor } from './reply.ts';
import { lastReply, openPromises, type Sale } from './sale.ts';
import { isStillToCome } from './touch.ts';
import { putOff } from './when/put-off.ts';

/** Where a FollowUp execution waits. */
export type FollowUpPosition = 'use' | 'ask' | 'again' | 'promise' | 'review';
/** Where a Promise execution waits. */
export type PromisePosition = 'owner' | 'ask' | 'again';

export type Signal<Plan> =
  | { kind: 'success'; output: Plan }
  | { kind: 'failure'; error: SignalName; plan: Plan };

/** Moves of less than this are not worth a state transition. */
const TOLERANCE_MS = 60_000;
const differs = (a: string, b: string) => Math.abs(toEpochMs(a) - toEpochMs(b)) > TOLERANCE_MS;
/** A wait of nearly a year ends before an instant beyond it; leaving it for that would begin the same wait for ever. */
const hasMoved = (at: string, until: string, now: string) =>
  differs(at, until) && differs(longestWait(at, now), until);

/** What was owed when the answer came covers that answer, also after it was kept. */
const wasOwed = (promise: OwedPromise, at: string): boolean =>
  !isClosed(promise) ||
  (promise.status !== 'waived' && promise.status !== 'withdrawn' && (promise.closedAt ?? '') >= at);

/** The customer's last answer makes us owe something that nobody has promised yet. */
export const needsHelp = (sale: Sale): boolean => {
  const reply = lastReply(sale);
  /* What was said in another sale's conversation is owed there: promises are never doubled. */
  const isHere = reply !== undefined && reply.joined === undefined && !sale.isErased;
  const owed = isHere ? owedFor(reply.reply) : undefined;
  if (reply === undefined || owed === undefined) return false;
  return !sale.promises.some(
    (promise) =>
      promise.reply === reply.n ||
      /* What the shop promised beforehand does not answer what the customer says now. */
      (promise.because !== 'published' &&
        (promise.kind === 'resolve' || promise.kind === owed) &&
        wasOwed(promise, reply.at)),
  );
};

/** Open promises that the order's end has made pointless: what was promised with it, not what went wrong with it. */
export const endedWithOrder = (sale: Sale): OwedPromise[] =>
  sale.facts.endedBy === undefined
    ? []
    : openPromises(sale).filter(
        ({ because, withdrawals }) =>
          /* Taken back once and opened again by the customer, it stays open. */
          (because === 'published' || because === 'booked') && withdrawals === 0,
      );

/** Open promises that the customer's last answer has made pointless. */
export const waivable = (sale: Sale): OwedPromise[] => {
  const reply = lastReply(sale);
  if (reply === undefined) return [];
  const owed = owedFor(reply.reply);
  /* The customer has opened it again since. */
  const wasWaived = ({ id }: OwedPromise) =>
    sale.journal.some((entry) => entry.type === 'waived' && entry.promise === id && entry.reply === reply.n);
  return openPromises(sale).filter(
    (promise) =>
      hangsOnAnswer(promise) &&
      !wasWaived(promise) &&
      promise.reply !== reply.n &&
      promise.madeAt <= reply.at &&
      (owed === undefined || (owed === 'resolve' && promise.kind === 'call')),
  );
};

const interruption = (sale: Sale): SignalName | undefined => {
  if (sale.isErased) return 'SaleClosed';
  if (needsHelp(sale)) return 'CustomerNeedsHelp';
  return isOver(sale) ? 'SaleClosed' : undefined;
};

/** The check-in came back for now, and the day of the next try has not come. */
const isToBeRetried = (config: Configuration, sale: Sale, now: string): boolean =>
  sale.facts.cameBackAt !== undefined &&
  toEpochMs(checkInTime(config, sale.record, sale.facts, now, sale.journal).at) - toEpochMs(now) >
    TOLERANCE_MS;

/** The reminder waited for the end of a pause, and the pause was ended early. */
const isReminderDueSooner = (config: Configuration, sale: Sale, until: string, now: string): boolean => {
  const { journal } = sale;
  const isResumed = putOff(journal, 'reminder')?.why.rule === RESUMED.rule;
  if (!isResumed || !isStillToCome(journal, 'reminder')) return false;
  const { reminderAt } = followUpCalendar(config, sale, now);
  return isBefore(reminderAt, until) && hasMoved(reminderAt, until, now);
};

/** Nobody has answered: the check-in may have come back. */
const askSignal = (
  config: Configuration,
  sale: Sale,
  now: string,
  failure: (error: SignalName) => Signal<FollowUpPlan>,
): Signal<FollowUpPlan> | undefined => {
  if (isGivenUp(sale.journal)) return failure('CannotWrite');
  return isToBeRetried(config, sale, now) ? failure('Rescheduled') : undefined;
};

/** Something owed delays the review ask, as long as it may. */
const isHeldBack = (config: Configuration, sale: Sale, now: string): boolean =>
  openPromises(sale).length > 0 && !isHeldLongEnough(config, sale, now);

/** `later`: somebody must be helped first, or what is owed still holds it back; `never`: nobody is asked any more. */
export const reviewVerdict = (config: Configuration, sale: Sale, now: string): 'now' | 'later' | 'never' => {
  if (!isReviewAhead(config, sale)) return 'never';
  return needsHelp(sale) || isHeldBack(config, sale, now) ? 'later' : 'now';
};

/** Where a wait for the review that began with an older plan should end; undefined when it ends there. */
export const movedReview = (
  config: Configuration,
  sale: Sale,
  until: string,
  now: string,
): FollowUpPlan | undefined => {
  const at = followUpCalendar(config, sale, now).reviewAt;
  return at !== undefined && hasMoved(at, until, now)
    ? followUpPlan(config, sale, Math.max(1, sale.round), now)
    : undefined;
};

type Unanswered = {
  config: Configuration;
  sale: Sale;
  position: 'use' | 'ask' | 'again';
  until: string;
  now: string;
};

/** Nobody has answered yet: does the wait end at another time, or can it not be asked? */
const unansweredSignal = (
  { config, sale, position, until, now }: Unanswered,
  failure: (error: SignalName) => Signal<FollowUpPlan>,
): Signal<FollowUpPlan> | undefined => {
  const isElsewhen =
    (position === 'use' && hasMoved(followUpCalendar(config, sale, now).checkIn.at, until, now)) ||
    (position === 'ask' && isReminderDueSooner(config, sale, until, now));
  if (isElsewhen) return failure('Rescheduled');
  return position === 'use' ? undefined : askSignal(config, sale, now, failure);
};

/** `until` is the instant the state's timeout runs to. Undefined: go on waiting. */
export const followUpSignal = (
  config: Configuration,
  sale: Sale,
  position: FollowUpPosition,
  until: string,
  now: string,
): Signal<FollowUpPlan> | undefined => {
  /* Computed when somebody must be told: mostly nobody must. */
  const plan = () => followUpPlan(config, sale, Math.max(1, sale.round), now);
  const failure = (error: SignalName) => ({ kind: 'failure' as const, error, plan: plan() });
  /* What is owed stays owed after a refund or a stop, so only here is neither looked at. */
  const isHeldByPromise = position === 'promise' && !needsHelp(sale);
  const interrupted = isHeldByPromise ? undefined : interruption(sale);
  if (interrupted !== undefined) return failure(interrupted);
  const isAhead = isReviewAhead(config, sale);
  const over = () => (isAhead ? failure('ReviewLater') : ({ kind: 'success', output: plan() } as const));
  switch (position) {
    case 'promise':
      if (openPromises(sale).length === 0) return over();
      return isAhead && isHeldLongEnough(config, sale, now) ? over() : undefined;
    case 'review':
      /* A promise opened again while we waited delays the review ask: back to where promises are waited for. */
      if (isHeldBack(config, sale, now)) return failure('CustomerNeedsHelp');
      return isAhead ? undefined : over();
    case 'use':
    case 'ask':
    case 'again':
      return lastReply(sale) === undefined
        ? unansweredSignal({ config, sale, position, until, now }, failure)
        : over();
  }
};

/** The same for one promise; `turn` is what had happened to it when the wait began, `cycle` which workflow waits. */
export const promiseSignal = (
  config: Configuration,
  sale: Sale,
  promise: OwedPromise,
  position: PromisePosition,
  wait: { until: string; turn: number; cycle?: number | undefined },
  now: string,
): Signal<PromisePlan> | undefined => {
  const plan = () => promisePlan(config, sale, promise, now, wait.cycle);
  const failure = (error: SignalName) => ({ kind: 'failure' as const, error, plan: plan() });
  const success = () => ({ kind: 'success' as const, output: plan() });
  /* Taken back since the wait began: people must be told, and only the owner's state tells them. */
  const isNews = promise.turn !== wait.turn;
  if (promise.status === 'withdrawn' && isNews) return failure('Rescheduled');
  if (position === 'owner') {
    if (isClosed(promise)) return failure('PromiseClosed');
    if (promise.status === 'proposed') return success();
    /* What is overdue waits no longer than until now, and a wait of a second is not too short for it. */
    return isNews || hasMoved(laterOf(nextMoment(config, sale, promise, now), now), wait.until, now)
      ? failure('Rescheduled')
      : undefined;
  }
  if (isClosed(promise)) return success();
  if (promise.isRefused) return failure('NotYet');
  return promise.status === 'proposed' ? undefined : failure('Rescheduled');
};
