/** How a sale ended, or stands: computed from the journal, never stored. Silence is never counted as happy. */
import { moodOf } from './reply.ts';
import { lastReply, openPromises, type Sale } from './sale.ts';

export type Outcome =
  | 'delighted'
  | 'content'
  | 'recovered'
  | 'unhappy'
  | 'silent'
  | 'cancelled'
  | 'opted-out';

const wasPutRight = (sale: Sale, since: string): boolean =>
  sale.promises.some(
    (promise) => promise.kind === 'resolve' && promise.status === 'kept' && (promise.closedAt ?? '') >= since,
  );

/** Undefined while nothing is known yet. */
export const outcomeOf = (sale: Sale): Outcome | undefined => {
  const answer = lastReply(sale);
  if (answer !== undefined) {
    /* A mail only a person can understand is an answer and no complaint: `content` until somebody knows better. */
    if (moodOf(answer.reply) === 'unhappy') return wasPutRight(sale, answer.at) ? 'recovered' : 'unhappy';
    const wasKept = sale.promises.some((promise) => promise.kind === 'resolve' && promise.status === 'kept');
    if (wasKept) return 'recovered';
    return moodOf(answer.reply) === 'delighted' ? 'delighted' : 'content';
  }
  if (sale.facts.endedBy !== undefined) return 'cancelled';
  if (sale.isStopped) return 'opted-out';
  const isUnheard = sale.promises.some(({ because }) => because === 'silent' || because === 'cannot-write');
  return isUnheard ? 'silent' : undefined;
};

/** Nothing will be asked any more: refunded, cancelled, told to stop, forgotten. What is owed to somebody stays owed. */
export const isOver = (sale: Sale): boolean =>
  sale.facts.endedBy !== undefined || sale.isStopped || sale.isErased;

export type SaleStatus = 'open' | 'closed';

export const statusOf = (sale: Sale): SaleStatus => {
  if (openPromises(sale).length > 0) return 'open';
  return isOver(sale) || sale.isRoundOver ? 'closed' : 'open';
};
