import type { SalePorts } from '../adapters/ports.ts';
import { isBefore } from '../core/calendar.ts';
import { entriesOf } from '../core/journal.ts';
import type { Sale } from '../core/sale.ts';
import { personDigest } from './digests.ts';

/** What a sale knows of a review holds for its person: none of their other sales asks for one. Safe to do twice. */
export const noteReview = async (
  { people, ids }: Pick<SalePorts, 'people' | 'ids'>,
  { journal, customer }: Sale,
): Promise<void> => {
  const review = entriesOf(journal, 'reviewed').at(-1);
  if (review === undefined || customer.email === undefined) return;
  const person = personDigest(ids, customer.email);
  const { reviewedAt } = await people.of(person);
  if (reviewedAt === undefined || isBefore(reviewedAt, review.occurredAt))
    await people.reviewed(person, review.occurredAt);
};
