import * as z from 'zod';
import type { SalePorts } from '../adapters/ports.ts';
import { BadInput } from '../core/errors.ts';
import { promisePlan, staffOpening } from '../core/plan.ts';
import { escalatedDue, isClosed, type OwedPromise } from '../core/promise.ts';
import { promiseOf, type Sale } from '../core/sale.ts';
import { nextUp } from '../core/staff.ts';
import { createStep } from '../middleware/step.ts';
import { loadSale } from '../steps/load.ts';
import { PromiseStep } from '../steps/task.ts';

export const RaiseTask = PromiseStep.extend({ because: z.literal(['overdue', 'not-yet']) });

/** A timeout reads the store again before it acts: somebody may have said "done" in the same second. */
const isStillDue = (promise: OwedPromise, because: 'overdue' | 'not-yet', now: string): boolean => {
  if (isClosed(promise)) return false;
  return because === 'not-yet' ? promise.isRefused : promise.status !== 'proposed' && promise.dueAt <= now;
};

/** Takes a broken promise one level up: rep, manager, head. Hands the new calendar to the next wait. */
export const createHandler = (ports: SalePorts) =>
  createStep(RaiseTask, async ({ plan, because, now }) => {
    const { config } = ports.settings;
    const read = async (): Promise<{ sale: Sale; promise: OwedPromise }> => {
      const { sale } = await loadSale(ports, plan.saleId);
      const promise = promiseOf(sale, plan.promise);
      if (promise === undefined) throw new BadInput(`Sale ${plan.saleId} has no promise ${plan.promise}`);
      return { sale, promise };
    };
    const { sale, promise } = await read();
    const isDue = isStillDue(promise, because, now);
    if (isDue) {
      const { member, level } = nextUp(config, promise.level, promise.owner, sale.id);
      const dueAt = escalatedDue(promise, now, config.promises[promise.kind], staffOpening(config));
      const strike = promise.strikes + 1;
      await ports.sales.append(sale.id, {
        type: 'escalated',
        at: now,
        promise: promise.id,
        strike,
        from: promise.owner,
        owner: member.id,
        level,
        dueAt,
        because,
      });
    }
    const after = await read();
    return {
      did: isDue ? 'raised' : 'nothing to raise',
      plan: promisePlan(config, after.sale, after.promise, now),
    };
  });
