/** Waits by the time they run to: the index that tells, whatever happened to a workflow, that nothing came of it. */
import { isBefore, toEpochMs, toInstant } from '../calendar.ts';
import type { Instant } from '../ids.ts';
import { isClosed } from '../promises/promise.ts';
import { promiseOf, type Sale } from '../sale.ts';

/** Partition `dueOf` = one of the shards, sort `dueAt`. Keys only. */
export const DUE_INDEX = 'Due';
/** One partition of an index takes a thousand writes a second; four take a flood of sales. */
export const DUE_SHARDS = ['due#0', 'due#1', 'due#2', 'due#3'] as const;

/** The key of the wait of the FollowUp machine; all others are promises. */
export const FOLLOW_UP = 'FollowUp';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** A state whose time is up enters the next one within seconds; what is past by more is looked at. */
export const lookBefore = (now: Instant): Instant => toInstant(toEpochMs(now) - MINUTE_MS);

/** When a wait that runs to `dueAt` is looked at. */
export const lookAt = (dueAt: Instant): Instant => toInstant(toEpochMs(dueAt) + MINUTE_MS);

/** Longer than the platform ever takes to go on by itself. */
export const isOverdue = (dueAt: Instant, now: Instant): boolean =>
  isBefore(toInstant(toEpochMs(dueAt) + 10 * MINUTE_MS), now);

/** What was told and did nothing is told again the next day: each telling may write. */
export const isToBeTold = (toldAt: Instant | undefined, now: Instant): boolean =>
  toldAt === undefined || toEpochMs(now) - toEpochMs(toldAt) >= DAY_MS;

/** Nobody waits there any more, whatever the index says; `key` as in Waiter. */
export const isWaitOver = (sale: Sale, key: string): boolean => {
  if (key === FOLLOW_UP) return sale.isRoundOver;
  const promise = promiseOf(sale, key);
  return promise === undefined || (isClosed(promise) && !promise.isRefused);
};
