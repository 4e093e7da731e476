import * as z from 'zod';
import type { SalePorts } from '../adapters/ports.ts';
import { BadInput } from '../core/errors.ts';
import { promisePlan } from '../core/plan.ts';
import type { PromiseEntry } from '../core/promises/entries.ts';
import { escalation, timeIsUp } from '../core/promises/ladder.ts';
import { acceptedButNotBooked } from '../core/promises/offer-answer.ts';
import { isClosed, type OwedPromise } from '../core/promises/promise.ts';
import { promiseOf, type Sale } from '../core/sale.ts';
import { createStep } from '../middleware/step.ts';
import { commit } from '../steps/commit.ts';
import { loadSale } from '../steps/load.ts';
import { projectPromises } from '../steps/project.ts';
import { PromiseStep } from '../steps/task.ts';
import { startPromises } from '../steps/tell-workflow.ts';

export const RaiseTask = PromiseStep.extend({ because: z.literal(['overdue', 'not-yet']) });

/**
 * A clock of the promise has come. Before the due time that is a reminder, which the next wait sends; at the due time the
 * promise is broken, and goes one level up. A timeout reads the store again before it acts: somebody may have said "done"
 * in the same second.
 */
export const createHandler = (ports: SalePorts) => {
  const { config } = ports.settings;

  const entriesFor = (
    sale: Sale,
    promise: OwedPromise,
    { because, now }: z.output<typeof RaiseTask>,
  ): PromiseEntry[] => {
    const missing = acceptedButNotBooked({ config, sale, promise, now });
    if (missing.length > 0) return missing;
    if (because === 'overdue') return timeIsUp(config, sale, promise, now);
    return promise.isRefused && !isClosed(promise) ? [escalation(config, sale, promise, 'not-yet', now)] : [];
  };

  return createStep(RaiseTask, async (task) => {
    const { plan, now } = task;
    const read = async () => {
      const loaded = await loadSale(ports, plan.saleId);
      const promise = promiseOf(loaded.sale, plan.promise);
      if (promise === undefined) throw new BadInput(`Sale ${plan.saleId} has no promise ${plan.promise}`);
      return { loaded, promise };
    };
    const before = await read();
    const entries = entriesFor(before.loaded.sale, before.promise, task);
    await commit(ports, before.loaded.sale, entries);
    const after = await read();
    await projectPromises(ports, after.loaded, now);
    await startPromises(ports, after.loaded, now);
    const did = entries.map(({ type }) => type).join(', ');
    return {
      did: did === '' ? 'nothing to raise' : did,
      plan: promisePlan(config, after.loaded.sale, after.promise, now, plan.cycle),
    };
  });
};
