import * as z from 'zod';
import type { KeeperPorts } from '../adapters/ports.ts';
import { BadInput } from '../core/errors.ts';
import type { OwedPromise } from '../core/promise.ts';
import { promiseOf, type Sale } from '../core/sale.ts';
import { promiseSignal } from '../core/signals.ts';
import { toSayNow } from '../core/tidings.ts';
import { createStep } from '../middleware/step.ts';
import { verdictMail } from '../steps/compose-owed.ts';
import { deliver, type Mail } from '../steps/deliver.ts';
import { noticeMail } from '../steps/notice-mail.ts';
import { pageTheLastLevel } from '../steps/page-last-level.ts';
import { projectPromises } from '../steps/project.ts';
import { beginWait, PromiseTask, send } from '../steps/task.ts';
import { tellOwnerItIsUnclear } from '../steps/unclear.ts';

export const KeepTask = PromiseTask.extend({ position: z.literal(['owner', 'ask', 'again']) });
export type KeepTask = z.output<typeof KeepTask>;

/** Says what is to be said about a promise now, or asks the customer whether it was kept; and waits for what is next. */
export const createHandler = (ports: KeeperPorts) => {
  const { config } = ports.settings;

  const mailsFor = (sale: Sale, promise: OwedPromise, { position, now }: KeepTask): Mail[] => {
    if (position === 'owner')
      return toSayNow(config, sale, promise, now).flatMap(
        (toSay) => noticeMail(ports, sale, promise, toSay, now) ?? [],
      );
    if (sale.customer.email === undefined) return [];
    return [verdictMail(ports, sale, promise, now, position === 'again')];
  };

  const say = async (sale: Sale, promise: OwedPromise, task: KeepTask): Promise<string[]> => {
    const said: string[] = [];
    for (const mail of mailsFor(sale, promise, task)) {
      const delivery = await deliver(ports, sale, mail, task.now, task.retry);
      if (delivery.kind === 'unclear')
        await tellOwnerItIsUnclear(ports, sale, mail.message, task.now, task.retry);
      said.push(`${mail.message} ${delivery.kind}`);
    }
    return said;
  };

  return createStep(KeepTask, async (task) => {
    const { plan, position, now, token } = task;
    const { until, ...loaded } = await beginWait(ports, task, {
      key: plan.promise,
      position,
      seconds: plan.seconds[position],
    });
    const { sale } = loaded;
    const promise = promiseOf(sale, plan.promise);
    if (promise === undefined) throw new BadInput(`Sale ${plan.saleId} has no promise ${plan.promise}`);
    await projectPromises(ports, loaded, now);
    const signal = promiseSignal(config, sale, promise, position, { until, turn: plan.turn }, now);
    /* Taken back: whoever counted on it is told before the workflow ends. */
    if (signal === undefined || (signal.kind === 'failure' && signal.error === 'PromiseClosed')) {
      if (signal === undefined) await pageTheLastLevel(ports, sale, promise, now);
      const said = await say(sale, promise, task);
      if (signal === undefined) return { did: said.join(', ') || 'waits' };
    }
    await send(ports, token, signal);
    return { did: signal.kind === 'success' ? 'went on' : signal.error };
  });
};
