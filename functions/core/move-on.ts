/**
 * How a long wait changes over to the newest version of its machine. The old execution is told `MoveOn`, starts a successor
 * and ends; the successor begins at the machine's first state, as any other, and leads on from there to where the wait was.
 */
import { toEpochMs } from './calendar.ts';
import type { Configuration } from './configuration.ts';
import { type FollowUpPlan, followUpPlan, type PromisePlan, promisePlan } from './plan.ts';
import { isClosed } from './promises/promise.ts';
import { promiseOf, type Sale } from './sale.ts';
import { followUpSignal, type Signal } from './signals.ts';

/** The cause of `MoveOn`: the successor's name and input. */
export type Move = { name: string; plan: FollowUpPlan | PromisePlan };

/** What the table says of somebody who waits: `key` is `FollowUp` or the promise's id. */
export type Waits = { key: string; position: string; until: string };

/** Enough for the first state to lead on, whatever it has to try again; it hardly takes a second. */
const ARRIVAL_SECONDS = 3600;
/** A wait that ends in a moment goes on by itself. */
const SOON_MS = 15 * 60_000;

const MOVED = /^(.*)-m(\d+)$/;

/** Made from the name of whom it succeeds and nothing else, so that no execution ever gets two successors. */
export const successorName = (name: string): string => {
  const [, first = name, moves = '0'] = MOVED.exec(name) ?? [];
  return `${first}-m${Number(moves) + 1}`;
};

/** Before the product has been used, the first state is the right one. */
const followUpResume = (
  config: Configuration,
  sale: Sale,
  position: string,
  now: string,
): FollowUpPlan | undefined => {
  const plan = followUpPlan(config, sale, Math.max(1, sale.round), now);
  if (position === 'use') return plan;
  if (position !== 'promise' && position !== 'review') return undefined;
  return { ...plan, resume: position, seconds: { ...plan.seconds, use: ARRIVAL_SECONDS } };
};

const promiseResume = (config: Configuration, sale: Sale, { key, position }: Waits, now: string) => {
  const promise = promiseOf(sale, key);
  return position !== 'owner' || promise === undefined || isClosed(promise)
    ? undefined
    : promisePlan(config, sale, promise, now);
};

/** Undefined where an execution cannot be moved: it waits for an answer of a few days, or is about to go on anyway. */
export const moveOf = (
  config: Configuration,
  sale: Sale,
  waits: Waits,
  execution: string,
  now: string,
): Move | undefined => {
  if (toEpochMs(waits.until) - toEpochMs(now) < SOON_MS) return undefined;
  const plan =
    waits.key === 'FollowUp'
      ? followUpResume(config, sale, waits.position, now)
      : promiseResume(config, sale, waits, now);
  return plan === undefined ? undefined : { name: successorName(execution), plan };
};

/** Where the first state of a successor leads: to what has happened meanwhile, or else to where the wait was. */
export const arrival = (
  config: Configuration,
  sale: Sale,
  resume: 'promise' | 'review',
  until: string,
  now: string,
): Signal<FollowUpPlan> =>
  followUpSignal(config, sale, resume, until, now) ?? {
    kind: 'failure',
    error: resume === 'promise' ? 'CustomerNeedsHelp' : 'ReviewLater',
    plan: followUpPlan(config, sale, Math.max(1, sale.round), now),
  };
