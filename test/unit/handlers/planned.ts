/** What a state of the Promise machine hands its Lambda, with the calendar the machine would have at this moment. */
import { promisePlan } from '../../../functions/core/plan.ts';
import { promiseOf } from '../../../functions/core/sale.ts';
import { findSale } from '../../../functions/steps/load.ts';
import { promiseTask } from '../../fixtures/invocations.ts';
import type { MemoryWorld } from '../../fixtures/memory-ports.ts';
import { SALE } from '../../fixtures/sales.ts';

/** `turn`: the one the wait began for, when it is not the first. */
export const planned = async (
  { ports }: MemoryWorld,
  now: string,
  more: { token?: string; retry?: number; promise?: string; turn?: number } = {},
) => {
  const task = promiseTask(now, more);
  const found = await findSale(ports, SALE);
  const promise = found && promiseOf(found.sale, task.plan.promise);
  if (found === undefined || promise === undefined) return task;
  const { seconds } = promisePlan(ports.settings.config, found.sale, promise, now);
  return { ...task, plan: { ...task.plan, seconds } };
};
