import * as z from 'zod';
import type { KeeperPorts } from '../adapters/ports.ts';
import { isBefore } from '../core/calendar.ts';
import { BadInput } from '../core/errors.ts';
import { isHeldMessage } from '../core/operations/pause.ts';
import { type PromisePlan, promisePlan } from '../core/plan.ts';
import { isClosed, type OwedPromise } from '../core/promises/promise.ts';
import { verdictMessage } from '../core/promises/verdict.ts';
import { promiseOf, type Sale } from '../core/sale.ts';
import { promiseSignal, type Signal } from '../core/signals.ts';
import { outAt } from '../core/touch.ts';
import { createStep } from '../middleware/step.ts';
import { verdictMail } from '../steps/compose-owed.ts';
import { loadSale } from '../steps/load.ts';
import { pageTheLastLevel } from '../steps/page-last-level.ts';
import { projectPromises } from '../steps/project.ts';
import { sayNotices, sayOne } from '../steps/say-notices.ts';
import { beginWait, PromiseTask, send } from '../steps/task.ts';
import { startPromises, tellWorkflow } from '../steps/tell-workflow.ts';

export const KeepTask = PromiseTask.extend({ position: z.literal(['owner', 'ask', 'again']) });
export type KeepTask = z.output<typeof KeepTask>;

const questionAt = ({ journal }: Sale, promise: OwedPromise) =>
  outAt(journal, verdictMessage(promise, false));

const isAskedBefore = (sale: Sale, promise: OwedPromise, { now }: KeepTask): boolean => {
  const at = questionAt(sale, promise);
  return at !== undefined && isBefore(at, now);
};

/** A pause held the question beyond its own time, so that it went out where the customer is asked once more. */
const isAskedOnlyNow = (sale: Sale, promise: OwedPromise, task: KeepTask): boolean =>
  task.position === 'again' && questionAt(sale, promise) !== undefined && !isAskedBefore(sale, promise, task);

/** Says what is to be said about a promise now, or asks the customer whether it was kept; and waits for what is next. */
/** It failed, the promise got another workflow, and then it was redriven: it ends, and the other goes on. */
const overtaken = ({ plan, position }: KeepTask): Signal<PromisePlan> =>
  position === 'owner'
    ? { kind: 'failure', error: 'PromiseClosed', plan }
    : { kind: 'success', output: plan };

export const createHandler = (ports: KeeperPorts) => {
  const { config } = ports.settings;

  /** Nobody is reminded of a question that a pause held: where it should be asked once more, it is asked. */
  const ask = async (sale: Sale, promise: OwedPromise, task: KeepTask): Promise<string[]> => {
    if (sale.customer.email === undefined || isAskedOnlyNow(sale, promise, task)) return [];
    const isAgain =
      task.position === 'again' && !isHeldMessage(sale, verdictMessage(promise, false), task.now);
    const mail = verdictMail(ports, sale, promise, task.now, isAgain);
    const { kind } = await sayOne(ports, sale, promise, { mail }, task);
    return [`${mail.message} ${kind}`];
  };

  const say = (sale: Sale, promise: OwedPromise, task: KeepTask): Promise<string[]> =>
    task.position === 'owner' ? sayNotices(ports, sale, promise, task) : ask(sale, promise, task);

  /** Then its own time begins from the start. */
  const backToTheQuestion = async (
    before: Sale,
    promise: OwedPromise,
    task: KeepTask,
  ): Promise<Signal<PromisePlan> | undefined> => {
    if (task.position !== 'again' || isAskedBefore(before, promise, task)) return undefined;
    const { sale } = await loadSale(ports, before.id);
    return isAskedOnlyNow(sale, promise, task)
      ? {
          kind: 'failure',
          error: 'Rescheduled',
          plan: promisePlan(config, sale, promise, task.now, task.plan.cycle),
        }
      : undefined;
  };

  /** A mail service that is down keeps nobody from being woken, and the other way round. */
  const sayAndPage = async (sale: Sale, promise: OwedPromise, task: KeepTask, isOpen: boolean) => {
    try {
      return await say(sale, promise, task);
    } finally {
      if (isOpen) await pageTheLastLevel(ports, sale, promise, task.now);
    }
  };

  /** Whoever closed it may have died before the sale heard of it, and its row is gone: from here nobody else would tell. */
  const leave = async ({ plan, token, now }: KeepTask, signal: Signal<PromisePlan>, isOver = false) => {
    if (isOver) await tellWorkflow(ports, plan.saleId, now);
    await send(ports, token, signal);
    return { did: signal.kind === 'success' ? 'went on' : signal.error };
  };

  return createStep(KeepTask, async (task) => {
    const { plan, position, now } = task;
    const { until, isKept, ...loaded } = await beginWait(ports, task, {
      key: plan.promise,
      position,
      seconds: plan.seconds[position],
    });
    const { sale } = loaded;
    const promise = promiseOf(sale, plan.promise);
    if (promise === undefined) throw new BadInput(`Sale ${plan.saleId} has no promise ${plan.promise}`);
    if (!isKept || promise.cycle > (plan.cycle ?? promise.cycle)) {
      await startPromises(ports, loaded, now);
      return leave(task, overtaken(task));
    }
    await projectPromises(ports, loaded, now);
    const signal = promiseSignal(
      config,
      sale,
      promise,
      position,
      { until, turn: plan.turn, cycle: plan.cycle },
      now,
    );
    /* Taken back: whoever counted on it is told before the workflow ends. */
    if (signal === undefined || (signal.kind === 'failure' && signal.error === 'PromiseClosed')) {
      const said = await sayAndPage(sale, promise, task, signal === undefined);
      const back = signal ?? (await backToTheQuestion(sale, promise, task));
      if (back === undefined) return { did: said.join(', ') || 'waits' };
      return leave(task, back, isClosed(promise));
    }
    return leave(task, signal, isClosed(promise));
  });
};
