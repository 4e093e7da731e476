import type { MailPorts } from '../adapters/ports.ts';
import { isOver } from '../core/outcome.ts';
import { openPromises } from '../core/sale.ts';
import { isReviewDue, needsHelp } from '../core/signals.ts';
import { createStep } from '../middleware/step.ts';
import { reviewMail } from '../steps/compose-asks.ts';
import { deliver } from '../steps/deliver.ts';
import { loadSale } from '../steps/load.ts';
import { stoppedElsewhere } from '../steps/stopped-elsewhere.ts';
import { FollowUpStep } from '../steps/task.ts';
import { tellWorkflow } from '../steps/tell-workflow.ts';
import { tellOwnerItIsUnclear } from '../steps/unclear.ts';

/**
 * Asks everybody for a review, in the same words. Ends the round whether or not it could be sent, then looks once more:
 * an answer that came since the wait ended found nobody waiting, so it gets its new round from here.
 */
export const createHandler = (ports: MailPorts) =>
  createStep(FollowUpStep, async ({ plan, now, retry }) => {
    const { sale } = await loadSale(ports, plan.saleId);
    const mayAsk =
      isReviewDue(ports.settings.config, sale) &&
      !isOver(sale) &&
      !needsHelp(sale) &&
      openPromises(sale).length === 0;
    const wasClaimed = sale.journal.some(
      (entry) => entry.type === 'claimed' && entry.message === 'review-ask',
    );
    let did = 'nothing to ask';
    if ((mayAsk || wasClaimed) && !(await stoppedElsewhere(ports, sale, 'review', now))) {
      const delivery = await deliver(ports, sale, reviewMail(ports, sale, now), now, retry);
      if (delivery.kind === 'unclear') await tellOwnerItIsUnclear(ports, sale, 'review-ask', now, retry);
      did = delivery.kind;
    }
    await ports.sales.append(sale.id, { type: 'ended', at: now, round: plan.round });
    await tellWorkflow(ports, plan.saleId, now);
    return { did };
  });
