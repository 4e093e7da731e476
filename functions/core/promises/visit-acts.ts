/** What an act about a visit comes to, once the rulebook allows it. */
import { dayOf, isBefore } from '../calendar.ts';
import { addMinutes, answerDue, visitDue, visitDueOnceOnTheWay } from './deadlines.ts';
import type { PromiseEntry } from './entries.ts';
import { missedVisit } from './ladder.ts';
import type { Booking } from './promise.ts';
import type { Decided, StaffAct, StaffCase } from './staff-rules.ts';

type ActOf<T extends StaffAct['act']> = Extract<StaffAct, { act: T }>;

/** What the provider must know: where, and what to bring. */
export const sheetOf = (place: string | undefined, bring: string | undefined) =>
  place === undefined && bring === undefined
    ? {}
    : { private: { ...(place === undefined ? {} : { place }), ...(bring === undefined ? {} : { bring }) } };

/**
 * Who was to go hands it over, so somebody else goes at the same time: a booking of its own, for both calendars. Whoever
 * answered for the visit still does: they promised that somebody comes, not who.
 */
export const substitution = (
  { config, promise, by, now }: StaffCase,
  booking: Booking,
  provider: string,
): PromiseEntry => ({
  type: 'booked',
  at: now,
  promise: promise.id,
  n: promise.bookings.length + 1,
  by,
  from: booking.from,
  to: booking.to,
  zone: booking.zone,
  provider,
  dueAt: visitDue(config, booking.to),
  needsAcceptance: booking.isPending,
  ...sheetOf(booking.place, booking.bring),
});

export const accept = ({ promise, by, now }: StaffCase, { n }: Booking): Decided => ({
  entries: [{ type: 'accepted', at: now, promise: promise.id, n, by }],
});

export const onMyWay = ({ config, promise, by, now }: StaffCase, booking: Booking): Decided => {
  const dueAt = visitDueOnceOnTheWay(config, booking.to);
  return { entries: [{ type: 'on-my-way', at: now, promise: promise.id, n: booking.n, by, dueAt }] };
};

/** Late is later on the same day, and not over already; another day needs the customer's yes. */
export const late = (
  { config, promise, by, now }: StaffCase,
  booking: Booking,
  { minutes }: ActOf<'late'>,
): Decided => {
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > 24 * 60) return { refusal: 'minutes-wrong' };
  const from = addMinutes(booking.from, minutes);
  const to = addMinutes(booking.to, minutes);
  const isSameDay = dayOf(from, booking.zone) === dayOf(booking.from, booking.zone);
  if (!isSameDay || !isBefore(now, to)) return { refusal: 'minutes-wrong' };
  const due = booking.onMyWayAt === undefined ? visitDue(config, to) : visitDueOnceOnTheWay(config, to);
  const n = promise.delays + 1;
  return { entries: [{ type: 'delayed', at: now, promise: promise.id, n, by, from, to, dueAt: due }] };
};

export const nobodyHome = ({ config, promise, by, now }: StaffCase, { n }: Booking): Decided => {
  const dueAt = answerDue(config, 'visit', now);
  return { entries: [{ type: 'missed', at: now, promise: promise.id, n, who: 'customer', by, dueAt }] };
};

/** Said by us or found out by the clock, a miss is a miss: a strike, one level up, a call on the same day. */
export const nobodyWent = ({ config, sale, promise, by, now }: StaffCase): Decided => ({
  entries: missedVisit(config, sale, promise, { who: 'provider', by }, now),
});
