/**
 * What the owner of a promise, or somebody who answers for them, can do to it: the entries it comes to, or why it cannot
 * be. Pure. Staff propose; only the customer says that it is kept.
 */
import { isBefore, laterOf } from '../calendar.ts';
import type { Configuration } from '../configuration.ts';
import type { Instant } from '../ids.ts';
import { LONGEST_WORDS } from '../reply.ts';
import type { Sale } from '../sale.ts';
import { isPresent, memberOf } from '../staff.ts';
import { tellCustomer } from './conversation.ts';
import { addMinutes, answerDue, keepDue, visitDue } from './deadlines.ts';
import type { PromiseEntry } from './entries.ts';
import { assignmentOf, isKnown, type OwedPromise, standingBooking } from './promise.ts';
import {
  bookingAhead,
  type Decided,
  mayAnswerForIt,
  type StaffAct,
  type StaffCase,
  type StaffRefusal,
  whyNot,
} from './staff-rules.ts';
import { accept, late, nobodyHome, nobodyWent, onMyWay, sheetOf, substitution } from './visit-acts.ts';

export type { ActName, Decided, StaffAct, StaffCase, StaffRefusal } from './staff-rules.ts';

const STRIKES_THAT_NEED_A_NAME = 2;
const LONGEST_WINDOW_HOURS = 12;
const FARTHEST_DAYS = 180;

type ActOf<T extends StaffAct['act']> = Extract<StaffAct, { act: T }>;

const refuse = (refusal: StaffRefusal): Decided => ({ refusal });
const isTooLong = (text: string | undefined) => Buffer.byteLength(text ?? '') > LONGEST_WORDS;
const textOf = (text: string | undefined): string | undefined => {
  const value = text?.trim() ?? '';
  return value === '' ? undefined : value;
};

/** After two misses somebody of the level it has climbed to must answer for the next visit by name. */
export const needsAName = (promise: OwedPromise): boolean => promise.strikes >= STRIKES_THAT_NEED_A_NAME;

/** Who should go instead of the one who did not come. */
export const backupFor = (config: Configuration, provider: string, now: string): string => {
  const before = memberOf(config, provider);
  const named = before?.backup === undefined ? undefined : memberOf(config, before.backup);
  if (named !== undefined && isPresent(config, named, now)) return named.id;
  const other = config.staff.find((member) => member.id !== provider && isPresent(config, member, now));
  return other?.id ?? provider;
};

/** A visit happens where it was booked, and before the first booking at the customer's. */
export const venueZone = (sale: Sale, { booking }: Pick<OwedPromise, 'booking'>): string =>
  booking?.zone ?? sale.record.zone;

/** Whether a time can be promised: ahead, in order, not for ever. */
export const wrongTime = (now: Instant, to: Instant, from?: Instant): StaffRefusal | undefined => {
  if (!isBefore(now, from ?? to)) return 'time-past';
  if (from !== undefined && !isBefore(from, to)) return 'time-order';
  if (from !== undefined && isBefore(addMinutes(from, LONGEST_WINDOW_HOURS * 60), to))
    return 'window-too-long';
  return isBefore(addMinutes(now, FARTHEST_DAYS * 24 * 60), to) ? 'time-too-far' : undefined;
};

/** Left out: as before. Empty: taken off. */
const words = (given: string | undefined, before: string | undefined): string | undefined => {
  const text = (given ?? before)?.trim() ?? '';
  return text === '' ? undefined : text;
};

const wrongBooking = (
  { config, now }: StaffCase,
  { from, to, provider, place, bring }: ActOf<'book'>,
): StaffRefusal | undefined => {
  const wrong = wrongTime(now, to, from);
  if (wrong !== undefined) return wrong;
  const member = memberOf(config, provider);
  if (member === undefined || !isPresent(config, member, from)) return 'provider-unknown';
  return isTooLong(place) || isTooLong(bring) ? 'words-too-long' : undefined;
};

/** After two misses it stands only once somebody of the right level answers for it by name. */
const book = (about: StaffCase, act: ActOf<'book'>): Decided => {
  const { config, promise, by, now, sale } = about;
  const wrong = wrongBooking(about, act);
  if (wrong !== undefined) return { refusal: wrong };
  const mustBeNamed = needsAName(promise);
  if (mustBeNamed && act.answersForIt && !mayAnswerForIt(about)) return { refusal: 'level-too-low' };
  const isNamed = mustBeNamed && act.answersForIt;
  /* A time the customer counts on is not given up for one that nobody answers for. */
  if (mustBeNamed && !isNamed && standingBooking(promise) !== undefined) return { refusal: 'level-too-low' };
  const n = promise.bookings.length + 1;
  const booked: PromiseEntry = {
    type: 'booked',
    at: now,
    promise: promise.id,
    n,
    by,
    from: act.from,
    to: act.to,
    zone: venueZone(sale, promise),
    provider: act.provider,
    dueAt: visitDue(config, act.to),
    needsAcceptance: mustBeNamed && !isNamed,
    ...sheetOf(words(act.place, promise.booking?.place), words(act.bring, promise.booking?.bring)),
  };
  const named: PromiseEntry[] = isNamed ? [{ type: 'accepted', at: now, promise: promise.id, n, by }] : [];
  return { entries: [booked, ...named] };
};

const reasonOf = (text: string | undefined) => {
  const reason = textOf(text);
  return reason === undefined ? {} : { private: { reason } };
};

/**
 * Putting something right takes longer than saying who does it, and the customer then hears by when (`in-hand`); a call
 * nobody knows of harms nobody by coming later. Everything else keeps the time the customer was told.
 */
const dueOnceTaken = ({ config, promise, now }: StaffCase): Instant => {
  if (isKnown(promise) && promise.kind !== 'resolve') return promise.dueAt;
  return laterOf(promise.dueAt, keepDue(config, promise.kind, now));
};

/** Grows each time a promise is up for taking again, so that of two who press at once only one has it. */
const takingOf = (promise: OwedPromise): number =>
  assignmentOf(promise) + promise.offers + promise.bookings.length;

const take = (about: StaffCase): Decided => {
  const { promise, by, now } = about;
  const n = takingOf(promise);
  return { entries: [{ type: 'taken', at: now, promise: promise.id, n, by, dueAt: dueOnceTaken(about) }] };
};

const done = ({ promise, by, now }: StaffCase, { what }: ActOf<'done'>): Decided => {
  const text = textOf(what);
  if (text === undefined) return refuse('what-missing');
  if (isTooLong(text)) return refuse('words-too-long');
  const n = promise.proposals + 1;
  return { entries: [{ type: 'proposed', at: now, promise: promise.id, n, by, private: { what: text } }] };
};

const handOver = (about: StaffCase, { to, note }: ActOf<'hand-over'>): Decided => {
  const { config, promise, now } = about;
  if (to === '') return refuse('to-missing');
  const member = memberOf(config, to);
  if (member === undefined || !isPresent(config, member, now) || member.id === promise.owner)
    return refuse('to-unknown');
  if (isTooLong(note)) return refuse('words-too-long');
  /* The customer was told a time: who takes over keeps it, and has at least the answering time to do so. */
  const own = answerDue(config, promise.kind, now, promise.severity);
  const text = textOf(note);
  const passed: PromiseEntry = {
    type: 'handed-over',
    at: now,
    promise: promise.id,
    n: promise.handovers + 1,
    from: promise.owner,
    to: member.id,
    level: member.level,
    dueAt: laterOf(promise.dueAt, own),
    ...(text === undefined ? {} : { private: { note: text } }),
  };
  const booking = bookingAhead(promise);
  const isGoing = booking?.provider === promise.owner && isBefore(now, booking.to);
  return {
    entries: booking !== undefined && isGoing ? [passed, substitution(about, booking, member.id)] : [passed],
  };
};

const moreTime = ({ promise, by, now }: StaffCase, { dueAt, reason }: ActOf<'more-time'>): Decided => {
  const wrong = wrongTime(now, dueAt);
  if (wrong !== undefined) return refuse(wrong);
  if (isTooLong(reason)) return refuse('words-too-long');
  const n = promise.moves + 1;
  return {
    entries: [{ type: 'moved', at: now, promise: promise.id, n, by, dueAt, ...reasonOf(reason) }],
  };
};

const OFFER_DAYS = 2;

/** Two days to answer and some working hours, less when the time is near; the offered time itself is the latest. */
const waitForAnswer = ({ config, promise, now }: StaffCase, latest: Instant): Instant => {
  const twoDays = addMinutes(now, OFFER_DAYS * 24 * 60);
  const due = answerDue(config, promise.kind, isBefore(twoDays, latest) ? twoDays : now);
  return isBefore(latest, due) ? latest : due;
};

const offer = (about: StaffCase, { from, to, reason }: ActOf<'offer'>): Decided => {
  const { promise, by, now } = about;
  if (promise.kind !== 'visit' && from !== undefined) return refuse('not-a-visit');
  if (promise.kind === 'visit' && from === undefined) return refuse('time-order');
  const wrong = wrongTime(now, to, from);
  if (wrong !== undefined) return refuse(wrong);
  if (isTooLong(reason)) return refuse('words-too-long');
  return {
    entries: [
      {
        type: 'offered',
        at: now,
        promise: promise.id,
        n: promise.offers + 1,
        by,
        ...(from === undefined ? {} : { from }),
        to,
        dueAt: waitForAnswer(about, from ?? to),
        ...reasonOf(reason),
      },
    ],
  };
};

const withdraw = ({ promise, by, now }: StaffCase, { reason }: ActOf<'withdraw'>): Decided => {
  if (textOf(reason) === undefined) return refuse('reason-missing');
  if (isTooLong(reason)) return refuse('words-too-long');
  return {
    entries: [
      {
        type: 'withdrawn',
        at: now,
        promise: promise.id,
        n: promise.withdrawals + 1,
        by,
        because: by === 'system' ? 'asked-by-system' : 'no-longer-needed',
        ...reasonOf(reason),
      },
    ],
  };
};

type VisitAct = ActOf<'accept' | 'on-my-way' | 'late' | 'nobody-home' | 'nobody-went'>;

const onVisit = (about: StaffCase, act: VisitAct): Decided => {
  const booking = bookingAhead(about.promise);
  if (booking === undefined) return refuse('no-booking');
  switch (act.act) {
    case 'accept':
      return accept(about, booking);
    case 'on-my-way':
      return onMyWay(about, booking);
    case 'late':
      return late(about, booking, act);
    case 'nobody-home':
      return nobodyHome(about, booking);
    case 'nobody-went':
      return nobodyWent(about);
  }
};

/** The entries the act comes to, or why it cannot be. */
export const decideStaffAct = (about: StaffCase, act: StaffAct): Decided => {
  const refusal = whyNot(about, act.act);
  if (refusal !== undefined) return refuse(refusal);
  switch (act.act) {
    case 'take':
      return take(about);
    case 'done':
      return done(about, act);
    case 'hand-over':
      return handOver(about, act);
    case 'more-time':
      return moreTime(about, act);
    case 'offer':
      return offer(about, act);
    case 'book':
      return book(about, act);
    case 'withdraw':
      return withdraw(about, act);
    case 'tell':
      return tellCustomer(about, act);
    default:
      return onVisit(about, act);
  }
};
