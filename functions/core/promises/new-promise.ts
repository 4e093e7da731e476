/** A promise made by staff, by another system of the shop or by the customer: who owes it, by when, and what it says. */

import { isBefore } from '../calendar.ts';
import type { Configuration } from '../configuration.ts';
import type { Instant } from '../ids.ts';
import type { EntryOf } from '../journal.ts';
import { LONGEST_WORDS } from '../reply.ts';
import type { Sale } from '../sale.ts';
import { isPresent, memberOf } from '../staff.ts';
import { addMinutes, answerDue } from './deadlines.ts';
import type { PromiseCause, PromiseEntry, PromiseId, PromiseKind, Severity } from './entries.ts';
import { firstOwner } from './first-owner.ts';
import { foldPromises } from './fold.ts';
import { nextPromiseId } from './ladder.ts';
import type { OwedPromise } from './promise.ts';
import type { Decided, StaffRefusal } from './staff-acts.ts';
import { decideStaffAct, wrongTime } from './staff-acts.ts';

export type FirstVisit = {
  from: Instant;
  to: Instant;
  /** Whoever owes the promise, when left out. */
  provider?: string | undefined;
  place?: string | undefined;
  bring?: string | undefined;
};

export type PromiseDraft = {
  kind: PromiseKind;
  because: PromiseCause;
  /** A staff id, `customer` or `system`. */
  by: string;
  /** The policy's time when left out. */
  due?: Instant | undefined;
  /** What was promised, in words the customer reads. */
  words?: string | undefined;
  /** The sale's owner, or whoever stands in for them, when left out. */
  owner?: string | undefined;
  severity?: Severity | undefined;
  /** The first booking of a visit; without it a time must be agreed. */
  visit?: FirstVisit | undefined;
  /** Digest of the request that asks for it: the same request never makes two. */
  request?: string | undefined;
};

export type DraftRefusal =
  | StaffRefusal
  | 'owner-unknown'
  | 'owner-absent'
  /** There is nobody any more to whom it could be owed, and words about them must not come back. */
  | 'customer-forgotten';

export type Drafted = { promise: PromiseId; entries: PromiseEntry[] } | { refusal: DraftRefusal };

type Promised = EntryOf<'promised'>;

/** Given in days, a time is half over when half the days are, not half the working hours. */
const CALENDAR_FROM_DAYS = 5;

/** The entries a request asked for carry its digest, so that a replay finds what it made. */
export const withRequest = (entries: readonly PromiseEntry[], request: string | undefined): PromiseEntry[] =>
  request === undefined
    ? [...entries]
    : entries.map((entry) => {
        switch (entry.type) {
          case 'promised':
          case 'handed-over':
          case 'moved':
          case 'booked':
          case 'withdrawn':
            return { ...entry, request };
          default:
            return entry;
        }
      });

const ownerOf = (
  config: Configuration,
  sale: Sale,
  draft: PromiseDraft,
  now: Instant,
): Pick<Promised, 'owner' | 'level'> | { refusal: DraftRefusal } => {
  if (draft.owner === undefined) {
    const { member, level } = firstOwner(config, sale, draft.because, now);
    return { owner: member.id, level };
  }
  const member = memberOf(config, draft.owner);
  if (member === undefined) return { refusal: 'owner-unknown' };
  return isPresent(config, member, now)
    ? { owner: member.id, level: member.level }
    : { refusal: 'owner-absent' };
};

const draftPromised = (
  config: Configuration,
  sale: Sale,
  draft: PromiseDraft,
  now: Instant,
): Promised | { refusal: DraftRefusal } => {
  if (sale.isErased) return { refusal: 'customer-forgotten' };
  const { kind, because, by, due, severity = 'normal', request } = draft;
  if (draft.visit !== undefined && kind !== 'visit') return { refusal: 'not-a-visit' };
  const words = draft.words?.trim() ?? '';
  if (Buffer.byteLength(words) > LONGEST_WORDS) return { refusal: 'words-too-long' };
  const wrong = due === undefined ? undefined : wrongTime(now, due);
  if (wrong !== undefined) return { refusal: wrong };
  const owner = ownerOf(config, sale, draft, now);
  if ('refusal' in owner) return owner;
  const isFarOff = due !== undefined && isBefore(addMinutes(now, CALENDAR_FROM_DAYS * 24 * 60), due);
  return {
    type: 'promised',
    at: now,
    promise: nextPromiseId(sale, kind),
    kind,
    because,
    by,
    ...owner,
    dueAt: due ?? answerDue(config, kind, now, severity),
    ...(severity === 'normal' ? {} : { severity }),
    ...(isFarOff ? { clock: 'calendar' } : {}),
    ...(request === undefined ? {} : { request }),
    ...(words === '' ? {} : { private: { words } }),
  };
};

/** The first booking of a promise that stands in the journal, decided at the instant it was made. */
export const draftBooking = (
  config: Configuration,
  sale: Sale,
  promise: OwedPromise,
  visit: FirstVisit,
  { by, request }: Pick<PromiseDraft, 'by' | 'request'>,
): Decided => {
  const { from, to, provider = promise.owner, place, bring } = visit;
  /* Whoever may make the promise may book its first visit, also for somebody else. */
  const decided = decideStaffAct(
    { config, sale, promise, by: 'system', now: promise.madeAt },
    {
      act: 'book',
      from,
      to,
      provider,
      ...(place === undefined ? {} : { place }),
      ...(bring === undefined ? {} : { bring }),
      answersForIt: false,
    },
  );
  if ('refusal' in decided) return decided;
  const entries = decided.entries.map((entry) => (entry.type === 'booked' ? { ...entry, by } : entry));
  return { entries: withRequest(entries, request) };
};

/** The entries a new promise comes to, its first booking with it, or why it cannot be. */
export const draftPromise = (
  config: Configuration,
  sale: Sale,
  draft: PromiseDraft,
  now: Instant,
): Drafted => {
  const promised = draftPromised(config, sale, draft, now);
  if ('refusal' in promised) return promised;
  const { promise: id } = promised;
  if (draft.visit === undefined) return { promise: id, entries: [promised] };
  const promise = foldPromises([...sale.journal, promised]).find((one) => one.id === id);
  if (promise === undefined) throw new RangeError(`Promise ${id} of sale ${sale.id} does not fold`);
  const booking = draftBooking(config, sale, promise, draft.visit, draft);
  return 'refusal' in booking ? booking : { promise: id, entries: [promised, ...booking.entries] };
};
