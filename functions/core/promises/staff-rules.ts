/** What staff can do to a promise, who may, and when: one rulebook for the staff page, the desk and the promise API. */
import { isBefore } from '../calendar.ts';
import type { Configuration } from '../configuration.ts';
import type { Instant } from '../ids.ts';
import type { Sale } from '../sale.ts';
import { isPresent, memberOf, presentOwner } from '../staff.ts';
import { addMinutes, visitDue } from './deadlines.ts';
import type { PromiseEntry } from './entries.ts';
import { type Booking, hangsOnAnswer, isClosed, type OwedPromise, standingBooking } from './promise.ts';

export type StaffAct =
  | { act: 'take' }
  | { act: 'done'; what: string }
  | { act: 'hand-over'; to: string; note?: string }
  /** The customer is told the new time and the reason. */
  | { act: 'more-time'; dueAt: Instant; reason?: string }
  /** The customer must accept it. Without `from` only a due time is offered. */
  | { act: 'offer'; from?: Instant; to: Instant; reason?: string }
  | {
      act: 'book';
      from: Instant;
      to: Instant;
      provider: string;
      /** Left out, what is known stays; empty, it is taken off. */
      place?: string;
      bring?: string;
      /** "I answer for this visit", by name: needed after two misses. */
      answersForIt: boolean;
    }
  /** Answers by name for a booking somebody else made. */
  | { act: 'accept' }
  | { act: 'on-my-way' }
  | { act: 'late'; minutes: number }
  /** We were there and the customer was not. */
  | { act: 'nobody-home' }
  /** None of us went: said by us, before the customer has to. */
  | { act: 'nobody-went' }
  /** Writes to the customer, who gets the words as they stand; what answers a question proposes it as done. */
  | { act: 'tell'; what: string; via: 'mail' | 'desk' }
  | { act: 'withdraw'; reason: string };

export type ActName = StaffAct['act'];

export type StaffRefusal =
  | 'already-closed'
  /** There is no address to write to. */
  | 'no-address'
  | 'already-taken'
  | 'already-said'
  /** The ball is the customer's: they have been asked. */
  | 'customer-asked'
  | 'not-yours'
  | 'level-too-low'
  | 'what-missing'
  | 'reason-missing'
  | 'words-too-long'
  | 'to-missing'
  | 'to-unknown'
  | 'time-past'
  | 'time-order'
  | 'time-too-far'
  | 'window-too-long'
  | 'minutes-wrong'
  | 'provider-unknown'
  | 'not-a-visit'
  | 'no-booking'
  /** A visit keeps its time until another one is offered or booked. */
  | 'has-booking'
  | 'visit-ahead'
  /** First somebody must say how it went. */
  | 'window-over'
  | 'nothing-to-accept'
  | 'too-early'
  | 'too-often'
  /** The provider has another visit then; the step that books finds out. */
  | 'provider-busy';

export type Decided = { entries: PromiseEntry[] } | { refusal: StaffRefusal };

/** Who acts, on what, when. `by` is a staff id, or `system` for the promise API. */
export type StaffCase = {
  config: Configuration;
  sale: Sale;
  promise: OwedPromise;
  by: string;
  now: Instant;
};

/** From here on "on my way" means this visit. */
const ON_THE_WAY_HOURS = 12;
const MOST_MOVES = 3;
const MOST_DELAYS = 3;

/** The owner, or whoever stands in for them. A link outlives its turn: it still shows, and still says what was done. */
export const isTheirs = ({ config, sale, promise, by, now }: StaffCase): boolean =>
  by === 'system' || [promise.owner, presentOwner(config, promise.owner, sale.id, now).id].includes(by);

const isAbove = ({ config, promise, by }: StaffCase, level: number): boolean =>
  (memberOf(config, by)?.level ?? -1) >= level && promise.owner !== by;

/** Whose it is, or whoever stands above them: they may pass it on, move it and take it back. */
const mayDirect = (about: StaffCase): boolean => isTheirs(about) || isAbove(about, about.promise.level + 1);

/** Who goes there, or stands in for them. */
const isGoing = (about: StaffCase): boolean => {
  const { config, sale, promise, by, now } = about;
  const provider = standingBooking(promise)?.provider;
  return provider !== undefined && [provider, presentOwner(config, provider, sale.id, now).id].includes(by);
};

/** A shop need not have every level: then the highest there is will do. */
const withinReach = ({ config, now }: StaffCase, level: number): number =>
  Math.min(
    level,
    Math.max(...config.staff.filter((one) => isPresent(config, one, now)).map((one) => one.level), 0),
  );

/** Of the level it has climbed to, and never a rep while there is anybody above: that is what climbing is for. */
const answeringLevel = (about: StaffCase): number => withinReach(about, Math.max(about.promise.level, 1));

/** May say "I answer for this visit". A machine has no name to give. */
export const mayAnswerForIt = (about: StaffCase): boolean =>
  (memberOf(about.config, about.by)?.level ?? -1) >= answeringLevel(about);

/** Who could say it, for those who cannot. */
export const whoMayAnswer = (about: StaffCase) =>
  about.config.staff.filter(
    (member) => isPresent(about.config, member, about.now) && mayAnswerForIt({ ...about, by: member.id }),
  );

/** Booked and not come to nothing; somebody may still have to answer for it. */
export const bookingAhead = ({ booking }: OwedPromise): Booking | undefined =>
  booking === undefined || booking.isOff || booking.noShow !== undefined ? undefined : booking;

/** What follows from the customer's own word or silence is not for a rep to take back. */
const mayTakeBack = (about: StaffCase): boolean => {
  const { config, promise, by } = about;
  if (by === 'system' || !(hangsOnAnswer(promise) || promise.because === 'missed')) return true;
  return (memberOf(config, by)?.level ?? -1) >= withinReach(about, 1);
};

type WhyNot = (about: StaffCase) => StaffRefusal | undefined;

const unless = (isAllowed: boolean, refusal: StaffRefusal) => (isAllowed ? undefined : refusal);

const whyNotTake: WhyNot = (about) => {
  const { status } = about.promise;
  if (status === 'taken') return isTheirs(about) ? 'already-taken' : 'not-yours';
  return status === 'offered' ? 'customer-asked' : unless(isTheirs(about), 'not-yours');
};

const whyNotDone: WhyNot = ({ promise, now }) => {
  const booking = bookingAhead(promise);
  return unless(booking === undefined || !isBefore(now, booking.from), 'visit-ahead');
};

const whyNotMoreTime: WhyNot = (about) => {
  const { config, promise, by } = about;
  if (!mayDirect(about)) return 'not-yours';
  if (promise.status === 'offered') return 'customer-asked';
  if (bookingAhead(promise) !== undefined) return 'has-booking';
  const isAboveReps = (memberOf(config, by)?.level ?? 0) > 0;
  return unless(isAboveReps || promise.moves < MOST_MOVES, 'too-often');
};

/** Whoever made the promise for somebody else gives it its first time. */
const isFirstWord = ({ promise, by }: StaffCase): boolean =>
  promise.madeBy === by && promise.bookings.length === 0;

/** A visit whose time is over cannot be moved away before somebody has said how it went. */
const whyNotNewTime: WhyNot = (about) => {
  if (!mayDirect(about) && !isGoing(about) && !isFirstWord(about)) return 'not-yours';
  const booking = standingBooking(about.promise);
  return unless(booking === undefined || isBefore(about.now, booking.to), 'window-over');
};

const whyNotBook: WhyNot = (about) => (about.promise.kind === 'visit' ? whyNotNewTime(about) : 'not-a-visit');

const whyNotAccept: WhyNot = (about) => {
  const booking = bookingAhead(about.promise);
  if (booking?.isPending !== true) return 'nothing-to-accept';
  if (!mayAnswerForIt(about)) return 'level-too-low';
  return unless(isBefore(about.now, booking.from), 'time-past');
};

const onVisit =
  (whyNot: (about: StaffCase, booking: Booking) => StaffRefusal | undefined): WhyNot =>
  (about) => {
    if (about.promise.kind !== 'visit') return 'not-a-visit';
    const booking = standingBooking(about.promise);
    if (booking === undefined) return 'no-booking';
    return mayDirect(about) || isGoing(about) ? whyNot(about, booking) : 'not-yours';
  };

const isFarAhead = ({ now }: StaffCase, { from }: Booking) =>
  isBefore(now, addMinutes(from, -ON_THE_WAY_HOURS * 60));

const whyNotOnMyWay = onVisit((about, booking) => {
  if (booking.onMyWayAt !== undefined) return 'already-said';
  if (isFarAhead(about, booking)) return 'too-early';
  return unless(isBefore(about.now, visitDue(about.config, booking.to)), 'window-over');
});

const whyNotLate = onVisit((about, booking) => {
  if (isFarAhead(about, booking)) return 'too-early';
  return unless(booking.delays < MOST_DELAYS, 'too-often');
});

const whyNotSayHowItWent = onVisit(({ now }, { from }) => unless(!isBefore(now, from), 'visit-ahead'));

const whyNotWithdraw: WhyNot = (about) =>
  mayDirect(about) ? unless(mayTakeBack(about), 'level-too-low') : 'not-yours';

const RULES: Record<ActName, WhyNot> = {
  take: whyNotTake,
  /* Whoever did it may say so, whosever it is by now. */
  done: whyNotDone,
  'hand-over': (about) => unless(mayDirect(about), 'not-yours'),
  'more-time': whyNotMoreTime,
  offer: whyNotNewTime,
  book: whyNotBook,
  accept: whyNotAccept,
  'on-my-way': whyNotOnMyWay,
  late: whyNotLate,
  'nobody-home': whyNotSayHowItWent,
  'nobody-went': whyNotSayHowItWent,
  withdraw: whyNotWithdraw,
  /* Whoever reads it may answer. */
  tell: ({ sale }) => unless(sale.customer.email !== undefined, 'no-address'),
};

/** Why this person cannot do this now, whatever they would write; undefined when they can. */
export const whyNot = (about: StaffCase, act: ActName): StaffRefusal | undefined => {
  if (isClosed(about.promise)) return 'already-closed';
  return about.promise.status === 'proposed' && act !== 'tell' ? 'customer-asked' : RULES[act](about);
};
