import type { MailPorts } from '../adapters/ports.ts';
import { isOver } from '../core/outcome.ts';
import { openPromises } from '../core/sale.ts';
import { isReviewDue } from '../core/signals.ts';
import { createStep } from '../middleware/step.ts';
import { reviewMail } from '../steps/compose-asks.ts';
import { deliver } from '../steps/deliver.ts';
import { loadSale } from '../steps/load.ts';
import { FollowUpStep } from '../steps/task.ts';
import { tellOwnerItIsUnclear } from '../steps/unclear.ts';

/** Asks everybody for a review, in the same words. Ends the round whether or not it could be sent. */
export const createHandler = (ports: MailPorts) =>
  createStep(FollowUpStep, async ({ plan, now, retry }) => {
    const { sale } = await loadSale(ports, plan.saleId);
    const mayAsk =
      isReviewDue(ports.settings.config, sale) && !isOver(sale) && openPromises(sale).length === 0;
    const wasClaimed = sale.journal.some(
      (entry) => entry.type === 'claimed' && entry.message === 'review-ask',
    );
    let did = 'nothing to ask';
    if (mayAsk || wasClaimed) {
      const delivery = await deliver(ports, sale, reviewMail(ports, sale, now), now, retry);
      if (delivery.kind === 'unclear' && delivery.isNews)
        await tellOwnerItIsUnclear(ports, sale, 'review-ask', now, retry);
      did = delivery.kind;
    }
    await ports.sales.append(sale.id, { type: 'ended', at: now, round: plan.round });
    return { did };
  });
