/** What must be said about a promise because something happened to it. Like the clocks, computed from the journal. */
import { isBefore, isOpen, nextOpen } from '../calendar.ts';
import type { Configuration } from '../configuration.ts';
import type { MessageKey } from '../conversation/entries.ts';
import type { Instant } from '../ids.ts';
import { type EntryOf, entriesOf } from '../journal.ts';
import { customerOpening, staffOpening } from '../openings.ts';
import type { Sale } from '../sale.ts';
import { addMinutes } from './deadlines.ts';
import type { PromiseEntry } from './entries.ts';
import { type Audience, dueNotices, nextClock } from './notices.ts';
import {
  assignmentOf,
  type Booking,
  isClosed,
  isKnown,
  type OwedPromise,
  standingBooking,
} from './promise.ts';

export type Tiding =
  /** To whoever owns it now, in the words that fit how it came to them. */
  | 'owner'
  /** To the customer: what was promised, by whom, by when. */
  | 'receipt'
  /** To the customer: we broke our word, whose fault, what now. */
  | 'sorry'
  | 'new-time'
  /** To the customer: somebody puts it right, and by when. */
  | 'in-hand'
  | 'late'
  | 'offer'
  /** Confirmation with a calendar file; and to the provider. */
  | 'booked'
  | 'booked-provider'
  /** To a provider who no longer goes. */
  | 'unbooked-provider'
  /** To the owner: nobody answers for this booking yet. */
  | 'accept'
  | 'withdrawn'
  | 'withdrawn-provider'
  | 'withdrawn-owner'
  | 'new-person'
  /** To the owner: the customer asks for another time, or has answered the offer. */
  | 'wish'
  | 'offer-answer'
  /** To the owner: the customer wrote about it. */
  | 'said'
  /** To the customer: what somebody here wrote to them. */
  | 'told'
  /** To the customer: we were there and nobody opened. */
  | 'nobody-home';

export type NoticeName = Tiding | ReturnType<typeof dueNotices>[number]['name'];

/** One mail to write: what it says, to whom, under which key. */
export type ToSay = { name: NoticeName; to: Audience | 'former-provider'; message: MessageKey };

/** The booking that `unbooked-provider#n` is about: the one before the nth. */
export const bookingBefore = ({ bookings }: OwedPromise, message: string): Booking | undefined =>
  bookings[Number(message.slice(message.lastIndexOf('#') + 1)) - 2];

/** Of this promise, oldest first. */
export const promiseEntries = <T extends PromiseEntry['type']>(
  sale: Pick<Sale, 'journal'>,
  promise: Pick<OwedPromise, 'id'>,
  type: T,
): EntryOf<T>[] =>
  entriesOf(sale.journal, type).filter((entry) => 'promise' in entry && entry.promise === promise.id);

/** A receipt of its own: the customer's answers get theirs at once, a booking is its own confirmation. */
const wantsReceipt = (promise: OwedPromise): boolean =>
  ['published', 'staff', 'system', 'question'].includes(promise.because) && promise.bookings.length === 0;

const LONGEST_SILENCE_DAYS = 7;

/** The head of the business is reminded again and again; the customer hears it once a week, never not at all. */
const isQuietSince = (sale: Sale, promise: OwedPromise, raisedAt: string | undefined): boolean => {
  const told = sale.journal.findLast(
    (entry) => entry.type === 'sent' && entry.to === 'customer' && entry.message.startsWith(`${promise.id}/`),
  );
  if (told === undefined || raisedAt === undefined) return true;
  return !isBefore(raisedAt, addMinutes(told.at, LONGEST_SILENCE_DAYS * 24 * 60));
};

/** A pause held an apology and none was said since: they have not heard yet that we broke our word. */
const isApologyHeld = ({ journal }: Sale, { id }: OwedPromise): boolean => {
  const last = (type: 'deferred' | 'sent') =>
    entriesOf(journal, type).findLast(({ message }) => message.startsWith(`${id}/sorry#`))?.at ?? '';
  return last('deferred') > last('sent');
};

const assignmentTidings = (sale: Sale, promise: OwedPromise): ToSay[] => {
  const { id, strikes, raises, handovers } = promise;
  const toSay: ToSay[] = [];
  if (promise.status !== 'proposed' && promise.status !== 'offered')
    toSay.push({ name: 'owner', to: 'owner', message: `${id}/owner#${assignmentOf(promise)}` });
  const raised = promiseEntries(sale, promise, 'escalated').at(-1);
  const passed = promiseEntries(sale, promise, 'handed-over').at(-1);
  const isRaisedLast = raised !== undefined && (passed === undefined || passed.at <= raised.at);
  /* A call that follows a missed visit has been apologised for with the visit. */
  const most = promise.because === 'missed' ? 1 : 2;
  const isWorthSaying =
    strikes <= most || isApologyHeld(sale, promise) || isQuietSince(sale, promise, raised?.at);
  if (isKnown(promise) && isRaisedLast && raised.because !== 'not-yet' && isWorthSaying)
    toSay.push({ name: 'sorry', to: 'customer', message: `${id}/sorry#${raises}` });
  const taken = promiseEntries(sale, promise, 'taken').at(-1);
  if (isKnown(promise) && promise.kind === 'resolve' && promise.status === 'taken' && taken !== undefined)
    toSay.push({ name: 'in-hand', to: 'customer', message: `${id}/in-hand#${taken.n}` });
  if (isKnown(promise) && passed?.because === 'left' && !isRaisedLast)
    toSay.push({ name: 'new-person', to: 'customer', message: `${id}/new-person#${handovers}` });
  return toSay;
};

const timeTidings = (promise: OwedPromise): ToSay[] => {
  const { id, status, moves, offers, wishes, sayings, tellings, delays } = promise;
  const toSay: ToSay[] = [];
  if (wantsReceipt(promise)) toSay.push({ name: 'receipt', to: 'customer', message: `${id}/receipt` });
  if (moves > 0 && isKnown(promise))
    toSay.push({ name: 'new-time', to: 'customer', message: `${id}/new-time#${moves}` });
  if (delays > 0) toSay.push({ name: 'late', to: 'customer', message: `${id}/late#${delays}` });
  if (status === 'offered') toSay.push({ name: 'offer', to: 'customer', message: `${id}/offer#${offers}` });
  if (wishes > 0) toSay.push({ name: 'wish', to: 'owner', message: `${id}/wish#${wishes}` });
  if (tellings > 0) toSay.push({ name: 'told', to: 'customer', message: `${id}/told#${tellings}` });
  if (sayings > 0) toSay.push({ name: 'said', to: 'owner', message: `${id}/said#${sayings}` });
  if (offers > 0 && status !== 'offered')
    toSay.push({ name: 'offer-answer', to: 'owner', message: `${id}/offer-answer#${offers}` });
  return toSay;
};

/** Whoever was to go there must not set out while the customer thinks about another time; who offered it knows. */
const calledOff = (sale: Sale, promise: OwedPromise, booking: Booking, now: string): ToSay[] => {
  const offered = promiseEntries(sale, promise, 'offered').at(-1);
  const isOffered = booking.isOff && offered !== undefined && !isBefore(offered.at, booking.bookedAt);
  const isAhead = booking.noShow === undefined && isBefore(now, booking.to);
  if (!isOffered || !isAhead || [offered.by, promise.owner].includes(booking.provider)) return [];
  /* The same key as when another provider is booked next: they hear it once. */
  const message: MessageKey = `${promise.id}/unbooked-provider#${booking.n + 1}`;
  return [{ name: 'unbooked-provider', to: 'former-provider', message }];
};

const visitTidings = (sale: Sale, promise: OwedPromise, now: string): ToSay[] => {
  const { id, booking, bookings } = promise;
  if (booking === undefined) return [];
  const { n } = booking;
  if (booking.isPending) return [{ name: 'accept', to: 'owner', message: `${id}/accept#${n}` }];
  const toSay = calledOff(sale, promise, booking, now);
  if (standingBooking(promise) !== undefined && now < booking.to) {
    toSay.push({ name: 'booked', to: 'customer', message: `${id}/booked#${n}` });
    toSay.push({ name: 'booked-provider', to: 'provider', message: `${id}/booked-provider#${n}` });
    const former = bookings.at(-2);
    if (former !== undefined && former.provider !== booking.provider && now < former.to)
      toSay.push({
        name: 'unbooked-provider',
        to: 'former-provider',
        message: `${id}/unbooked-provider#${n}`,
      });
  }
  if (booking.noShow === 'customer')
    toSay.push({ name: 'nobody-home', to: 'customer', message: `${id}/nobody-home#${n}` });
  return toSay;
};

const farewell = (promise: OwedPromise, at: string): ToSay[] => {
  const { id, withdrawals, booking } = promise;
  const toSay: ToSay[] = [
    { name: 'withdrawn-owner', to: 'owner', message: `${id}/withdrawn-owner#${withdrawals}` },
  ];
  if (isKnown(promise))
    toSay.push({ name: 'withdrawn', to: 'customer', message: `${id}/withdrawn#${withdrawals}` });
  if (booking !== undefined && !booking.isPending && at < booking.to && booking.provider !== promise.owner)
    toSay.push({
      name: 'withdrawn-provider',
      to: 'provider',
      message: `${id}/withdrawn-provider#${withdrawals}`,
    });
  return toSay;
};

/** A day before a visit everybody may be reached at any hour. */
const SOON_MINUTES = 24 * 60;

/** Notes that can wait until people work: of an urgent promise and of a visit soon they cannot. */
const CAN_WAIT: ReadonlySet<NoticeName> = new Set([
  'owner',
  'accept',
  'wish',
  'said',
  'offer-answer',
  'booked-provider',
  'unbooked-provider',
]);

/** Nobody minds a note that came during lunch. */
const LUNCH_MINUTES = 120;

/** Until when this must wait; undefined when it may be said now. */
const quietUntil = (
  config: Configuration,
  sale: Sale,
  promise: OwedPromise,
  { name }: ToSay,
  now: string,
): Instant | undefined => {
  const soon = addMinutes(now, SOON_MINUTES);
  /* Also one that is off: who was to go there must not set out. */
  const isSoon = promise.bookings.some(
    ({ from, to, isPending }) => !isPending && isBefore(now, to) && isBefore(from, soon),
  );
  /* A customer who waited in vain for a visit waits now. */
  const isStanding = promise.because === 'missed' || promise.booking?.noShow !== undefined;
  const isPressing = promise.severity === 'urgent' || isSoon || isStanding;
  const isForStaff = CAN_WAIT.has(name) && !isPressing;
  const isForCustomer = name === 'receipt' && promise.because === 'published';
  if (!isForStaff && !isForCustomer) return undefined;
  const opening = isForStaff ? staffOpening(config) : customerOpening(config, sale.record);
  if (isOpen(now, opening)) return undefined;
  const opens = nextOpen(now, opening);
  const isLunch = isForStaff && !isBefore(addMinutes(now, LUNCH_MINUTES), opens);
  return isLunch ? undefined : opens;
};

/** What has not been said yet, whether or not its hour has come: what happened, then the clocks. */
const unsaid = (config: Configuration, sale: Sale, promise: OwedPromise, now: string): ToSay[] => {
  const said = new Set(
    sale.journal.flatMap((entry) =>
      entry.type === 'sent' || entry.type === 'skipped' || entry.type === 'unclear' ? [entry.message] : [],
    ),
  );
  const fromJournal = isClosed(promise)
    ? promise.status === 'withdrawn'
      ? farewell(promise, promise.closedAt ?? now)
      : []
    : [...assignmentTidings(sale, promise), ...timeTidings(promise), ...visitTidings(sale, promise, now)];
  const fromClock = dueNotices(config, promise, now).map(({ name, to, message }) => ({ name, to, message }));
  return [...fromJournal, ...fromClock].filter(({ message }) => !said.has(message));
};

/** Everything that is to be said about a promise now. */
export const toSayNow = (config: Configuration, sale: Sale, promise: OwedPromise, now: string): ToSay[] =>
  unsaid(config, sale, promise, now).filter(
    (toSay) => quietUntil(config, sale, promise, toSay, now) === undefined,
  );

/** When to look at a promise again: at its next clock, or when people can hear what must wait for them. */
export const nextMoment = (config: Configuration, sale: Sale, promise: OwedPromise, now: string): Instant =>
  unsaid(config, sale, promise, now)
    .flatMap((toSay) => quietUntil(config, sale, promise, toSay, now) ?? [])
    .reduce((soonest, at) => (isBefore(at, soonest) ? at : soonest), nextClock(config, promise, now));
