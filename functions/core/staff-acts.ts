/**
 * What the owner of a promise, or somebody who answers for them, can do to it: pure, so that the staff page, the desk and
 * the promise API share one rulebook. Staff propose; none of this closes a promise.
 */
import { isBefore } from './calendar.ts';
import type { Configuration } from './configuration.ts';
import { addMinutes, answerDue, keepDue, visitDue, visitDueOnceOnTheWay } from './deadlines.ts';
import type { Instant } from './ids.ts';
import { assignmentOf, type Booking, isClosed, type OwedPromise, standingBooking } from './promise.ts';
import type { PromiseEntry } from './promise-entries.ts';
import { LONGEST_WORDS } from './reply.ts';
import type { Sale } from './sale.ts';
import { isPresent, memberOf, presentOwner } from './staff.ts';

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
      place?: string;
      bring?: string;
      /** "I answer for this visit", by name: needed after two misses. */
      answersForIt: boolean;
    }
  /** Answers by name for a booking somebody else made. */
  | { act: 'accept' }
  | { act: 'on-my-way' }
  | { act: 'late'; minutes: number }
  | { act: 'nobody-home' }
  | { act: 'withdraw'; reason: string };

export type StaffRefusal =
  | 'already-closed'
  | 'not-yours'
  | 'what-missing'
  | 'reason-missing'
  | 'words-too-long'
  | 'to-missing'
  | 'to-unknown'
  | 'time-past'
  | 'time-order'
  | 'time-too-far'
  | 'window-too-long'
  | 'provider-unknown'
  | 'not-a-visit'
  | 'no-booking'
  | 'level-too-low'
  | 'nothing-to-accept'
  | 'too-early'
  | 'too-often'
  | 'minutes-wrong'
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

const LONGEST_WINDOW_HOURS = 12;
const FARTHEST_DAYS = 180;
/** From here on "on my way" means this visit. */
const ON_THE_WAY_HOURS = 12;
const MOST_MOVES = 3;
const STRIKES_THAT_NEED_A_NAME = 2;

const refuse = (refusal: StaffRefusal): Decided => ({ refusal });
const isTooLong = (text: string | undefined) => Buffer.byteLength(text ?? '') > LONGEST_WORDS;
const given = <K extends string>(key: K, text: string | undefined) => {
  const value = text?.trim() ?? '';
  return value === '' ? {} : { private: { [key]: value } as Record<K, string> };
};

/** Past, back to front, too long or too far ahead. */
export const wrongTime = (now: Instant, to: Instant, from?: Instant): StaffRefusal | undefined => {
  if (isBefore(from ?? to, now)) return 'time-past';
  if (from !== undefined && !isBefore(from, to)) return 'time-order';
  if (from !== undefined && isBefore(addMinutes(from, LONGEST_WINDOW_HOURS * 60), to))
    return 'window-too-long';
  return isBefore(addMinutes(now, FARTHEST_DAYS * 24 * 60), to) ? 'time-too-far' : undefined;
};

/** The owner, or whoever stands in for them. A link outlives its turn: it still shows, and still says what was done. */
export const isTheirs = ({ config, sale, promise, by, now }: StaffCase): boolean =>
  by === 'system' || [promise.owner, presentOwner(config, promise.owner, sale.id, now).id].includes(by);

const levelOf = ({ config, by }: StaffCase): number =>
  by === 'system' ? 0 : (memberOf(config, by)?.level ?? 0);

const take = (given: StaffCase): Decided => {
  const { config, promise, by, now } = given;
  if (!isTheirs(given)) return refuse('not-yours');
  /* A visit with a time keeps its time. */
  const dueAt = standingBooking(promise) === undefined ? keepDue(config, promise.kind, now) : promise.dueAt;
  return {
    entries: [{ type: 'taken', at: now, promise: promise.id, n: assignmentOf(promise), by, dueAt }],
  };
};

const done = ({ promise, by, now }: StaffCase, what: string): Decided => {
  if (what.trim() === '') return refuse('what-missing');
  if (isTooLong(what)) return refuse('words-too-long');
  const n = promise.proposals + 1;
  return {
    entries: [{ type: 'proposed', at: now, promise: promise.id, n, by, private: { what: what.trim() } }],
  };
};

const handOver = ({ config, promise, now }: StaffCase, to: string, note: string | undefined): Decided => {
  if (to === '') return refuse('to-missing');
  const member = memberOf(config, to);
  if (member === undefined || !isPresent(config, member, now) || member.id === promise.owner)
    return refuse('to-unknown');
  if (isTooLong(note)) return refuse('words-too-long');
  /* The customer was told a time: who takes over keeps it, and has at least the answering time to do so. */
  const own = answerDue(config, promise.kind, now, promise.severity);
  return {
    entries: [
      {
        type: 'handed-over',
        at: now,
        promise: promise.id,
        n: promise.handovers + 1,
        from: promise.owner,
        to: member.id,
        level: member.level,
        dueAt: isBefore(promise.dueAt, own) ? own : promise.dueAt,
        ...given('note', note),
      },
    ],
  };
};

const moreTime = (about: StaffCase, dueAt: Instant, reason: string | undefined): Decided => {
  const { promise, by, now } = about;
  if (!isTheirs(about)) return refuse('not-yours');
  if (standingBooking(promise) !== undefined) return refuse('no-booking');
  if (promise.moves >= MOST_MOVES && levelOf(about) === 0) return refuse('too-often');
  const wrong = wrongTime(now, dueAt);
  if (wrong !== undefined) return refuse(wrong);
  if (isTooLong(reason)) return refuse('words-too-long');
  const n = promise.moves + 1;
  return {
    entries: [{ type: 'moved', at: now, promise: promise.id, n, by, dueAt, ...given('reason', reason) }],
  };
};

const offer = (about: StaffCase, act: Extract<StaffAct, { act: 'offer' }>): Decided => {
  const { config, promise, by, now } = about;
  if (!isTheirs(about)) return refuse('not-yours');
  const wrong = wrongTime(now, act.to, act.from);
  if (wrong !== undefined) return refuse(wrong);
  if (promise.kind === 'visit' && act.from === undefined) return refuse('time-order');
  if (isTooLong(act.reason)) return refuse('words-too-long');
  const waitUntil = addMinutes(now, 2 * 24 * 60);
  const latest = act.from ?? act.to;
  return {
    entries: [
      {
        type: 'offered',
        at: now,
        promise: promise.id,
        n: promise.offers + 1,
        by,
        ...(act.from === undefined ? {} : { from: act.from }),
        to: act.to,
        dueAt: answerDue(config, promise.kind, isBefore(waitUntil, latest) ? waitUntil : now),
        ...given('reason', act.reason),
      },
    ],
  };
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

const book = (about: StaffCase, act: Extract<StaffAct, { act: 'book' }>): Decided => {
  const { config, promise, by, now, sale } = about;
  if (promise.kind !== 'visit') return refuse('not-a-visit');
  const wrong = wrongTime(now, act.to, act.from);
  if (wrong !== undefined) return refuse(wrong);
  const provider = memberOf(config, act.provider);
  if (provider === undefined || !isPresent(config, provider, act.from)) return refuse('provider-unknown');
  if (isTooLong(act.place) || isTooLong(act.bring)) return refuse('words-too-long');
  const mustBeNamed = needsAName(promise);
  const mayAnswer = by !== 'system' && levelOf(about) >= promise.level;
  if (mustBeNamed && act.answersForIt && !mayAnswer) return refuse('level-too-low');
  const isAnsweredFor = mustBeNamed && act.answersForIt;
  const n = promise.bookings.length + 1;
  const { place, bring } = {
    place: act.place ?? promise.booking?.place,
    bring: act.bring ?? promise.booking?.bring,
  };
  const booked: PromiseEntry = {
    type: 'booked',
    at: now,
    promise: promise.id,
    n,
    by,
    from: act.from,
    to: act.to,
    zone: venueZone(sale),
    provider: provider.id,
    dueAt: visitDue(config, act.to),
    needsAcceptance: mustBeNamed && !isAnsweredFor,
    ...(place === undefined && bring === undefined
      ? {}
      : {
          private: { ...(place === undefined ? {} : { place }), ...(bring === undefined ? {} : { bring }) },
        }),
  };
  const named: PromiseEntry[] = isAnsweredFor
    ? [{ type: 'accepted', at: now, promise: promise.id, n, by }]
    : [];
  return { entries: [booked, ...named] };
};

/** A visit happens at the customer's. */
export const venueZone = (sale: Sale): string => sale.record.zone;

const accept = (about: StaffCase): Decided => {
  const { promise, by, now } = about;
  if (promise.booking?.isPending !== true) return refuse('nothing-to-accept');
  if (levelOf(about) < promise.level) return refuse('level-too-low');
  return { entries: [{ type: 'accepted', at: now, promise: promise.id, n: promise.booking.n, by }] };
};

const onMyWay = ({ config, promise, by, now }: StaffCase, booking: Booking): Decided => {
  if (isBefore(now, addMinutes(booking.from, -ON_THE_WAY_HOURS * 60))) return refuse('too-early');
  const dueAt = visitDueOnceOnTheWay(config, booking.to);
  return { entries: [{ type: 'on-my-way', at: now, promise: promise.id, n: booking.n, by, dueAt }] };
};

const LONGEST_DELAY_MINUTES = 8 * 60;

const late = ({ config, promise, by, now }: StaffCase, booking: Booking, minutes: number): Decided => {
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > LONGEST_DELAY_MINUTES)
    return refuse('minutes-wrong');
  const from = addMinutes(booking.from, minutes);
  const to = addMinutes(booking.to, minutes);
  const due = booking.onMyWayAt === undefined ? visitDue(config, to) : visitDueOnceOnTheWay(config, to);
  return {
    entries: [
      { type: 'delayed', at: now, promise: promise.id, n: promise.delays + 1, by, from, to, dueAt: due },
    ],
  };
};

const nobodyHome = ({ config, promise, by, now }: StaffCase, booking: Booking): Decided => {
  if (isBefore(now, booking.from)) return refuse('too-early');
  const dueAt = answerDue(config, 'visit', now);
  return {
    entries: [{ type: 'missed', at: now, promise: promise.id, n: booking.n, who: 'customer', by, dueAt }],
  };
};

const withdraw = ({ promise, by, now }: StaffCase, reason: string): Decided => {
  if (reason.trim() === '') return refuse('reason-missing');
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
        ...given('reason', reason),
      },
    ],
  };
};

const onVisit = (about: StaffCase, act: StaffAct, booking: Booking): Decided => {
  if (act.act === 'on-my-way') return onMyWay(about, booking);
  if (act.act === 'late') return late(about, booking, act.minutes);
  return nobodyHome(about, booking);
};

/** The entries the act comes to, or why it cannot be. */
export const decideStaffAct = (about: StaffCase, act: StaffAct): Decided => {
  const { promise } = about;
  if (isClosed(promise)) return refuse('already-closed');
  switch (act.act) {
    case 'take':
      return take(about);
    case 'done':
      return done(about, act.what);
    case 'hand-over':
      return handOver(about, act.to, act.note);
    case 'more-time':
      return moreTime(about, act.dueAt, act.reason);
    case 'offer':
      return offer(about, act);
    case 'book':
      return book(about, act);
    case 'accept':
      return accept(about);
    case 'withdraw':
      return withdraw(about, act.reason);
    default: {
      if (promise.kind !== 'visit') return refuse('not-a-visit');
      const booking = standingBooking(promise);
      return booking === undefined ? refuse('no-booking') : onVisit(about, act, booking);
    }
  }
};
