import * as z from 'zod';
import type { MailPorts } from '../adapters/ports.ts';
import { whyNotReview } from '../core/after/review.ts';
import type { Decision } from '../core/conversation/entries.ts';
import { ReviewLater } from '../core/errors.ts';
import type { Standing } from '../core/person/standing.ts';
import { followUpPlan } from '../core/plan.ts';
import type { Sale } from '../core/sale.ts';
import { reviewVerdict } from '../core/signals.ts';
import { createStep } from '../middleware/step.ts';
import { reviewMail } from '../steps/compose-asks.ts';
import { deliver } from '../steps/deliver.ts';
import { loadedFrom, loadSale } from '../steps/load.ts';
import { standingOf } from '../steps/may-reach.ts';
import { notePutOff, prepareAsk } from '../steps/prepare-ask.ts';
import { noteStop, stoppedElsewhere } from '../steps/stopped-elsewhere.ts';
import { FollowUpStep } from '../steps/task.ts';
import { tellWorkflow } from '../steps/tell-workflow.ts';
import { tellOwnerItIsUnclear } from '../steps/unclear.ts';

export const ReviewStep = FollowUpStep.extend({
  /** The state leads back to where the review is waited for; in executions of before it could wait it does not. */
  canWait: z.literal('yes').optional(),
});
export type ReviewStep = z.output<typeof ReviewStep>;

/** As the journal says it. */
const REVIEWED = 'the customer wrote a review lately';

/**
 * Asks everybody for a review, in the same words. Ends the round whether or not it could be sent, then looks once more:
 * an answer that came since the wait ended found nobody waiting, so it gets its new round from here.
 */
export const createHandler = (ports: MailPorts) => {
  const { config } = ports.settings;

  /** With what has been written since, so that the new plan knows of it. */
  const goBack = async ({ plan, now }: ReviewStep): Promise<never> => {
    const { sale } = await loadSale(ports, plan.saleId);
    throw new ReviewLater(JSON.stringify(followUpPlan(config, sale, plan.round, now)));
  };

  const send = async (sale: Sale, task: ReviewStep, why: Decision | undefined): Promise<string> => {
    const { now, retry, canWait } = task;
    const mail = { ...reviewMail(ports, sale, now), ...(why === undefined ? {} : { why }) };
    const delivery = await deliver(ports, sale, mail, now, retry);
    if (delivery.kind === 'unclear') await tellOwnerItIsUnclear(ports, sale, 'review-ask', now, retry);
    /* Without a way back the round ends here; whoever wakes the sale opens another one for what is still to be asked. */
    return delivery.kind === 'held' && canWait === 'yes' ? goBack(task) : delivery.kind;
  };

  /** Another sale of theirs has brought a review: that is enough for a year. */
  const isSpared = async ({ id }: Sale, standing: Standing | undefined, now: string): Promise<boolean> => {
    const why = standing && whyNotReview(standing, now);
    if (why === undefined) return false;
    await ports.sales.append(id, { type: 'skipped', at: now, message: 'review-ask', reason: REVIEWED, why });
    return true;
  };

  const ask = async (sale: Sale, task: ReviewStep): Promise<string> => {
    const { now, retry, canWait } = task;
    const message = 'review-ask';
    const standing = await standingOf(ports, sale);
    if (await noteStop(ports, sale, 'review', standing, now)) return 'stopped';
    if (await isSpared(sale, standing, now)) return 'reviewed';
    const prepared = await prepareAsk(ports, { sale, message, now, retry, standing });
    if (prepared.kind === 'stopped') {
      await stoppedElsewhere(ports, sale, 'review', now);
      return 'stopped';
    }
    if (prepared.kind === 'later' && canWait === 'yes') {
      await notePutOff(ports, sale, message, prepared, now);
      return goBack(task);
    }
    return send(sale, task, prepared.kind === 'go' ? prepared.why : undefined);
  };

  const act = async (sale: Sale, task: ReviewStep): Promise<string> => {
    const wasClaimed = sale.journal.some(
      (entry) => entry.type === 'claimed' && entry.message === 'review-ask',
    );
    if (wasClaimed)
      return (await stoppedElsewhere(ports, sale, 'review', task.now))
        ? 'stopped'
        : send(sale, task, undefined);
    const verdict = reviewVerdict(config, sale, task.now);
    if (verdict === 'now') return ask(sale, task);
    if (verdict === 'later' && task.canWait === 'yes') return goBack(task);
    return 'nothing to ask';
  };

  return createStep(ReviewStep, async (task) => {
    const { plan, now } = task;
    const { sale } = await loadSale(ports, plan.saleId);
    const did = await act(sale, task);
    const ended = { type: 'ended', at: now, round: plan.round } as const;
    const { stored } = await ports.sales.appendThenLoad(sale.id, ended);
    await tellWorkflow(ports, plan.saleId, now, loadedFrom(stored));
    return { did };
  });
};
