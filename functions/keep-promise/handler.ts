import * as z from 'zod';
import type { KeeperPorts } from '../adapters/ports.ts';
import { BadInput } from '../core/errors.ts';
import type { OwedPromise } from '../core/promises/promise.ts';
import { type ToSay, toSayNow } from '../core/promises/tidings.ts';
import { promiseOf, type Sale } from '../core/sale.ts';
import { promiseSignal } from '../core/signals.ts';
import { createStep } from '../middleware/step.ts';
import { ringInstead } from '../steps/by-phone.ts';
import { verdictMail } from '../steps/compose-owed.ts';
import { deliver, type Mail } from '../steps/deliver.ts';
import { noticeMail } from '../steps/notice-mail.ts';
import { pageTheLastLevel } from '../steps/page-last-level.ts';
import { projectPromises } from '../steps/project.ts';
import { beginWait, PromiseTask, send } from '../steps/task.ts';
import { tellStaff } from '../steps/tell-staff.ts';
import { tellOwnerItIsUnclear } from '../steps/unclear.ts';

export const KeepTask = PromiseTask.extend({ position: z.literal(['owner', 'ask', 'again']) });
export type KeepTask = z.output<typeof KeepTask>;

type Saying = { mail: Mail; toSay?: ToSay };

/** Says what is to be said about a promise now, or asks the customer whether it was kept; and waits for what is next. */
export const createHandler = (ports: KeeperPorts) => {
  const { config } = ports.settings;

  const sayingsFor = (sale: Sale, promise: OwedPromise, { position, now }: KeepTask): Saying[] => {
    if (position === 'owner')
      return toSayNow(config, sale, promise, now).flatMap((toSay) => {
        const mail = noticeMail(ports, sale, promise, toSay, now);
        return mail === undefined ? [] : [{ mail, toSay }];
      });
    if (sale.customer.email === undefined) return [];
    return [{ mail: verdictMail(ports, sale, promise, now, position === 'again') }];
  };

  const say = async (sale: Sale, promise: OwedPromise, task: KeepTask): Promise<string[]> => {
    const said: string[] = [];
    for (const { mail, toSay } of sayingsFor(sale, promise, task)) {
      const delivery =
        toSay === undefined
          ? await deliver(ports, sale, mail, task.now, task.retry)
          : await tellStaff(ports, sale, promise, toSay, mail, task);
      await ringInstead(ports, sale, promise, delivery, task);
      if (delivery.kind === 'unclear')
        await tellOwnerItIsUnclear(ports, sale, mail.message, task.now, task.retry);
      said.push(`${mail.message} ${delivery.kind}`);
    }
    return said;
  };

  /** A mail service that is down keeps nobody from being woken, and the other way round. */
  const sayAndPage = async (sale: Sale, promise: OwedPromise, task: KeepTask, isOpen: boolean) => {
    try {
      return await say(sale, promise, task);
    } finally {
      if (isOpen) await pageTheLastLevel(ports, sale, promise, task.now);
    }
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
      const said = await sayAndPage(sale, promise, task, signal === undefined);
      if (signal === undefined) return { did: said.join(', ') || 'waits' };
    }
    await send(ports, token, signal);
    return { did: signal.kind === 'success' ? 'went on' : signal.error };
  });
};
