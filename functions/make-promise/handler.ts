import * as z from 'zod';
import type { MailPorts } from '../adapters/ports.ts';
import type { EntryOf } from '../core/journal.ts';
import { isOver } from '../core/outcome.ts';
import { answerDue } from '../core/promises/deadlines.ts';
import type { PromiseCause, PromiseKind, Severity } from '../core/promises/entries.ts';
import { firstOwner } from '../core/promises/first-owner.ts';
import { nextPromiseId } from '../core/promises/ladder.ts';
import { hangsOnAnswer, isClosed, type OwedPromise } from '../core/promises/promise.ts';
import { owedFor, severityOf } from '../core/reply.ts';
import { lastReply, openPromises, promiseOf, type Sale } from '../core/sale.ts';
import { followUpSignal, needsHelp } from '../core/signals.ts';
import { isAskedTogether } from '../core/when/together.ts';
import { createStep } from '../middleware/step.ts';
import { ringInstead } from '../steps/by-phone.ts';
import { commit } from '../steps/commit.ts';
import { receiptMail } from '../steps/compose-owed.ts';
import { deliver } from '../steps/deliver.ts';
import { loadSale } from '../steps/load.ts';
import { countSale, listPromises } from '../steps/project.ts';
import { settleFollowUp } from '../steps/settle.ts';
import { beginWait, FollowUpTask } from '../steps/task.ts';
import { FOLLOW_UP, startPromises } from '../steps/tell-workflow.ts';

export const MakeTask = FollowUpTask.extend({
  /** Whether the customer's words or their silence made us owe something. */
  from: z.literal(['answer', 'silence']),
});
export type MakeTask = z.output<typeof MakeTask>;

type Owed = { kind: PromiseKind; because: PromiseCause; reply?: number; severity?: Severity };

const CAUSES = { resolve: 'unhappy', call: 'asked', answer: 'question' } as const;

const owedNow = (sale: Sale, from: MakeTask['from']): Owed | undefined => {
  const reply = lastReply(sale);
  if (reply !== undefined) {
    const kind = needsHelp(sale) ? owedFor(reply.reply) : undefined;
    return kind === undefined
      ? undefined
      : { kind, because: CAUSES[kind], reply: reply.n, severity: severityOf(reply.reply) };
  }
  /* Asked about with another order of theirs: whoever leads that conversation rings. */
  if (from === 'answer' || isOver(sale) || isAskedTogether(sale)) return undefined;
  /* A call that is owed anyway will do; one that was published and kept says nothing of how they are. */
  const isCalled = (promise: OwedPromise) =>
    promise.kind === 'call' && (hangsOnAnswer(promise) || !isClosed(promise));
  if (sale.promises.some(isCalled)) return undefined;
  const wasWritten = sale.journal.some(
    (entry) => (entry.type === 'sent' || entry.type === 'unclear') && entry.message === 'check-in',
  );
  const wasRefused = sale.journal.some(
    (entry) =>
      entry.type === 'skipped' &&
      /* What a rule held back could have been written. */
      entry.why === undefined &&
      ['check-in', 'reminder'].includes(entry.message),
  );
  const cameBack = sale.journal.some((entry) => entry.type === 'bounced' && entry.message === 'check-in');
  const cannotWrite = sale.customer.email === undefined || !wasWritten || wasRefused || cameBack;
  return { kind: 'call', because: cannotWrite ? 'cannot-write' : 'silent' };
};

/** Writes down what is owed, has the Promise machine keep it, and waits until the customer says it is kept. */
export const createHandler = (ports: MailPorts) => {
  const { config } = ports.settings;

  const promise = async (
    sale: Sale,
    { kind, because, reply, severity }: Owed,
    now: string,
  ): Promise<void> => {
    const owner = firstOwner(config, sale, because, now);
    const entry: EntryOf<'promised'> = {
      type: 'promised',
      at: now,
      promise: nextPromiseId(sale, kind),
      kind,
      because,
      ...(reply === undefined ? {} : { reply }),
      owner: owner.member.id,
      level: owner.level,
      ...(severity === undefined || severity === 'normal' ? {} : { severity }),
      dueAt: answerDue(config, kind, now, severity),
    };
    await commit(ports, sale, [entry]);
  };

  /** The customer who told us something hears who has it; a silent one is not written to again. True when something was written. */
  const acknowledge = async (sale: Sale, owed: OwedPromise, task: MakeTask): Promise<boolean> => {
    if (owed.reply === undefined || sale.customer.email === undefined) return false;
    const mail = receiptMail(ports, sale, owed, task.now);
    const delivery = await deliver(ports, sale, mail, task.now, task.retry);
    await ringInstead(ports, sale, owed, delivery, task);
    return true;
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
    const made = await loadSale(ports, plan.saleId);
    const { sale } = made;
    let hasWritten = false;
    for (const one of openPromises(sale)) hasWritten = (await acknowledge(sale, one, task)) || hasWritten;
    const loaded = hasWritten ? await loadSale(ports, plan.saleId) : made;
    /* Before they start, so that the new workflow finds it done; what the sweeper looks at comes after. */
    await countSale(ports, loaded, now);
    await startPromises(ports, loaded, now);
    await listPromises(ports, loaded, now);
    const fresh = openPromises(sale).some((one) => promiseOf(before.sale, one.id) === undefined);
    const signal = followUpSignal(config, sale, 'promise', before.until, now);
    if (signal !== undefined) await settleFollowUp(ports, sale, { token, isOff: true }, signal, now);
    return { did: fresh ? 'promised' : 'nothing new' };
  });
};
