/** Whether a review is still to be asked for: of everybody, in the same words, once, and never of whoever wrote one. */
import { toEpochMs } from '../calendar.ts';
import type { Configuration } from '../configuration.ts';
import type { Decision } from '../conversation/entries.ts';
import type { Instant } from '../ids.ts';
import { isOver } from '../outcome.ts';
import type { Standing } from '../person/standing.ts';
import { stoppedClasses } from '../person/stops.ts';
import type { Sale } from '../sale.ts';
import { isStillToCome } from '../touch.ts';
import { isAskedTogether } from '../when/together.ts';

export const wasReviewed = ({ journal }: Sale): boolean => journal.some(({ type }) => type === 'reviewed');

/** The journey wants one, there is a place for it, nobody asked yet; to have put it off is not to have asked. */
export const isReviewDue = (config: Configuration, sale: Sale): boolean =>
  sale.record.journey.review !== undefined &&
  config.shop.reviewUrl !== undefined &&
  sale.customer.email !== undefined &&
  sale.facts.order?.isGift !== true &&
  !isAskedTogether(sale) &&
  !stoppedClasses(sale.journal).has('review') &&
  !wasReviewed(sale) &&
  isStillToCome(sale.journal, 'review-ask');

export const isReviewAhead = (config: Configuration, sale: Sale): boolean =>
  isReviewDue(config, sale) && !isOver(sale);

/** Whoever wrote a review is asked for the next one after a year at the earliest, whatever they buy meanwhile. */
const REVIEWED_DAYS = 365;
const DAY_MS = 86_400_000;

const reviewedLately = ({ reviewedAt }: Standing, now: string): Instant | undefined =>
  reviewedAt !== undefined && toEpochMs(now) - toEpochMs(reviewedAt) < REVIEWED_DAYS * DAY_MS
    ? reviewedAt
    : undefined;

/** Why the person behind this sale is not asked; undefined when they may be. */
export const whyNotReview = (standing: Standing, now: string): Decision | undefined => {
  const reviewedAt = reviewedLately(standing, now);
  return reviewedAt === undefined ? undefined : { rule: 'reviewed', inputs: { reviewedAt } };
};
