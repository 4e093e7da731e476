/** Waits whose time has passed: tells their workflows what they may have missed, and counts those that still wait. */
import type { Context } from 'aws-lambda';
import type { DueWait, WatchPorts } from '../adapters/watch-ports.ts';
import type { Instant } from '../core/ids.ts';
import {
  DUE_SHARDS,
  isOverdue,
  isToBeTold,
  isWaitOver,
  lookAt,
  lookBefore,
  mostPast,
  overdueBefore,
} from '../core/operations/due.ts';
import { logTrouble, noteEvent } from '../middleware/log-line.ts';
import { findSale } from '../steps/load.ts';
import { tellWorkflow } from '../steps/tell-workflow.ts';

/** Of each shard: with more than these something is so wrong that the exact number says nothing more. */
const MOST_READ = 500;
/** So many sales fit into a run; the next one is five minutes away. */
const MOST_IN_A_RUN = 100;
/** What is left of a run that is still enough for one more sale and the rest of the work. */
const ENOUGH_MS = 10_000;

const readPast = async ({ due }: WatchPorts, now: Instant): Promise<DueWait[]> => {
  const before = lookBefore(now);
  const shards = await Promise.all(DUE_SHARDS.map((shard) => due.past(shard, { before, limit: MOST_READ })));
  return shards.flatMap(({ items }) => items);
};

/** What is left of a wait after a look: whether somebody still waits there past their time. */
const lookAfter = async (ports: WatchPorts, { saleId, key }: DueWait, now: Instant): Promise<boolean> => {
  const found = await findSale(ports, saleId);
  const waiter = found?.stored.waiters.find((one) => one.key === key);
  if (found === undefined || waiter === undefined) {
    await ports.sales.endWait(saleId, key);
    return false;
  }
  const isOver = isWaitOver(found.sale, key);
  if (isOver || isToBeTold(waiter.toldAt, now)) {
    await tellWorkflow(ports, saleId, now);
    noteEvent('watched', { sale: saleId, wait: key, position: waiter.position, until: waiter.until });
    if (!isOver) await ports.due.noteTold(saleId, { key, token: waiter.token, dueAt: waiter.until }, now);
  }
  return !isOver && isOverdue(waiter.until, now);
};

/** One that fails never keeps the others from being looked at. */
const lookSafely = async (ports: WatchPorts, wait: DueWait, now: Instant): Promise<boolean> => {
  try {
    return await lookAfter(ports, wait, now);
  } catch (error) {
    logTrouble('wait not looked after', wait.saleId, error, now);
    return isOverdue(wait.dueAt, now);
  }
};

/** How many waits are more than ten minutes past their time. */
export const watchWaits = async (ports: WatchPorts, now: Instant, context: Context): Promise<number> => {
  const past = await readPast(ports, now);
  const { first, rest } = mostPast(past, MOST_IN_A_RUN, now);
  let overdue = 0;
  for (const wait of first) {
    const isLooked = context.getRemainingTimeInMillis() >= ENOUGH_MS;
    const isStillWaiting = isLooked ? await lookSafely(ports, wait, now) : isOverdue(wait.dueAt, now);
    if (isStillWaiting) overdue += 1;
  }
  return overdue + rest.filter(({ dueAt }) => isOverdue(dueAt, now)).length;
};

/** When the next wait is past, or one that is past becomes overdue. */
export const nextLook = async ({ due }: WatchPorts, now: Instant): Promise<Instant | undefined> => {
  const from = [lookBefore(now), overdueBefore(now)];
  const next = await Promise.all(
    DUE_SHARDS.flatMap((shard) => from.map((instant) => due.next(shard, instant))),
  );
  return next
    .flatMap((wait) => (wait === undefined ? [] : [lookAt(wait.dueAt, now)]))
    .sort()
    .at(0);
};
