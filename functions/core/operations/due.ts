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

/**
 * Whether the index tells of a wait. What is owed has a row that the sweeper reads every hour, and a sale that waits for it has
 * nothing else to do and is told when the row goes or its workflow ends: neither needs to be found by its time, and a place on
 * the index costs as much as the wait itself.
 */
export const isOnIndex = ({ key, position }: { key: string; position: string }): boolean =>
  key === FOLLOW_UP && position !== 'promise';

const MINUTE_MS = 60_000;
/** Longer than the platform ever takes to go on by itself. */
const LATE_MS = 10 * MINUTE_MS;
const DAY_MS = 86_400_000;
const RUN_MS = 5 * MINUTE_MS;

/** A state whose time is up enters the next one within seconds; what is past by more is looked at. */
export const lookBefore = (now: Instant): Instant => toInstant(toEpochMs(now) - MINUTE_MS);

/** The earliest wait that is not overdue by now runs to this or later. */
export const overdueBefore = (now: Instant): Instant => toInstant(toEpochMs(now) - LATE_MS);

/** When there is something new to see of a wait that runs to `dueAt`: it is past, and later it is overdue. */
export const lookAt = (dueAt: Instant, now: Instant): Instant => {
  const past = toEpochMs(dueAt) + MINUTE_MS;
  return toInstant(past > toEpochMs(now) ? past : toEpochMs(dueAt) + LATE_MS + 1);
};

export const isOverdue = (dueAt: Instant, now: Instant): boolean =>
  isBefore(toInstant(toEpochMs(dueAt) + LATE_MS), now);

/** What was told and did nothing is told again the next day: each telling may write. */
export const isToBeTold = (toldAt: Instant | undefined, now: Instant): boolean =>
  toldAt === undefined || toEpochMs(now) - toEpochMs(toldAt) >= DAY_MS;

/** When what was told now would be told again. */
export const nextTelling = (now: Instant): Instant => toInstant(toEpochMs(now) + DAY_MS);

/**
 * What one run looks at: the longest past first. When there is more than a run can do, every run begins elsewhere, so that
 * waits which fail each time never keep the others waiting.
 */
export const mostPast = <T extends { dueAt: Instant }>(
  past: readonly T[],
  most: number,
  now: Instant,
): { first: T[]; rest: T[] } => {
  const sorted = [...past].sort((a, b) => toEpochMs(a.dueAt) - toEpochMs(b.dueAt));
  const start = sorted.length <= most ? 0 : (Math.floor(toEpochMs(now) / RUN_MS) * most) % sorted.length;
  const turned = [...sorted.slice(start), ...sorted.slice(0, start)];
  return { first: turned.slice(0, most), rest: turned.slice(most) };
};

/** Nobody waits there any more, whatever the index says; `key` as in Waiter. */
export const isWaitOver = (sale: Sale, key: string): boolean => {
  if (key === FOLLOW_UP) return sale.isRoundOver;
  const promise = promiseOf(sale, key);
  return promise === undefined || (isClosed(promise) && !promise.isRefused);
};
