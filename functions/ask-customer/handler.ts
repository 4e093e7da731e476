import * as z from 'zod';
import type { MailPorts } from '../adapters/ports.ts';
import { toEpochMs } from '../core/calendar.ts';
import type { SignalName } from '../core/errors.ts';
import type { Standing } from '../core/person/standing.ts';
import { checkInTime, followUpPlan } from '../core/plan.ts';
import type { Sale } from '../core/sale.ts';
import { followUpSignal } from '../core/signals.ts';
import { decideSend, isTooLate } from '../core/touch.ts';
import { GIFT, validUntil } from '../core/when/decide.ts';
import { whySentence } from '../core/when/why.ts';
import { createStep } from '../middleware/step.ts';
import { othersOf, takeAlong } from '../steps/ask-together.ts';
import { checkInMail, reminderMail } from '../steps/compose-asks.ts';
import { type Delivery, deliver, type Mail, TOO_LATE } from '../steps/deliver.ts';
import { followLeader } from '../steps/follow-leader.ts';
import { loadSale } from '../steps/load.ts';
import { standingOf } from '../steps/may-reach.ts';
import { notePutOff, type Prepared, prepareAsk } from '../steps/prepare-ask.ts';
import { settleAsState } from '../steps/settle.ts';
import { noteStop, stoppedElsewhere } from '../steps/stopped-elsewhere.ts';
import { beginWait, FollowUpTask } from '../steps/task.ts';
import { FOLLOW_UP } from '../steps/tell-workflow.ts';
import { tellOwnerItIsUnclear } from '../steps/unclear.ts';

export const AskTask = FollowUpTask.extend({ position: z.literal(['ask', 'again']) });
export type AskTask = z.output<typeof AskTask>;

/** Less is not worth a state transition. */
const TOLERANCE_MS = 60_000;

const messageOf = ({ position }: AskTask) => (position === 'ask' ? 'check-in' : 'reminder');

/** Nothing of it is out, nor may be, nor was it decided against. */
const isUnsent = (sale: Sale, task: AskTask): boolean =>
  decideSend(sale.journal, messageOf(task), task.now, task.retry).kind === 'send';

/** Why a mail could not be written, as the journal says it and the note to the owner reads it. */
const REFUSED = 'the mail service refused it';
const MISSING = 'missing: ';
const couldNotWrite = (reason: string) => reason === REFUSED || reason.startsWith(MISSING);

/** Asks how it is going and waits for the answer; the second time in other words. */
export const createHandler = (ports: MailPorts) => {
  const { config } = ports.settings;

  const settle = async (sale: Sale, task: AskTask, error: SignalName) => {
    const plan = followUpPlan(config, sale, task.plan.round, task.now);
    await settleAsState(ports, sale, task.token, { kind: 'failure', error, plan }, task.now);
    return { did: error };
  };

  /** With what has been written since, so that the new plan knows of it. */
  const settleAnew = async (task: AskTask, error: SignalName) =>
    settle((await loadSale(ports, task.plan.saleId)).sale, task, error);

  const conclude = async (sale: Sale, task: AskTask, mail: Mail, delivery: Delivery) => {
    switch (delivery.kind) {
      case 'sent':
        return { did: 'sent' };
      case 'skipped':
        /* An earlier run wrote down why, and crashed before it told the workflow; or nobody was asked, so a person rings. */
        if (couldNotWrite(delivery.reason) || (delivery.reason === TOO_LATE && task.position === 'ask'))
          return settle(sale, task, 'CannotWrite');
        return { did: 'skipped' };
      case 'unclear':
        await tellOwnerItIsUnclear(ports, sale, mail.message, task.now, task.retry);
        return { did: 'unclear' };
      case 'held':
        /* The pause began a moment ago; put off as if it had been there before. */
        return settleAnew(task, 'Rescheduled');
      case 'cannot': {
        const reason = delivery.reason === 'refused' ? REFUSED : `${MISSING}${delivery.fields.join(', ')}`;
        await ports.sales.append(sale.id, { type: 'skipped', at: task.now, message: mail.message, reason });
        return settle(sale, task, 'CannotWrite');
      }
    }
  };

  /**
   * A runtime that was off over night must not write at three in the morning, and a delivery told in the very second the
   * wait ended moves the day: back to waiting for it. What is too late by now is not put off any more.
   */
  const isTooEarly = (sale: Sale, task: AskTask): boolean => {
    const { now, retry } = task;
    if (task.position === 'again' || isTooLate(validUntil(config, sale, 'check-in'), now, retry))
      return false;
    const { at } = checkInTime(config, sale.record, sale.facts, now, sale.journal);
    return toEpochMs(at) - toEpochMs(now) > TOLERANCE_MS;
  };

  const putOff = async (sale: Sale, task: AskTask, later: Extract<Prepared, { kind: 'later' }>) => {
    await notePutOff(ports, sale, messageOf(task), later, task.now);
    return settleAnew(task, 'Rescheduled');
  };

  const send = async (sale: Sale, task: AskTask, why: Mail['why']) => {
    const others = await othersOf(ports, sale);
    const compose = task.position === 'ask' ? checkInMail : reminderMail;
    const mail: Mail = {
      ...compose(ports, sale, task.now, others),
      ...(why === undefined ? {} : { why }),
    };
    return conclude(sale, task, mail, await deliver(ports, sale, mail, task.now, task.retry));
  };

  /** Who bought a gift is asked about the buying, and never to review what somebody else has. */
  const noteGift = async (sale: Sale, task: AskTask): Promise<void> => {
    if (sale.facts.order?.isGift !== true || task.position === 'again') return;
    const reason = whySentence(GIFT, { when: String, message: String, name: String });
    const entry = { type: 'skipped', at: task.now, message: 'review-ask', reason, why: GIFT } as const;
    await ports.sales.append(sale.id, entry);
  };

  const askFirst = async (sale: Sale, task: AskTask, standing: Standing | undefined) => {
    const message = messageOf(task);
    const following = await followLeader(ports, sale, message, task.now);
    if (following === 'together') return { did: 'asked together' };
    if (following === 'later') return settleAnew(task, 'Rescheduled');
    if (following === 'answered') return { did: 'answered' };
    if (isTooEarly(sale, task)) return settle(sale, task, 'Rescheduled');
    if (sale.customer.email === undefined) return settle(sale, task, 'CannotWrite');
    const prepared = await prepareAsk(ports, { sale, message, now: task.now, retry: task.retry, standing });
    if (prepared.kind === 'stopped') {
      await stoppedElsewhere(ports, sale, 'check-in', task.now);
      return settleAnew(task, 'SaleClosed');
    }
    if (prepared.kind === 'later') return putOff(sale, task, prepared);
    await noteGift(sale, task);
    const leader = task.position === 'ask' ? await takeAlong(ports, sale, task.now) : sale;
    return send(leader, task, prepared.why);
  };

  return createStep(AskTask, async (task) => {
    const seconds = task.position === 'ask' ? task.plan.seconds.answer : task.plan.seconds.again;
    const { sale, until } = await beginWait(ports, task, {
      key: FOLLOW_UP,
      position: task.position,
      seconds,
    });
    const signal = followUpSignal(config, sale, task.position, until, task.now);
    if (signal !== undefined) {
      await settleAsState(ports, sale, task.token, signal, task.now);
      return { did: signal.kind === 'success' ? 'answered' : signal.error };
    }
    const standing = await standingOf(ports, sale);
    const because = await noteStop(ports, sale, 'check-in', standing, task.now);
    /* No mail reaches them, which is no wish of theirs: a person rings. */
    if (because === 'bounce') return settle(sale, task, 'CannotWrite');
    if (because !== undefined) return settle(sale, task, 'SaleClosed');
    return isUnsent(sale, task) ? askFirst(sale, task, standing) : send(sale, task, undefined);
  });
};
