import * as z from 'zod';
import type { MailPorts } from '../adapters/ports.ts';
import { BadInput } from '../core/errors.ts';
import type { OwedPromise } from '../core/promise.ts';
import { promiseOf, type Sale } from '../core/sale.ts';
import { promiseSignal } from '../core/signals.ts';
import { createStep } from '../middleware/step.ts';
import { verdictMail } from '../steps/compose-owed.ts';
import { ownerMail } from '../steps/compose-staff.ts';
import { deliver, type Mail } from '../steps/deliver.ts';
import { beginWait, PromiseTask, send } from '../steps/task.ts';
import { tellOwnerItIsUnclear } from '../steps/unclear.ts';

export const KeepTask = PromiseTask.extend({ position: z.literal(['owner', 'ask', 'again']) });
export type KeepTask = z.output<typeof KeepTask>;

/** Tells the owner what is owed, or asks the customer whether it was kept, and waits for them. */
export const createHandler = (ports: MailPorts) => {
  const mailFor = (sale: Sale, promise: OwedPromise, { position, now }: KeepTask): Mail | undefined => {
    if (position === 'owner') return ownerMail(ports, sale, promise, now);
    return sale.customer.email === undefined
      ? undefined
      : verdictMail(ports, sale, promise, now, position === 'again');
  };

  return createStep(KeepTask, async (task) => {
    const { plan, position, now, token } = task;
    const { sale, until } = await beginWait(ports, task, {
      key: plan.promise,
      position,
      seconds: plan.seconds[position],
    });
    const promise = promiseOf(sale, plan.promise);
    if (promise === undefined) throw new BadInput(`Sale ${plan.saleId} has no promise ${plan.promise}`);
    const signal = promiseSignal(
      ports.settings.config,
      sale,
      promise,
      position,
      { until, turn: plan.turn },
      now,
    );
    if (signal !== undefined) {
      await send(ports, token, signal);
      return { did: signal.kind === 'success' ? 'went on' : signal.error };
    }
    const mail = mailFor(sale, promise, task);
    if (mail === undefined) return { did: 'waits; no address to ask' };
    const delivery = await deliver(ports, sale, mail, now, task.retry);
    if (delivery.kind === 'unclear') await tellOwnerItIsUnclear(ports, sale, mail.message, now, task.retry);
    return { did: delivery.kind };
  });
};
