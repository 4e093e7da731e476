/** Whether a mail may go out now: at most one per (sale, message, attempt), whatever crashed before, and none too late. */
import { isBefore, toEpochMs, toInstant } from './calendar.ts';
import type { Instant } from './ids.ts';
import { type Entry, entriesOf } from './journal.ts';
import { retriable } from './person/bounces.ts';

export type Decision =
  | { kind: 'send'; attempt: number }
  | { kind: 'already-sent' }
  /** A claim is so fresh that its run may still be sending. */
  | { kind: 'in-flight' }
  /** A claim whose run must be dead and that says nothing about how it ended: it may or may not have gone out. */
  | { kind: 'unclear'; attempt: number; isNews: boolean }
  /** Decided before: it is not to be sent. */
  | { kind: 'skipped'; reason: string };

/** Longer than any function may run. */
const RUN_MS = 60_000;

/** `retry`: how often the state was tried before; a retried state's earlier run has ended. */
export const decideSend = (
  entries: readonly Entry[],
  message: string,
  now: string,
  retry: number,
): Decision => {
  const skipped = entriesOf(entries, 'skipped').find((entry) => entry.message === message);
  if (skipped !== undefined) return { kind: 'skipped', reason: skipped.reason };
  const back = retriable(entries, message, now);
  const isThere = ({ attempt, ...entry }: { attempt: number; message: string }) =>
    entry.message === message && !back.has(attempt);
  if (entriesOf(entries, 'sent').some(isThere)) return { kind: 'already-sent' };
  const unclear = entriesOf(entries, 'unclear').find((entry) => entry.message === message);
  if (unclear !== undefined) return { kind: 'unclear', attempt: unclear.attempt, isNews: false };
  const claims = entriesOf(entries, 'claimed').filter((entry) => entry.message === message);
  const refused = new Set(
    entriesOf(entries, 'refused')
      .filter((entry) => entry.message === message)
      .map((entry) => entry.attempt),
  );
  const hanging = claims.find(({ attempt }) => !refused.has(attempt) && !back.has(attempt));
  if (hanging !== undefined) {
    const isFresh = retry === 0 && toEpochMs(now) - toEpochMs(hanging.at) < RUN_MS;
    return isFresh ? { kind: 'in-flight' } : { kind: 'unclear', attempt: hanging.attempt, isNews: true };
  }
  return { kind: 'send', attempt: claims.length + 1 };
};

/**
 * Where a message stands: nobody has begun it, a mail of it went out or may have, the service took none yet, or it was
 * decided that it is not to be sent.
 */
export type MessageState = 'not-begun' | 'out' | 'refused' | 'skipped';

export const stateOf = (entries: readonly Entry[], message: string): MessageState => {
  const of = entries.filter((entry) => 'message' in entry && entry.message === message);
  if (of.some(({ type }) => type === 'skipped')) return 'skipped';
  const claims = entriesOf(of, 'claimed').length;
  if (claims === 0) return 'not-begun';
  return entriesOf(of, 'refused').length < claims ? 'out' : 'refused';
};

/** Nobody has begun it, or the service refused it and it was put off since, as by a pause: it will be tried again. */
export const isStillToCome = (entries: readonly Entry[], message: string): boolean => {
  const state = stateOf(entries, message);
  if (state !== 'refused') return state === 'not-begun';
  const last = (type: 'refused' | 'deferred') =>
    entriesOf(entries, type).findLast((entry) => entry.message === message)?.at ?? '';
  return last('deferred') >= last('refused');
};

/** When a mail of this message was begun that the service did not refuse. */
export const outAt = (entries: readonly Entry[], message: string): Instant | undefined =>
  stateOf(entries, message) === 'out'
    ? entriesOf(entries, 'claimed').findLast((entry) => entry.message === message)?.at
    : undefined;

/** How often and how far apart a failed state is tried again; the state machines read it from here. */
export const RETRIES = {
  /** Another run may be sending: 2 tries, after 90 s, then 180 s. */
  inFlight: { seconds: 90, tries: 2, factor: 2 },
  /** Anything else but a timeout: 5 s doubling to at most an hour, 12 tries, 3 to 4 hours in all. */
  trouble: { seconds: 5, tries: 12, factor: 2, most: 3600 },
} as const;

const pausesOf = ({
  seconds,
  tries,
  factor,
  most = Number.POSITIVE_INFINITY,
}: {
  seconds: number;
  tries: number;
  factor: number;
  most?: number;
}): number[] => Array.from({ length: tries }, (_, index) => Math.min(seconds * factor ** index, most));

/**
 * The latest it can be in the `retry`-th try of a state entered at `now`: the clock of a state stands still while it is
 * tried again, and which pauses it had is not told, so all of both kinds that fit are counted.
 */
const latestNow = (now: string, retry: number): Instant => {
  const sum = (pauses: number[]) => pauses.slice(0, retry).reduce((total, pause) => total + pause, 0);
  const seconds = sum(pausesOf(RETRIES.inFlight)) + sum(pausesOf(RETRIES.trouble));
  return toInstant(toEpochMs(now) + seconds * 1000 + retry * RUN_MS);
};

/** Nobody wants to be asked today what would have been asked three weeks ago. */
export const isTooLate = (validUntil: string | undefined, now: string, retry: number): boolean =>
  validUntil !== undefined && isBefore(validUntil, latestNow(now, retry));
