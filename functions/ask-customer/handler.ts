import * as z from 'zod';
import type { MailPorts } from '../adapters/ports.ts';
import { toEpochMs } from '../core/calendar.ts';
import type { SignalName } from '../core/errors.ts';
import { checkInTime, followUpPlan } from '../core/plan.ts';
import type { Sale } from '../core/sale.ts';
import { followUpSignal } from '../core/signals.ts';
import { createStep } from '../middleware/step.ts';
import { checkInMail, reminderMail } from '../steps/compose-asks.ts';
import { type Delivery, deliver, type Mail } from '../steps/deliver.ts';
import { settleFollowUp } from '../steps/settle.ts';
import { stoppedElsewhere } from '../steps/stopped-elsewhere.ts';
import { beginWait, FollowUpTask } from '../steps/task.ts';
import { FOLLOW_UP } from '../steps/tell-workflow.ts';
import { tellOwnerItIsUnclear } from '../steps/unclear.ts';

export const AskTask = FollowUpTask.extend({ position: z.literal(['ask', 'again']) });
export type AskTask = z.output<typeof AskTask>;

/** Less is not worth a state transition. */
const TOLERANCE_MS = 60_000;

/**
 * A runtime that was off over night must not write at three in the morning, and a delivery told in the very second the
 * wait ended moves the day: back to waiting for it.
 */
const isTooEarly = ({ settings }: MailPorts, sale: Sale, { position, now }: AskTask): boolean => {
  if (position === 'again') return false;
  if (sale.journal.some((entry) => 'message' in entry && entry.message === 'check-in')) return false;
  const { at } = checkInTime(settings.config, sale.record, sale.facts, now);
  return toEpochMs(at) - toEpochMs(now) > TOLERANCE_MS;
};

/** Why a mail could not be written, as the journal says it and the note to the owner reads it. */
const REFUSED = 'the mail service refused it';
const MISSING = 'missing: ';
const couldNotWrite = (reason: string) => reason === REFUSED || reason.startsWith(MISSING);

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
        return { did: 'sent' };
      case 'skipped':
        /* An earlier run wrote down why, and crashed before it told the workflow. */
        if (couldNotWrite(delivery.reason)) return settle(sale, task, 'CannotWrite');
        return { did: 'skipped' };
      case 'unclear':
        await tellOwnerItIsUnclear(ports, sale, mail.message, task.now, task.retry);
        return { did: 'unclear' };
      case 'cannot': {
        const reason = delivery.reason === 'refused' ? REFUSED : `${MISSING}${delivery.fields.join(', ')}`;
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
    if (await stoppedElsewhere(ports, sale, 'check-in', task.now)) return settle(sale, task, 'SaleClosed');
    if (isTooEarly(ports, sale, task)) return settle(sale, task, 'Rescheduled');
    if (sale.customer.email === undefined) return settle(sale, task, 'CannotWrite');
    const mail =
      task.position === 'ask' ? checkInMail(ports, sale, task.now) : reminderMail(ports, sale, task.now);
    return conclude(sale, task, mail, await deliver(ports, sale, mail, task.now, task.retry));
  });
};
