/** Why the rules refuse a request, as its sender hears it. */
import type { DraftRefusal } from '../core/promises/new-promise.ts';
import type { Problem } from './problem.ts';

type Why = readonly [status: Problem['status'], detail: string, path?: string];

const WHY = {
  'already-closed': [409, 'The promise is closed already.'],
  'provider-busy': [409, 'The provider has another visit then.', 'visit.provider'],
  overtaken: [409, 'Somebody else changed the promise at the same moment. Look at it again.'],
  'customer-forgotten': [409, 'The customer of this order has been forgotten.', 'order'],
  'no-address': [422, 'There is no address to write to.'],
  'owner-unknown': [404, 'No member of staff has this id.', 'owner'],
  'owner-absent': [422, 'This member of staff is not here now.', 'owner'],
  'to-missing': [422, 'It must go to somebody.', 'to'],
  'to-unknown': [422, 'This member of staff is not here now, or owes it already.', 'to'],
  'provider-unknown': [422, 'The provider is not there on that day.', 'visit.provider'],
  'time-past': [422, 'The time is over already.'],
  'time-order': [422, 'The window ends before it begins.', 'visit.to'],
  'time-too-far': [422, 'The time is more than 180 days ahead.'],
  'window-too-long': [422, 'The window is longer than 12 hours.', 'visit.to'],
  'words-too-long': [422, 'The text is longer than 10 kB.'],
  'not-a-visit': [422, 'Only a visit has a window and a provider.', 'visit'],
  'no-booking': [422, 'The visit has no time yet.', 'visit'],
  'has-booking': [422, 'The visit has a time: move it with `visit`, not with `due`.', 'due'],
  'visit-ahead': [422, 'The visit is still ahead.'],
  'window-over': [422, 'The time of the visit is over: somebody must say first how it went.', 'visit'],
  'customer-asked': [409, 'The customer has been asked and has not answered yet.'],
  'already-taken': [409, 'Somebody has taken it already.'],
  'already-said': [409, 'This was said already.'],
  'too-often': [422, 'It was moved three times already. Ask the customer for another time, or hand it over.'],
  'reason-missing': [422, 'The customer must be told a reason.', 'reason'],
  'what-missing': [422, 'It must be said what was done.'],
  'not-yours': [422, 'Only its owner can do this.'],
  'level-too-low': [422, 'Only somebody of a higher level can do this.'],
  'nothing-to-accept': [422, 'Nobody needs to answer for this visit.'],
  'too-early': [422, 'It is too early for this.'],
  'minutes-wrong': [422, 'The number of minutes cannot be.'],
} as const satisfies Record<DraftRefusal | 'overtaken', Why>;

const TITLES: Partial<Record<Problem['status'], string>> = {
  404: 'Not known',
  409: 'In conflict with what is there',
  422: 'This cannot be promised',
};

export const refused = (refusal: DraftRefusal | 'overtaken'): Problem => {
  const [status, detail, path]: Why = WHY[refusal];
  return {
    status,
    code: refusal,
    title: TITLES[status] ?? 'Refused',
    detail,
    ...(path === undefined ? {} : { errors: [{ path, detail }] }),
  };
};

const unknown = (code: string, path: string, detail: string): Problem => ({
  status: 404,
  code,
  title: 'Not known',
  detail,
  errors: [{ path, detail }],
});

export const unknownOrder = unknown(
  'order-unknown',
  'order',
  'This order is not known yet. Its own event must come first (POST /webhooks/<source>); then send this again.',
);
export const unknownPromise = unknown('promise-unknown', 'promise', 'This order has no such promise.');
export const unknownMember = (path: string): Problem =>
  unknown('staff-unknown', path, 'No member of staff has this id.');
