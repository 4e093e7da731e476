import * as z from 'zod';
import type { MailPorts } from '../adapters/ports.ts';
import { isOpen } from '../core/calendar.ts';
import type { SignalName } from '../core/errors.ts';
import { customerOpening, followUpPlan } from '../core/plan.ts';
import type { Sale } from '../core/sale.ts';
import { followUpSignal } from '../core/signals.ts';
import { createStep } from '../middleware/step.ts';
import { checkInMail, reminderMail } from '../steps/compose-asks.ts';
import { type Delivery, deliver, type Mail } from '../steps/deliver.ts';
import { settleFollowUp } from '../steps/settle.ts';
import { beginWait, FollowUpTask } from '../steps/task.ts';
import { FOLLOW_UP } from '../steps/tell-workflow.ts';
import { tellOwnerItIsUnclear } from '../steps/unclear.ts';

const AskTask = FollowUpTask.extend({ position: z.literal(['ask', 'again']) });
type AskTask = z.output<typeof AskTask>;

/** A runtime that was off over night must not write at three in the morning: back to waiting for the next opening. */
const isNight = (ports: MailPorts, sale: Sale, { position, now }: AskTask) =>
  position === 'ask' &&
  !sale.journal.some((entry) => 'message' in entry && entry.message === 'check-in') &&
  !isOpen(now, customerOpening(ports.settings.config, sale.record));

const stoppedElsewhere = async (ports: MailPorts, sale: Sale, now: string): Promise<boolean> => {
  const email = sale.customer.email?.toLowerCase();
  if (email === undefined || !(await ports.people.hasStopped(ports.ids.digest(email)))) return false;
  return ports.sales.append(sale.id, { type: 'stopped', at: now, method: 'page' });
};

/** Asks how it is going and waits for the answer; the second time in other words. */
export const createHandler = (ports: MailPorts) => {
  const settle = async (sale: Sale, task: AskTask, error: SignalName) => {
    const plan = followUpPlan(ports.settings.config, sale, task.plan.round, task.now);
    await settleFollowUp(ports, sale, task.token, { kind: 'failure', error, plan }, task.now);
    return { did: error };
  };

  const conclude = async (sale: Sale, task: AskTask, mail: Mail, delivery: Delivery) => {
    switch (delivery.kind) {
      case 'sent':
      case 'skipped':
        return { did: delivery.kind };
      case 'unclear':
        if (delivery.isNews) await tellOwnerItIsUnclear(ports, sale, mail.message, task.now, task.retry);
        return { did: 'unclear' };
      case 'cannot': {
        const reason =
          delivery.reason === 'refused'
            ? 'the mail service refused it'
            : `missing: ${delivery.fields.join(', ')}`;
        await ports.sales.append(sale.id, { type: 'skipped', at: task.now, message: mail.message, reason });
        return settle(sale, task, 'CannotWrite');
      }
    }
  };

  return createStep(AskTask, async (task) => {
    const seconds = task.position === 'ask' ? task.plan.seconds.answer : task.plan.seconds.again;
    const { sale, until } = await beginWait(ports, task, {
      key: FOLLOW_UP,
      position: task.position,
      seconds,
    });
    const signal = followUpSignal(ports.settings.config, sale, task.position, until, task.now);
    if (signal !== undefined) {
      await settleFollowUp(ports, sale, task.token, signal, task.now);
      return { did: signal.kind === 'success' ? 'answered' : signal.error };
    }
    if (await stoppedElsewhere(ports, sale, task.now)) return settle(sale, task, 'SaleClosed');
    if (isNight(ports, sale, task)) return settle(sale, task, 'Rescheduled');
    if (sale.customer.email === undefined) return settle(sale, task, 'CannotWrite');
    const mail =
      task.position === 'ask' ? checkInMail(ports, sale, task.now) : reminderMail(ports, sale, task.now);
    return conclude(sale, task, mail, await deliver(ports, sale, mail, task.now, task.retry));
  });
};
