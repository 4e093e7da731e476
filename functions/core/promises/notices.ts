/**
 * What must be said about a promise, to whom and when: every clock there is, computed from the journal. A notice has a
 * key of its own, so it goes out once; and an end, so that one that comes too late is dropped instead of lying.
 */
import {
  addOpenHours,
  isBefore,
  lastOpen,
  laterOf,
  nextOpen,
  type Opening,
  openHoursBetween,
  toEpochMs,
  toInstant,
} from '../calendar.ts';
import type { Configuration } from '../configuration.ts';
import type { MessageKey } from '../conversation/entries.ts';
import type { Instant } from '../ids.ts';
import { staffOpening } from '../openings.ts';
import { addMinutes, visitDue } from './deadlines.ts';
import { type Booking, isClosed, isKnown, type OwedPromise, standingBooking } from './promise.ts';

export type ClockNotice =
  /** To the owner, when half and when four fifths of the time are over. */
  | 'half'
  | 'most'
  /** To the customer, before the promise breaks. */
  | 'at-risk'
  /** To the customer and the provider, the day before. */
  | 'tomorrow'
  | 'tomorrow-provider'
  /** To the provider who has not said they are on the way: half an hour before. */
  | 'on-your-way'
  /** To the next level: five minutes later. */
  | 'nobody-on-the-way'
  /** To the customer: the truth, a quarter of an hour before. */
  | 'may-be-late'
  /** To the customer: the window is over and nobody has said how it went, but it does not count as missed yet. */
  | 'did-anyone-come';

export type Audience = 'owner' | 'provider' | 'office' | 'customer';

export type Notice = {
  name: ClockNotice;
  to: Audience;
  at: Instant;
  /** From here on it would be too late. */
  until: Instant;
  message: MessageKey;
};

const HALF = 0.5;
const MOST = 0.8;
const AT_RISK = 0.9;

/**
 * When customers may be written to, by the shop's clock: a sale's own zone is not known here. It is the shop's for every
 * sale that intake opens.
 */
const customerHours = ({ shop, hours }: Configuration): Opening => ({
  zone: shop.zone,
  hours: hours.customers,
  closed: hours.holidays.customers,
});

/** A booking nobody answers for yet must find somebody before it begins; everything else has until it is due. */
const endOf = ({ booking, dueAt }: OwedPromise): string =>
  booking?.isPending === true && isBefore(booking.from, dueAt) ? booking.from : dueAt;

/** The instant when this share of the time is over: of the days, or of the working hours. */
const shareOf = (config: Configuration, promise: OwedPromise, share: number): Instant => {
  const opening = staffOpening(config);
  const { termAt, isCalendar } = promise;
  const end = endOf(promise);
  const open = isCalendar ? 0 : openHoursBetween(termAt, end, opening);
  if (open > 0) return addOpenHours(termAt, open * share, opening);
  const [from, to] = [toEpochMs(termAt), toEpochMs(end)];
  return toInstant(from + Math.max(0, to - from) * share);
};

/** Earlier rather than later: a warning on Sunday night warns nobody. Undefined when they are closed all the while. */
const withinHours = (at: Instant, promise: OwedPromise, opening: Opening): Instant | undefined => {
  const early = lastOpen(at, opening);
  if (!isBefore(early, promise.termAt)) return early;
  const late = nextOpen(at, opening);
  return isBefore(late, endOf(promise)) ? late : undefined;
};

/** The head of the business has it again, and hears so each time: no reminders in between. */
const isRepeat = (promise: OwedPromise): boolean => promise.level === 2 && promise.strikes > 2;

/**
 * Worth a warning: the customer counts on this time. Whoever was let down twice is told what is true by the apologies,
 * and so is who was let down by a visit and is rung for it.
 */
const isWarnedOf = (promise: OwedPromise): boolean =>
  isKnown(promise) && promise.because !== 'missed' && promise.strikes < 2;

const ownerNotices = (config: Configuration, promise: OwedPromise): Notice[] => {
  if (isRepeat(promise)) return [];
  const { id, term } = promise;
  const opening = staffOpening(config);
  const half = withinHours(shareOf(config, promise, HALF), promise, opening);
  const most = withinHours(shareOf(config, promise, MOST), promise, opening);
  /* Nobody is at work before it is due: whoever owes it has only just been told, and no reminder helps. */
  if (half === undefined || most === undefined) return [];
  return [
    { name: 'half', to: 'owner', at: half, until: most, message: `${id}/half#${term}` },
    {
      name: 'most',
      to: 'owner',
      at: most,
      until: toInstant(toEpochMs(endOf(promise))),
      message: `${id}/most#${term}`,
    },
  ];
};

const timeNotices = (config: Configuration, promise: OwedPromise): Notice[] => {
  const { id, term } = promise;
  const notices = ownerNotices(config, promise);
  if (!isWarnedOf(promise)) return notices;
  const share = shareOf(config, promise, AT_RISK);
  const inTheirs = withinHours(share, promise, customerHours(config));
  /* The truth before it breaks weighs more than a quiet evening; with half the work ahead it would be a false alarm. */
  const opening = staffOpening(config);
  const worked = (to: string) => openHoursBetween(promise.termAt, to, opening);
  const isTimely = inTheirs !== undefined && worked(inTheirs) >= HALF * worked(endOf(promise));
  const at = isTimely ? inTheirs : (withinHours(share, promise, opening) ?? share);
  const until = toInstant(toEpochMs(endOf(promise)));
  return [...notices, { name: 'at-risk', to: 'customer', at, until, message: `${id}/at-risk#${term}` }];
};

const DAY_MINUTES = 24 * 60;

const tomorrowNotices = (promise: OwedPromise, { n, from, settledAt }: Booking): Notice[] => {
  const at = addMinutes(from, -DAY_MINUTES);
  /* Settled for tomorrow or today: the confirmation itself has just said so. */
  if (!isBefore(settledAt, at)) return [];
  const until = addMinutes(from, -120);
  const { id } = promise;
  return [
    { name: 'tomorrow', to: 'customer', at, until, message: `${id}/tomorrow#${n}` },
    { name: 'tomorrow-provider', to: 'provider', at, until, message: `${id}/tomorrow-provider#${n}` },
  ];
};

/** Counts every window there was, so that each has reminders of its own, and whoever else has the promise repeats none. */
const windowNumber = (promise: OwedPromise, booking: Booking): number => booking.n + promise.delays;

/** Until the provider says they are on the way: they are asked, then the office is, then the customer hears the truth. */
const signNotices = (promise: OwedPromise, booking: Booking): Notice[] => {
  const { from, to, settledAt } = booking;
  const { id } = promise;
  const window = windowNumber(promise, booking);
  const ask = addMinutes(from, -30);
  /* Settled only now: they were told this minute, and have as long to answer as anybody. */
  const noLessThan = (minutes: number, before: number) =>
    laterOf(addMinutes(from, -before), addMinutes(settledAt, minutes));
  const asked: Notice[] = isBefore(settledAt, ask)
    ? [
        {
          name: 'on-your-way',
          to: 'provider',
          at: ask,
          until: toInstant(toEpochMs(from)),
          message: `${id}/on-your-way#${window}`,
        },
      ]
    : [];
  const until = toInstant(toEpochMs(to));
  return [
    ...asked,
    {
      name: 'nobody-on-the-way',
      to: 'office',
      at: noLessThan(5, 25),
      until,
      message: `${id}/nobody-on-the-way#${window}`,
    },
    {
      name: 'may-be-late',
      to: 'customer',
      at: noLessThan(15, 15),
      until,
      message: `${id}/may-be-late#${window}`,
    },
  ];
};

const visitNotices = (config: Configuration, promise: OwedPromise, booking: Booking): Notice[] => {
  const asked: Notice = {
    name: 'did-anyone-come',
    to: 'customer',
    at: visitDue(config, booking.to),
    /* Without any sign it is due, and missed, at this very instant, and the apology asks the same. */
    until: toInstant(toEpochMs(promise.dueAt)),
    message: `${promise.id}/did-anyone-come#${windowNumber(promise, booking)}`,
  };
  const signs = booking.onMyWayAt === undefined ? signNotices(promise, booking) : [];
  return [...tomorrowNotices(promise, booking), ...signs, asked];
};

/** Every clock of the promise as it stands, in order of time; none while the ball is not ours. */
export const clockNotices = (config: Configuration, promise: OwedPromise): Notice[] => {
  if (isClosed(promise) || promise.status === 'proposed' || promise.status === 'offered') return [];
  const booking = standingBooking(promise);
  const notices =
    booking === undefined ? timeNotices(config, promise) : visitNotices(config, promise, booking);
  return notices
    .filter(({ at, until }) => isBefore(at, until))
    .sort((a, b) => toEpochMs(a.at) - toEpochMs(b.at));
};

/** What is to be said now: its time has come, and has not passed. */
export const dueNotices = (config: Configuration, promise: OwedPromise, now: string): Notice[] =>
  clockNotices(config, promise).filter(({ at, until }) => !isBefore(now, at) && isBefore(now, until));

/** The next instant something happens of itself: the next notice, or the due time. */
export const nextClock = (config: Configuration, promise: OwedPromise, now: string): Instant => {
  const ahead = clockNotices(config, promise).find(
    ({ at }) => isBefore(now, at) && isBefore(at, promise.dueAt),
  );
  return toInstant(toEpochMs(ahead?.at ?? promise.dueAt));
};
