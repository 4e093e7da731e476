/** What somebody who opens a promise should do next, and what else they could. */
import { isBefore } from '../core/calendar.ts';
import { type OwedPromise, standingBooking } from '../core/promises/promise.ts';
import { needsAName } from '../core/promises/staff-acts.ts';
import { type ActName, bookingAhead, type StaffCase, whyNot } from '../core/promises/staff-rules.ts';
import type { StaffNext } from '../pages/staff-promise-view.ts';

/** As somebody on a phone would look for them. */
const IN_ORDER = [
  'late',
  'tell',
  'done',
  'book',
  'offer',
  'more-time',
  'hand-over',
  'nobody-home',
  'nobody-went',
  'withdraw',
] as const satisfies readonly ActName[];

const outcomeOf = ({ status }: OwedPromise): 'kept' | 'assumed' | 'void' =>
  status === 'kept' || status === 'assumed' ? status : 'void';

/** Somebody it was taken from: their link still shows it. */
const isOutside = (about: StaffCase): boolean =>
  whyNot(about, 'hand-over') === 'not-yours' && whyNot(about, 'offer') === 'not-yours';

const onVisit = (about: StaffCase): StaffNext => {
  const booking = standingBooking(about.promise);
  if (booking === undefined) return { kind: 'unanswered' };
  if (whyNot(about, 'on-my-way') === undefined) return { kind: 'act', act: 'on-my-way' };
  if (!isBefore(about.now, booking.from)) return { kind: 'act', act: 'done' };
  return booking.onMyWayAt === undefined ? { kind: 'visit-ahead' } : { kind: 'on-the-way' };
};

/** `offered` is the offer in words. */
export const nextStep = (about: StaffCase, offered: { when: string; until: string }): StaffNext => {
  const { promise } = about;
  const refusal = whyNot(about, 'done');
  if (refusal === 'already-closed') return { kind: 'closed', outcome: outcomeOf(promise) };
  if (refusal === 'customer-asked') return { kind: 'proposed', what: promise.what ?? '' };
  if (promise.status === 'offered') return { kind: 'offered', ...offered };
  if (whyNot(about, 'accept') === undefined) return { kind: 'act', act: 'accept' };
  if (isOutside(about)) return { kind: 'not-yours' };
  if (bookingAhead(promise) !== undefined) return onVisit(about);
  /* A third time needs a name more than it needs somebody who is on it. */
  const isNamed = promise.kind === 'visit' && needsAName(promise);
  if (!isNamed && whyNot(about, 'take') === undefined) return { kind: 'act', act: 'take' };
  if (promise.kind === 'visit') return { kind: 'act', act: 'book' };
  /* What was asked is best answered in writing, where there is somewhere to write to. */
  const isAnswered = promise.kind === 'answer' && whyNot(about, 'tell') === undefined;
  return { kind: 'act', act: isAnswered ? 'tell' : 'done' };
};

export const otherSteps = (about: StaffCase, next: StaffNext): ActName[] =>
  IN_ORDER.filter((act) => !(next.kind === 'act' && next.act === act) && whyNot(about, act) === undefined);
