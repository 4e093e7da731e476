import type { SalePorts } from '../adapters/ports.ts';
import { NotYet } from '../core/errors.ts';
import { isHeldMessage } from '../core/operations/pause.ts';
import { isClosed, type OwedPromise } from '../core/promises/promise.ts';
import { verdictMessage } from '../core/promises/verdict.ts';
import { promiseOf, type Sale } from '../core/sale.ts';
import { createStep } from '../middleware/step.ts';
import { loadSale } from '../steps/load.ts';
import { PromiseStep } from '../steps/task.ts';
import { tellWorkflow } from '../steps/tell-workflow.ts';

const isQuestionHeld = (sale: Sale, promise: OwedPromise, now: string): boolean =>
  promise.status === 'proposed' &&
  [false, true].some((isAgain) => isHeldMessage(sale, verdictMessage(promise, isAgain), now));

/** Staff said it is done, the customer was asked twice and stayed silent: `assumed`, never "resolved". */
export const createHandler = (ports: SalePorts) =>
  createStep(PromiseStep, async ({ plan, now }) => {
    const { sale } = await loadSale(ports, plan.saleId);
    const promise = promiseOf(sale, plan.promise);
    /* Handed over or refused in the very second the wait ended: it goes on, and only a closed promise ends. */
    const goesOn = promise !== undefined && !isClosed(promise) && promise.status !== 'proposed';
    if (goesOn || promise?.isRefused === true) throw new NotYet(`Promise ${plan.promise} is still owed`);
    /* Nobody was silent who was not asked: back to the question, which waits for the end of the pause. */
    if (promise !== undefined && isQuestionHeld(sale, promise, now))
      throw new NotYet(`Whether promise ${plan.promise} was kept has not been asked, for a pause`);
    const isSilent = promise?.status === 'proposed';
    if (promise !== undefined && isSilent) {
      await ports.sales.append(sale.id, {
        type: 'assumed',
        at: now,
        promise: promise.id,
        n: promise.proposals,
      });
    }
    const told = await tellWorkflow(ports, plan.saleId, now);
    /* Their word came while this was written, so the silence does not count: the same workflow goes on. */
    if (told !== undefined && promiseOf(told, plan.promise)?.status === 'proposed')
      throw new NotYet(`Promise ${plan.promise} is still owed`);
    return { did: isSilent ? 'assumed' : 'nothing to assume' };
  });
