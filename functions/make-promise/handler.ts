import * as z from 'zod';
import type { MailPorts } from '../adapters/ports.ts';
import type { EntryOf, PromiseCause, PromiseKind } from '../core/journal.ts';
import { PromiseId } from '../core/journal.ts';
import { isOver } from '../core/outcome.ts';
import { staffOpening } from '../core/plan.ts';
import { answerDue, type OwedPromise } from '../core/promise.ts';
import { owedFor } from '../core/reply.ts';
import { lastReply, openPromises, promiseOf, type Sale } from '../core/sale.ts';
import { followUpSignal, needsHelp } from '../core/signals.ts';
import { presentOwner } from '../core/staff.ts';
import { createStep } from '../middleware/step.ts';
import { receiptMail } from '../steps/compose-owed.ts';
import { deliver } from '../steps/deliver.ts';
import { loadSale } from '../steps/load.ts';
import { settleFollowUp } from '../steps/settle.ts';
import { beginWait, FollowUpTask } from '../steps/task.ts';
import { FOLLOW_UP, startPromise } from '../steps/tell-workflow.ts';

export const MakeTask = FollowUpTask.extend({
  /** Whether the customer's words or their silence made us owe something. */
  from: z.literal(['answer', 'silence']),
});
export type MakeTask = z.output<typeof MakeTask>;

type Owed = { kind: PromiseKind; because: PromiseCause; reply?: number };

const owedNow = (sale: Sale, from: MakeTask['from']): Owed | undefined => {
  const reply = lastReply(sale);
  if (reply !== undefined) {
    const kind = needsHelp(sale) ? owedFor(reply.reply) : undefined;
    return kind === undefined
      ? undefined
      : { kind, because: kind === 'resolve' ? 'unhappy' : 'asked', reply: reply.n };
  }
  if (from === 'answer' || isOver(sale)) return undefined;
  if (sale.promises.some((promise) => promise.kind === 'call')) return undefined;
  const wasWritten = sale.journal.some(
    (entry) => (entry.type === 'sent' || entry.type === 'unclear') && entry.message === 'check-in',
  );
  const wasRefused = sale.journal.some((entry) => entry.type === 'skipped' && entry.message !== 'review-ask');
  const cannotWrite = sale.customer.email === undefined || !wasWritten || wasRefused;
  return { kind: 'call', because: cannotWrite ? 'cannot-write' : 'silent' };
};

/** Writes down what is owed, has the Promise machine keep it, and waits until the customer says it is kept. */
export const createHandler = (ports: MailPorts) => {
  const { config } = ports.settings;

  const promise = async (sale: Sale, { kind, because, reply }: Owed, now: string): Promise<void> => {
    const owner = presentOwner(config, sale.record.owner, sale.id);
    const count = sale.promises.filter((one) => one.kind === kind).length;
    const entry: EntryOf<'promised'> = {
      type: 'promised',
      at: now,
      promise: PromiseId.parse(`${kind}-${count + 1}`),
      kind,
      because,
      ...(reply === undefined ? {} : { reply }),
      owner: owner.id,
      level: owner.level,
      dueAt: answerDue(now, config.promises[kind], staffOpening(config)),
    };
    await ports.sales.append(sale.id, entry);
  };

  /** The customer who told us something hears who has it; a silent one is not written to again. */
  const acknowledge = async (sale: Sale, owed: OwedPromise, task: MakeTask) => {
    if (owed.reply === undefined || sale.customer.email === undefined) return;
    await deliver(ports, sale, receiptMail(ports, sale, owed, task.now), task.now, task.retry);
  };

  return createStep(MakeTask, async (task) => {
    const { plan, now, token } = task;
    const before = await beginWait(ports, task, {
      key: FOLLOW_UP,
      position: 'promise',
      seconds: plan.seconds.promise,
    });
    const owed = owedNow(before.sale, task.from);
    if (owed !== undefined) await promise(before.sale, owed, now);
    const { sale } = await loadSale(ports, plan.saleId);
    for (const one of openPromises(sale)) {
      await startPromise(ports, sale, one, now);
      await acknowledge(sale, one, task);
    }
    const fresh = openPromises(sale).some((one) => promiseOf(before.sale, one.id) === undefined);
    const signal = followUpSignal(config, sale, 'promise', before.until, now);
    if (signal !== undefined) await settleFollowUp(ports, sale, token, signal, now);
    return { did: fresh ? 'promised' : 'nothing new' };
  });
};
