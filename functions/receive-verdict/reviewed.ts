/** "I have written one already": nobody asks this person for a review any more, whatever they bought. */
import type { SalePorts } from '../adapters/ports.ts';
import { wasReviewed } from '../core/after/review.ts';
import type { Instant } from '../core/ids.ts';
import type { Sale } from '../core/sale.ts';
import { REVIEWED } from '../pages/after.ts';
import { findSale } from '../steps/load.ts';
import { noteReview } from '../steps/note-review.ts';
import { tellOrLeave } from '../steps/tell-workflow.ts';

export const isReviewedPress = (form: URLSearchParams): boolean => form.get('act') === REVIEWED;

/** Where nobody would be asked there is nothing to say. */
export const mayTellReviewed = ({ settings }: Pick<SalePorts, 'settings'>, sale: Sale): boolean =>
  settings.config.shop.reviewUrl !== undefined &&
  sale.record.journey.review !== undefined &&
  !wasReviewed(sale);

export const recordReviewed = async (ports: SalePorts, sale: Sale, now: Instant): Promise<Sale> => {
  await ports.sales.append(sale.id, { type: 'reviewed', at: now, eventId: 'customer', occurredAt: now });
  const fresh = (await findSale(ports, sale.id))?.sale ?? sale;
  await noteReview(ports, fresh);
  return (await tellOrLeave(ports, sale.id, now)) ?? fresh;
};
