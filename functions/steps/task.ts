/** What a state of either machine hands its Lambda, and how that Lambda begins and ends its wait. */
import * as z from 'zod';
import type { SalePorts } from '../adapters/ports.ts';
import { toEpochMs, toInstant } from '../core/calendar.ts';
import { Instant } from '../core/ids.ts';
import { FollowUpPlan, PromisePlan } from '../core/plan.ts';
import type { FollowUpPosition, PromisePosition, Signal } from '../core/signals.ts';
import { type Loaded, loadSale } from './load.ts';

const entered = {
  /** `$states.context.State.EnteredTime`: the time that arrives with the event; AWS may leave out the milliseconds. */
  now: Instant.transform((at) => toInstant(toEpochMs(at))),
  /** `$states.context.State.RetryCount`. */
  retry: z.int().min(0),
};

export const FollowUpTask = z.strictObject({ ...entered, token: z.string().min(1), plan: FollowUpPlan });
export type FollowUpTask = z.output<typeof FollowUpTask>;

export const PromiseTask = z.strictObject({ ...entered, token: z.string().min(1), plan: PromisePlan });
export type PromiseTask = z.output<typeof PromiseTask>;

/** States that wait for nobody. */
export const FollowUpStep = z.strictObject({ ...entered, plan: FollowUpPlan });
export type FollowUpStep = z.output<typeof FollowUpStep>;
export const PromiseStep = z.strictObject({ ...entered, plan: PromisePlan });
export type PromiseStep = z.output<typeof PromiseStep>;

const after = (now: string, seconds: number) => toInstant(toEpochMs(now) + seconds * 1000);

type Wait = { key: string; position: FollowUpPosition | PromisePosition; seconds: number };

/**
 * Keeps the token, then reads the sale. In this order, because whoever writes an entry writes first and then looks for
 * a token: whichever comes second sees the other, so no event can slip between. `isKept`: false when a later workflow of the
 * promise waits already.
 */
export const beginWait = async (
  ports: Pick<SalePorts, 'sales'>,
  task: FollowUpTask | PromiseTask,
  { key, position, seconds }: Wait,
): Promise<Loaded & { until: Instant; isKept: boolean }> => {
  const until = after(task.now, seconds);
  const isKept = await ports.sales.wait(task.plan.saleId, {
    key,
    position,
    token: task.token,
    until,
    ...('turn' in task.plan ? { turn: task.plan.turn, cycle: task.plan.cycle } : {}),
  });
  return { ...(await loadSale(ports, task.plan.saleId)), until, isKept };
};

/** Ends a wait. False when nobody waits there any more: the next state reads the journal anyway. */
export const send = (
  { workflows }: Pick<SalePorts, 'workflows'>,
  token: string,
  signal: Signal<FollowUpPlan> | Signal<PromisePlan>,
): Promise<boolean> =>
  signal.kind === 'success'
    ? workflows.succeed(token, signal.output)
    : workflows.fail(token, signal.error, JSON.stringify(signal.plan));
