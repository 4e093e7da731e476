/** What follows when a promise breaks: a strike, the next level, an apology, and after a visit nobody came to, a call. */
import { isBefore } from '../calendar.ts';
import type { Configuration } from '../configuration.ts';
import type { Instant } from '../ids.ts';
import type { Level } from '../level.ts';
import type { Sale } from '../sale.ts';
import { nextUp } from '../staff.ts';
import { answerDue, escalatedDue, sameDayDue } from './deadlines.ts';
import { keyOfPromiseEntry, type NoShow, type PromiseEntry, PromiseId, type PromiseKind } from './entries.ts';
import { isClosed, type OwedPromise, standingBooking } from './promise.ts';

/** `call-3`, when there are two calls already. */
export const nextPromiseId = (sale: Pick<Sale, 'promises'>, kind: PromiseKind): PromiseId =>
  PromiseId.parse(`${kind}-${sale.promises.filter((one) => one.kind === kind).length + 1}`);

export const escalation = (
  config: Configuration,
  sale: Sale,
  promise: OwedPromise,
  because: 'overdue' | 'not-yet' | 'missed',
  now: Instant,
): Extract<PromiseEntry, { type: 'escalated' }> => {
  const { member, level } = nextUp(config, promise.level, promise.owner, sale.id, now);
  return {
    type: 'escalated',
    at: now,
    promise: promise.id,
    strike: promise.raises + 1,
    from: promise.owner,
    owner: member.id,
    level,
    dueAt: escalatedDue(config, promise, now),
    because,
  };
};

/** The call that is owed because nobody came to this booking, unless it is promised already. */
const callAfter = (
  config: Configuration,
  sale: Sale,
  promise: OwedPromise,
  { owner, level }: { owner: string; level: Level },
  now: Instant,
): PromiseEntry[] => {
  const since = promise.booking?.from ?? now;
  const isOwed = (one: OwedPromise) => one.after === promise.id && one.status !== 'withdrawn';
  if (sale.promises.some((one) => isOwed(one) && !isBefore(one.madeAt, since))) return [];
  return [
    {
      type: 'promised',
      at: now,
      promise: nextPromiseId(sale, 'call'),
      kind: 'call',
      because: 'missed',
      after: promise.id,
      owner,
      level,
      severity: 'high',
      dueAt: sameDayDue(config, now),
    },
  ];
};

/**
 * Nobody came: a strike, one level up, and whoever has it now rings the customer the same day. The strike is written
 * last: a crash before it leaves a promise that is still due, and all this is done again without doing anything twice.
 */
export const missedVisit = (
  config: Configuration,
  sale: Sale,
  promise: OwedPromise,
  miss: { who: NoShow; by: string },
  now: Instant,
): PromiseEntry[] => {
  const { booking } = promise;
  if (booking === undefined) return [];
  const raised = escalation(config, sale, promise, 'missed', now);
  const missed: PromiseEntry = { type: 'missed', at: now, promise: promise.id, n: booking.n, ...miss };
  /* Taken back since, the promise knows of no miss; the journal still does, and takes none twice. */
  const isWritten = sale.journal.some(
    (entry) => entry.type === 'missed' && keyOfPromiseEntry(entry) === keyOfPromiseEntry(missed),
  );
  return [
    ...(booking.noShow === undefined && !isWritten ? [missed] : []),
    ...callAfter(config, sale, promise, raised, now),
    raised,
  ];
};

/** A miss whose strike was not written. */
const isHalfMissed = ({ booking }: OwedPromise): boolean =>
  (booking?.noShow === 'provider' || booking?.noShow === 'unknown') && !booking.isStruck;

/** What the passing of time does to a promise: nothing before its due time; then the offer lapses or the promise breaks. */
export const timeIsUp = (
  config: Configuration,
  sale: Sale,
  promise: OwedPromise,
  now: Instant,
): PromiseEntry[] => {
  if (isClosed(promise) || promise.status === 'proposed' || promise.dueAt > now) return [];
  if (promise.status === 'offered') {
    const dueAt = answerDue(config, promise.kind, now, promise.severity);
    return [{ type: 'offer-lapsed', at: now, promise: promise.id, n: promise.offers, dueAt }];
  }
  if (standingBooking(promise) !== undefined || isHalfMissed(promise))
    return missedVisit(config, sale, promise, { who: 'unknown', by: 'clock' }, now);
  return [escalation(config, sale, promise, 'overdue', now)];
};
