/**
 * What must be said about a promise, to whom and when: every clock there is, computed from the journal. A notice has a
 * key of its own, so it goes out once; and an end, so that one that comes too late is dropped instead of lying.
 */
import { addOpenHours, lastOpen, openHoursBetween, toEpochMs, toInstant } from './calendar.ts';
import type { Configuration } from './configuration.ts';
import { addMinutes, visitDue } from './deadlines.ts';
import type { Instant } from './ids.ts';
import type { MessageKey } from './journal.ts';
import { staffOpening } from './openings.ts';
import { isClosed, isKnown, type OwedPromise, standingBooking } from './promise.ts';

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
  /** To the customer: the window is over, somebody was on the way, and nobody has said how it went. */
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

/** The instant when this share of the time is over: of the days, or of the working hours. Never outside working hours. */
const shareOf = (config: Configuration, promise: OwedPromise, share: number): Instant => {
  const opening = staffOpening(config);
  const { termAt, dueAt } = promise;
  const open = promise.isCalendar ? 0 : openHoursBetween(termAt, dueAt, opening);
  if (open > 0) return addOpenHours(termAt, open * share, opening);
  const [start, end] = [toEpochMs(termAt), toEpochMs(dueAt)];
  const at = toInstant(start + Math.max(0, end - start) * share);
  /* Earlier rather than later: a warning on Sunday night warns nobody. */
  const early = lastOpen(at, opening);
  return early < termAt ? at : early;
};

/** The head of the business was reminded already: the customer need not hear the same again. */
const isRepeat = (promise: OwedPromise): boolean => promise.level === 2 && promise.strikes > 2;

const timeNotices = (config: Configuration, promise: OwedPromise): Notice[] => {
  const { id, term, dueAt } = promise;
  const most = shareOf(config, promise, MOST);
  const notices: Notice[] = [
    {
      name: 'half',
      to: 'owner',
      at: shareOf(config, promise, HALF),
      until: most,
      message: `${id}/half#${term}`,
    },
    { name: 'most', to: 'owner', at: most, until: dueAt, message: `${id}/most#${term}` },
  ];
  if (!isKnown(promise) || isRepeat(promise)) return notices;
  const at = shareOf(config, promise, AT_RISK);
  return [
    ...notices,
    { name: 'at-risk', to: 'customer', at, until: dueAt, message: `${id}/at-risk#${term}` },
  ];
};

const DAY_MINUTES = 24 * 60;

const visitNotices = (config: Configuration, promise: OwedPromise): Notice[] => {
  const booking = standingBooking(promise);
  if (booking === undefined) return [];
  const { from, to, bookedAt, n } = booking;
  const before = (minutes: number) => addMinutes(from, -minutes);
  const { id, term } = promise;
  const dayBefore = before(DAY_MINUTES);
  /* Booked for tomorrow or today: the confirmation itself has just said so. */
  const tomorrow: Notice[] =
    dayBefore <= bookedAt
      ? []
      : [
          {
            name: 'tomorrow',
            to: 'customer',
            at: dayBefore,
            until: before(120),
            message: `${id}/tomorrow#${n}`,
          },
          {
            name: 'tomorrow-provider',
            to: 'provider',
            at: dayBefore,
            until: before(120),
            message: `${id}/tomorrow-provider#${n}`,
          },
        ];
  if (booking.onMyWayAt !== undefined) {
    const over = visitDue(config, to);
    return [
      ...tomorrow,
      {
        name: 'did-anyone-come',
        to: 'customer',
        at: over,
        until: promise.dueAt,
        message: `${id}/did-anyone-come#${n}`,
      },
    ];
  }
  return [
    ...tomorrow,
    {
      name: 'on-your-way',
      to: 'provider',
      at: before(30),
      until: from,
      message: `${id}/on-your-way#${term}`,
    },
    {
      name: 'nobody-on-the-way',
      to: 'office',
      at: before(25),
      until: to,
      message: `${id}/nobody-on-the-way#${term}`,
    },
    { name: 'may-be-late', to: 'customer', at: before(15), until: to, message: `${id}/may-be-late#${term}` },
  ];
};

/** Every clock of the promise as it stands, in order of time; none while the ball is not ours. */
export const clockNotices = (config: Configuration, promise: OwedPromise): Notice[] => {
  if (isClosed(promise) || promise.status === 'proposed' || promise.status === 'offered') return [];
  const notices =
    standingBooking(promise) === undefined ? timeNotices(config, promise) : visitNotices(config, promise);
  return notices.sort((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)));
};

/** What is to be said now: its time has come, and has not passed. */
export const dueNotices = (config: Configuration, promise: OwedPromise, now: string): Notice[] =>
  clockNotices(config, promise).filter(({ at, until }) => at <= now && now < until);

/** The next instant something happens of itself: the next notice, or the due time. */
export const nextClock = (config: Configuration, promise: OwedPromise, now: string): Instant => {
  const ahead = clockNotices(config, promise).find(({ at }) => at > now && at < promise.dueAt);
  return toInstant(toEpochMs(ahead?.at ?? promise.dueAt));
};
