/** What a customer can say about what is owed to them. Their word closes a promise, and opens it again at any time. */
import { isBefore } from '../calendar.ts';
import type { Configuration } from '../configuration.ts';
import type { Instant } from '../ids.ts';
import { LONGEST_WORDS } from '../reply.ts';
import type { Sale } from '../sale.ts';
import { presentOwner } from '../staff.ts';
import type { CustomerCase, CustomerDecided, CustomerRefusal } from './customer-decision.ts';
import { addMinutes, answerDue } from './deadlines.ts';
import type { PromiseEntry } from './entries.ts';
import { escalation, missedVisit, nextPromiseId } from './ladder.ts';
import { acceptOffer, declineOffer } from './offer-answer.ts';
import { isClosed, type OwedPromise, standingBooking } from './promise.ts';
import { promiseEntries } from './tidings.ts';

export type CustomerAct =
  /** Kept, fixed, somebody came. */
  | { act: 'yes'; words?: string }
  | { act: 'not-yet'; words?: string }
  | { act: 'nobody-came'; words?: string }
  /** The time that is booked suits. */
  | { act: 'suits' }
  | { act: 'another-time'; words: string }
  | { act: 'accept-offer' }
  | { act: 'decline-offer'; words?: string }
  | { act: 'no-longer-needed'; words?: string };

const refuse = (refusal: CustomerRefusal): CustomerDecided => ({ refusal });
const SAID_ALREADY: CustomerDecided = { entries: [] };

const clean = (words: string | undefined): string => words?.trim() ?? '';
const said = (words: string | undefined) => {
  const text = clean(words);
  return text === '' ? {} : { private: { words: text } };
};

const judged = (
  { promise, now }: CustomerCase,
  isKept: boolean,
  words: string | undefined,
): PromiseEntry => ({
  type: 'judged',
  at: now,
  promise: promise.id,
  n: promise.verdicts + 1,
  isKept,
  ...said(words),
});

/** A second tab or a double click: the same verdict in the same words is the last thing they said. */
const wasLastSaid = (
  { sale, promise }: CustomerCase,
  isKept: boolean,
  words: string | undefined,
): boolean => {
  const last = promiseEntries(sale, promise, 'judged').at(-1);
  return last !== undefined && last.isKept === isKept && clean(last.private?.words) === clean(words);
};

/** A call owed because nobody seemed to have come is pointless when somebody did. */
const callsInVain = ({ sale, promise, now }: CustomerCase): PromiseEntry[] =>
  sale.promises
    .filter((one) => one.after === promise.id && !isClosed(one))
    .map((one) => ({
      type: 'withdrawn',
      at: now,
      promise: one.id,
      n: one.withdrawals + 1,
      by: 'customer',
      because: 'no-longer-needed',
    }));

/** Somebody may come early, but not the day before. */
const EARLIEST_MINUTES = 12 * 60;
const isAhead = ({ promise, now }: CustomerCase): boolean => {
  const booking = standingBooking(promise);
  return booking !== undefined && isBefore(now, addMinutes(booking.from, -EARLIEST_MINUTES));
};

const yes = (about: CustomerCase, words: string | undefined): CustomerDecided => {
  const { promise } = about;
  const isSettled = isClosed(promise) && promise.status !== 'assumed' && !promise.isRefused;
  if (isSettled && (clean(words) === '' || wasLastSaid(about, true, words))) return SAID_ALREADY;
  if (!isClosed(promise) && isAhead(about)) return refuse('too-early');
  const isSuspect = promise.booking?.noShow === 'unknown';
  return { entries: [judged(about, true, words), ...(isSuspect ? callsInVain(about) : [])] };
};

/** No state of its workflow waits for the customer's word: it goes up at once, as nobody else would do it. */
const goesUpAtOnce = ({ promise, now }: CustomerCase): boolean => {
  if (isClosed(promise)) return true;
  const isOurs = promise.status === 'open' || promise.status === 'taken';
  return isOurs && !isBefore(now, promise.dueAt);
};

const notYet = (about: CustomerCase, words: string | undefined): CustomerDecided => {
  const { config, sale, promise, now } = about;
  const wasSaid = wasLastSaid(about, false, words);
  const isUnderWay = !isClosed(promise) && promise.status !== 'proposed';
  const verdict = wasSaid && (promise.isRefused || isUnderWay) ? [] : [judged(about, false, words)];
  const raised = goesUpAtOnce(about) ? [escalation(config, sale, promise, 'not-yet', now)] : [];
  /* Neither closed nor asked about nor late: that it is not done yet is no news, unless they add something. */
  const isNews = raised.length > 0 || promise.status === 'proposed' || clean(words) !== '';
  return isNews ? { entries: [...verdict, ...raised] } : SAID_ALREADY;
};

/**
 * The customer was there and the provider was not: a strike, one level up and a call the same day, unless the clock has
 * done all that already; then this only says who was missing. It outweighs what the provider says.
 */
const nobodyCame = (about: CustomerCase, words: string | undefined): CustomerDecided => {
  const { config, sale, promise, now } = about;
  const { booking } = promise;
  if (promise.kind !== 'visit' || booking === undefined || booking.isPending) return refuse('no-visit');
  if (isBefore(now, booking.from)) return refuse('too-early');
  const theirs = { who: 'provider', by: 'customer' } as const;
  const known: PromiseEntry = { type: 'missed', at: now, promise: promise.id, n: booking.n, ...theirs };
  const isKnown = booking.noShow === 'provider';
  const isDealtWith = booking.isStruck && !isClosed(promise) && promise.status !== 'proposed';
  const complaint =
    clean(words) === '' || wasLastSaid(about, false, words) ? [] : [judged(about, false, words)];
  if (isDealtWith) return { entries: [...(isKnown ? [] : [known]), ...complaint] };
  const corrected = booking.noShow === undefined || isKnown ? [] : [known];
  return { entries: [...complaint, ...corrected, ...missedVisit(config, sale, promise, theirs, now)] };
};

const suits = (about: CustomerCase): CustomerDecided => {
  const { promise, now } = about;
  const booking = standingBooking(promise);
  if (booking === undefined || !isBefore(now, booking.to)) return refuse('no-visit');
  if (booking.suitsAt !== undefined) return SAID_ALREADY;
  return { entries: [{ type: 'suits', at: now, promise: promise.id, n: booking.n }] };
};

const anotherTime = (about: CustomerCase, words: string): CustomerDecided => {
  const { sale, promise, now } = about;
  if (clean(words) === '') return refuse('words-missing');
  /* To an offered time this is the answer. */
  if (promise.status === 'offered') return declineOffer(about, words);
  const heard = [
    ...promiseEntries(sale, promise, 'wished').slice(-1),
    ...promiseEntries(sale, promise, 'offer-answered').slice(-1),
  ];
  if (heard.some((one) => clean(one.private?.words) === clean(words))) return SAID_ALREADY;
  const n = promise.wishes + 1;
  return { entries: [{ type: 'wished', at: now, promise: promise.id, n, ...said(words) }] };
};

const noLongerNeeded = ({ promise, now }: CustomerCase, words: string | undefined): CustomerDecided => {
  const reason = clean(words);
  return {
    entries: [
      {
        type: 'withdrawn',
        at: now,
        promise: promise.id,
        n: promise.withdrawals + 1,
        by: 'customer',
        because: 'no-longer-needed',
        ...(reason === '' ? {} : { private: { reason } }),
      },
    ],
  };
};

const isTooLong = (words: string | undefined): boolean => Buffer.byteLength(words ?? '') > LONGEST_WORDS;

/** What can only be said while something is owed. */
const whileOpen = ({ promise }: CustomerCase, decide: () => CustomerDecided): CustomerDecided =>
  isClosed(promise) ? refuse('already-closed') : decide();

/** The entries the customer's word comes to, or why it cannot be. */
export const decideCustomerAct = (about: CustomerCase, act: CustomerAct): CustomerDecided => {
  if ('words' in act && isTooLong(act.words)) return refuse('words-too-long');
  switch (act.act) {
    case 'yes':
      return yes(about, act.words);
    case 'not-yet':
      return notYet(about, act.words);
    case 'nobody-came':
      return nobodyCame(about, act.words);
    case 'suits':
      return whileOpen(about, () => suits(about));
    case 'another-time':
      return whileOpen(about, () => anotherTime(about, act.words));
    case 'accept-offer':
      return whileOpen(about, () => acceptOffer(about));
    case 'decline-offer':
      return whileOpen(about, () => declineOffer(about, act.words));
    case 'no-longer-needed':
      return about.promise.status === 'withdrawn'
        ? SAID_ALREADY
        : whileOpen(about, () => noLongerNeeded(about, act.words));
  }
};

/** A question is a promise of its own: somebody owes an answer. */
export const askedQuestion = (
  config: Configuration,
  sale: Sale,
  words: string,
  now: Instant,
): CustomerDecided => {
  const text = clean(words);
  if (text === '') return refuse('words-missing');
  if (isTooLong(text)) return refuse('words-too-long');
  const isAsked = (one: OwedPromise) => one.because === 'question' && one.words === text && !isClosed(one);
  if (sale.promises.some(isAsked)) return SAID_ALREADY;
  const owner = presentOwner(config, sale.record.owner, sale.id, now);
  return {
    entries: [
      {
        type: 'promised',
        at: now,
        promise: nextPromiseId(sale, 'answer'),
        kind: 'answer',
        because: 'question',
        by: 'customer',
        owner: owner.id,
        level: owner.level,
        dueAt: answerDue(config, 'answer', now),
        private: { words: text },
      },
    ],
  };
};
