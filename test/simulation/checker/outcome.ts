/** Our own reading of how a sale stands: as the README says it, not as the product computes it. */
import { entriesOf, type KeptSale, listIn, numberIn, textIn } from './items.ts';
import { type Owed, replayPromises } from './replay.ts';
import type { Item } from './seen.ts';

const itemOf = (value: unknown): Item => (typeof value === 'object' && value !== null ? { ...value } : {});

/** The answers that count: what a program may have sent counts once a person has confirmed it. */
export const answersOf = (sale: KeptSale): Item[] => {
  const confirmed = new Set(entriesOf(sale, 'confirmed').map(({ says }) => numberIn(says, 'n')));
  return entriesOf(sale, 'replied')
    .map(({ says }) => says)
    .filter((says) => says['isUnconfirmed'] !== true || confirmed.has(numberIn(says, 'n')))
    .sort((a, b) => numberIn(a, 'n') - numberIn(b, 'n'));
};

/** The shop took it back: cancelled, refunded as a whole, or every line of it. */
export const endedBy = (sale: KeptSale): 'cancelled' | 'refunded' | undefined => {
  if (entriesOf(sale, 'cancelled').length > 0) return 'cancelled';
  const refunds = entriesOf(sale, 'refunded');
  if (refunds.some(({ says }) => says['isFull'] === true)) return 'refunded';
  const newest = entriesOf(sale, 'ordered').reduce<Item | undefined>(
    (best, { says }) =>
      best === undefined || textIn(says, 'occurredAt') >= textIn(best, 'occurredAt') ? says : best,
    undefined,
  );
  const lines = listIn(itemOf(newest?.['order']), 'lines').map(itemOf);
  const back = (lineId: string) =>
    refunds
      .flatMap(({ says }) => listIn(says, 'lines').map(itemOf))
      .filter((line) => textIn(line, 'lineId') === lineId)
      .reduce((sum, line) => sum + numberIn(line, 'quantity'), 0);
  const isAllBack =
    refunds.length > 0 &&
    lines.length > 0 &&
    lines.every((line) => numberIn(line, 'quantity') <= back(textIn(line, 'lineId')));
  return isAllBack ? 'refunded' : undefined;
};

const isUnhappy = (says: Item): boolean => {
  const rating = itemOf(says['reply'])['rating'];
  return typeof rating === 'number' && rating <= 2;
};

const isDelighted = (says: Item): boolean => numberIn(itemOf(says['reply']), 'rating') >= 4;

/** Which kinds of mail the customer has stopped, and not taken back since. */
export const hasStopped = (sale: KeptSale, what: string): boolean => {
  const since = sale.journal.findLastIndex(({ type }) => type === 'resumed');
  return sale.journal
    .slice(since + 1)
    .filter(({ type }) => type === 'stopped')
    .some(({ says }) => says['classes'] === undefined || listIn(says, 'classes').includes(what));
};

const wasPutRight = (owed: readonly Owed[], since: string): boolean =>
  owed.some(({ kind, status, closedAt }) => kind === 'resolve' && status === 'kept' && closedAt >= since);

/** Undefined while nothing is known. Silence is never happiness. */
export const outcomeOf = (sale: KeptSale): string | undefined => {
  const owed = replayPromises(sale);
  const answer = answersOf(sale).at(-1);
  if (answer !== undefined) {
    if (isUnhappy(answer)) return wasPutRight(owed, textIn(answer, 'at')) ? 'recovered' : 'unhappy';
    if (wasPutRight(owed, '')) return 'recovered';
    return isDelighted(answer) ? 'delighted' : 'content';
  }
  if (endedBy(sale) !== undefined) return 'cancelled';
  if (hasStopped(sale, 'check-in')) return 'opted-out';
  return owed.some(({ because }) => because === 'silent' || because === 'cannot-write')
    ? 'silent'
    : undefined;
};
