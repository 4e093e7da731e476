/** Whether a mail may go out now: at most one per (sale, message, attempt), whatever crashed before. */
import { toEpochMs } from './calendar.ts';
import { type Entry, entriesOf } from './journal.ts';

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
  if (entriesOf(entries, 'sent').some((entry) => entry.message === message)) return { kind: 'already-sent' };
  const unclear = entriesOf(entries, 'unclear').find((entry) => entry.message === message);
  if (unclear !== undefined) return { kind: 'unclear', attempt: unclear.attempt, isNews: false };
  const claims = entriesOf(entries, 'claimed').filter((entry) => entry.message === message);
  const refused = new Set(
    entriesOf(entries, 'refused')
      .filter((entry) => entry.message === message)
      .map((entry) => entry.attempt),
  );
  const hanging = claims.find((claim) => !refused.has(claim.attempt));
  if (hanging !== undefined) {
    const isFresh = retry === 0 && toEpochMs(now) - toEpochMs(hanging.at) < RUN_MS;
    return isFresh ? { kind: 'in-flight' } : { kind: 'unclear', attempt: hanging.attempt, isNews: true };
  }
  return { kind: 'send', attempt: claims.length + 1 };
};
