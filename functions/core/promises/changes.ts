/** How one entry changes a promise. */
import { isBefore } from '../calendar.ts';
import type { Level } from '../level.ts';
import type { PromiseEntry } from './entries.ts';
import type { Booking, OwedPromise, PromiseStatus, TurnResult } from './promise.ts';

type EntryOf<T extends PromiseEntry['type']> = Extract<PromiseEntry, { type: T }>;

const CLOSED: ReadonlySet<PromiseStatus> = new Set(['kept', 'assumed', 'waived', 'withdrawn']);

/** From here the time runs anew. */
const nextTerm = (promise: OwedPromise, at: string, dueAt: string): void => {
  promise.turn += 1;
  promise.term += 1;
  promise.termAt = at;
  promise.newsAt = at;
  promise.dueAt = dueAt;
  promise.isCalendar = false;
};

const score = (promise: OwedPromise, at: string, result: TurnResult['result']): void => {
  const { term, owner, dueAt } = promise;
  promise.results.push({ term, owner, at, dueAt, result });
};

const close = (promise: OwedPromise, status: PromiseStatus, at: string) => {
  promise.status = status;
  promise.closedAt = at;
  promise.offer = undefined;
  promise.isRefused = false;
};

const moveTo = (promise: OwedPromise, at: string, to: { owner: string; level: Level; dueAt: string }) => {
  if (CLOSED.has(promise.status)) promise.cycle += 1;
  promise.closedAt = undefined;
  promise.status = 'open';
  promise.isRefused = false;
  promise.offer = undefined;
  promise.owner = to.owner;
  promise.level = to.level;
  nextTerm(promise, at, to.dueAt);
};

const bookingOf = (entry: EntryOf<'booked'>): Booking => ({
  n: entry.n,
  from: entry.from,
  to: entry.to,
  heldFrom: entry.from,
  zone: entry.zone,
  provider: entry.provider,
  bookedAt: entry.at,
  settledAt: entry.at,
  place: entry.private?.place,
  bring: entry.private?.bring,
  isPending: entry.needsAcceptance,
  acceptedBy: undefined,
  suitsAt: undefined,
  onMyWayAt: undefined,
  delays: 0,
  noShow: undefined,
  isStruck: false,
  isOff: false,
});

/**
 * Somebody came after all: what looked like a miss was none, and whoever had it then kept it. Their result is said again
 * and not taken out: the desk keeps results by term, so the second puts the first right. False when nothing was struck.
 */
const takeBackMiss = (promise: OwedPromise, booking: Booking): boolean => {
  booking.noShow = undefined;
  if (!booking.isStruck) return false;
  booking.isStruck = false;
  promise.strikes -= 1;
  const wrong = promise.results.find(({ result, at }) => result === 'broken' && !isBefore(at, booking.from));
  if (wrong !== undefined) promise.results.push({ ...wrong, result: 'kept' });
  return wrong !== undefined;
};

const judge = (promise: OwedPromise, entry: EntryOf<'judged'>): void => {
  promise.verdicts += 1;
  if (!entry.isKept) {
    promise.isRefused = true;
    return;
  }
  promise.isRefused = false;
  const wasMistaken = promise.booking?.noShow === 'unknown' && takeBackMiss(promise, promise.booking);
  if (!CLOSED.has(promise.status) && !wasMistaken)
    score(promise, entry.at, (promise.proposedAt ?? entry.at) <= promise.dueAt ? 'kept' : 'late');
  close(promise, 'kept', entry.at);
};

const applyToVisit = (
  promise: OwedPromise,
  entry: EntryOf<'booked' | 'accepted' | 'suits' | 'on-my-way' | 'delayed' | 'missed'>,
): void => {
  const { booking } = promise;
  if (entry.type === 'booked') {
    promise.booking = bookingOf(entry);
    promise.bookings.push(promise.booking);
    promise.offer = undefined;
    if (!CLOSED.has(promise.status)) promise.status = 'open';
    nextTerm(promise, entry.at, entry.dueAt);
    return;
  }
  if (entry.type === 'delayed') {
    promise.delays += 1;
    if (booking === undefined) return;
    booking.delays += 1;
    booking.from = entry.from;
    booking.to = entry.to;
    booking.settledAt = entry.at;
    nextTerm(promise, entry.at, entry.dueAt);
    return;
  }
  if (booking?.n !== entry.n) return;
  switch (entry.type) {
    case 'accepted':
      booking.isPending = false;
      booking.acceptedBy = entry.by;
      booking.settledAt = entry.at;
      nextTerm(promise, entry.at, promise.dueAt);
      return;
    case 'suits':
      booking.suitsAt = entry.at;
      return;
    case 'on-my-way':
      booking.onMyWayAt = entry.at;
      nextTerm(promise, entry.at, entry.dueAt);
      return;
    case 'missed':
      /* A clock that knows nothing does not overrule somebody who was there. */
      if (booking.noShow === undefined || entry.who !== 'unknown') booking.noShow = entry.who;
      if (entry.dueAt !== undefined) nextTerm(promise, entry.at, entry.dueAt);
      return;
  }
};

const escalate = (promise: OwedPromise, entry: EntryOf<'escalated'>): void => {
  if (!CLOSED.has(promise.status)) score(promise, entry.at, 'broken');
  promise.strikes += 1;
  promise.raises += 1;
  const { booking } = promise;
  if (booking?.noShow !== undefined) booking.isStruck = true;
  /* It was closed, or somebody came and it is not right yet: what is owed now is not that visit. */
  if (booking !== undefined && (CLOSED.has(promise.status) || !isBefore(entry.at, booking.to)))
    booking.isOff = true;
  moveTo(promise, entry.at, entry);
};

const answerOffer = (promise: OwedPromise, entry: EntryOf<'offer-answered'>): void => {
  if (promise.status !== 'offered') return;
  promise.status = promise.strikes === 0 ? 'taken' : 'open';
  promise.offer = undefined;
  nextTerm(promise, entry.at, entry.dueAt);
};

/** What was said about it, either way: news, but neither done nor undone. */
const applyTalk = (
  promise: OwedPromise,
  entry: EntryOf<'said'> | EntryOf<'told'> | EntryOf<'wished'>,
): void => {
  promise.turn += 1;
  if (entry.type === 'told') {
    promise.tellings += 1;
    return;
  }
  promise.newsAt = entry.at;
  if (entry.type === 'wished') {
    promise.wishes += 1;
    return;
  }
  promise.sayings += 1;
  if (promise.status !== 'proposed' || entry.dueAt === undefined) return;
  promise.status = 'open';
  nextTerm(promise, entry.at, entry.dueAt);
};

export const applyToPromise = (promise: OwedPromise, entry: PromiseEntry): void => {
  switch (entry.type) {
    case 'taken':
      if (promise.status !== 'open') return;
      promise.status = 'taken';
      nextTerm(promise, entry.at, entry.dueAt);
      return;
    case 'handed-over':
      promise.handovers += 1;
      moveTo(promise, entry.at, { owner: entry.to, level: entry.level, dueAt: entry.dueAt });
      return;
    case 'moved':
      promise.moves += 1;
      nextTerm(promise, entry.at, entry.dueAt);
      return;
    case 'offered':
      promise.offers += 1;
      if (CLOSED.has(promise.status)) return;
      promise.status = 'offered';
      promise.offer = { from: entry.from, to: entry.to };
      if (promise.booking !== undefined) promise.booking.isOff = true;
      nextTerm(promise, entry.at, entry.dueAt);
      return;
    case 'offer-answered':
      answerOffer(promise, entry);
      return;
    case 'offer-lapsed':
      if (promise.status !== 'offered') return;
      promise.status = 'open';
      promise.offer = undefined;
      nextTerm(promise, entry.at, entry.dueAt);
      return;
    case 'said':
    case 'told':
    case 'wished':
      applyTalk(promise, entry);
      return;
    case 'booked':
    case 'accepted':
    case 'suits':
    case 'on-my-way':
    case 'delayed':
    case 'missed':
      applyToVisit(promise, entry);
      return;
    case 'proposed':
      promise.proposals += 1;
      promise.what = entry.private?.what;
      promise.isInTheirWords = entry.via !== undefined;
      promise.proposedAt = entry.at;
      promise.offer = undefined;
      if (!CLOSED.has(promise.status)) promise.status = 'proposed';
      promise.isRefused = false;
      return;
    case 'judged':
      judge(promise, entry);
      return;
    case 'escalated':
      escalate(promise, entry);
      return;
    case 'assumed':
      /* Their word came in the same moment: silence it was not. */
      if (CLOSED.has(promise.status) || promise.isRefused) return;
      score(promise, entry.at, 'assumed');
      close(promise, 'assumed', entry.at);
      return;
    case 'waived':
      if (!CLOSED.has(promise.status)) close(promise, 'waived', entry.at);
      return;
    case 'withdrawn':
      promise.withdrawals += 1;
      if (CLOSED.has(promise.status)) return;
      if (promise.booking !== undefined) promise.booking.noShow = undefined;
      promise.turn += 1;
      promise.newsAt = entry.at;
      close(promise, 'withdrawn', entry.at);
      return;
    case 'paged':
      promise.pages += 1;
      return;
    case 'rescued':
      promise.rescues += 1;
      promise.cycle += 1;
      return;
    case 'promised':
  }
};
