/** Whether what a shop answers is news: the journal knows what its webhooks have told. */
import { isDeepStrictEqual } from 'node:util';
import type { LoadedSale } from '../adapters/ports.ts';
import { isBefore } from '../core/calendar.ts';
import type { Instant } from '../core/ids.ts';
import { type EntryOf, entriesOf } from '../core/journal.ts';
import { foldFacts } from '../core/sale.ts';
import type { OrderedEvent, ShopEvent } from '../core/shop-event.ts';

/**
 * `untold`: the webhooks have not said it. `newer`: nothing happened, but the order reads differently now (its address, a
 * tag). `known`: nothing to do. `not-ours`: placed before we looked, and never heard of since.
 */
export type News = 'untold' | 'newer' | 'known' | 'not-ours';

/** When it was paid is told by seconds differently, and who sold it not at all. */
const asCompared = ({ order, customer }: { order: OrderedEvent['order']; customer: unknown }) => ({
  order: { ...order, paidAt: order.paidAt !== undefined, soldBy: undefined },
  customer,
});

const newestOf = (entries: readonly EntryOf<'ordered'>[]): EntryOf<'ordered'> | undefined =>
  entries.reduce<EntryOf<'ordered'> | undefined>(
    (best, entry) => (best === undefined || !isBefore(entry.occurredAt, best.occurredAt) ? entry : best),
    undefined,
  );

const orderNews = (event: OrderedEvent, sale: LoadedSale | undefined, since: Instant): News => {
  if (sale?.record === undefined) return isBefore(event.order.placedAt, since) ? 'not-ours' : 'untold';
  const newest = newestOf(entriesOf(sale.entries, 'ordered'));
  /* Its time is over: nothing that the shop says of the person is kept any more. */
  if (newest === undefined || !isBefore(newest.occurredAt, event.occurredAt)) return 'known';
  const isSame = isDeepStrictEqual(
    asCompared(event),
    asCompared({ order: newest.order, customer: sale.customer }),
  );
  return isSame ? 'known' : 'newer';
};

/** By what happened and not by the key: a webhook about a refund or a delivery names it otherwise than the order does. */
const isTold = (event: Exclude<ShopEvent, OrderedEvent>, { entries }: LoadedSale): boolean => {
  const isItself = entries.some(
    (entry) => entry.type === event.type && 'eventId' in entry && entry.eventId === event.eventId,
  );
  if (isItself) return true;
  switch (event.type) {
    case 'fulfilled':
      return entriesOf(entries, 'fulfilled').some(
        ({ occurredAt }) => !isBefore(occurredAt, event.occurredAt),
      );
    case 'delivered':
    case 'cancelled':
      return entries.some(({ type }) => type === event.type);
    case 'refunded':
      return event.isFull && foldFacts(entries).endedBy !== undefined;
    case 'reviewed':
      return false;
  }
};

const newsOf = (event: ShopEvent, sale: LoadedSale | undefined, since: Instant): News => {
  if (sale?.entries.some(({ type }) => type === 'erased') === true) return 'known';
  if (event.type === 'ordered') return orderNews(event, sale, since);
  /* Of a sale nobody knows: it may be one that comes with the next page, or one of long ago. */
  if (sale === undefined) return 'newer';
  return isTold(event, sale) ? 'known' : 'untold';
};

/** Of all that one body tells. */
export const judge = (
  events: readonly ShopEvent[],
  saleOf: (event: ShopEvent) => LoadedSale | undefined,
  since: Instant,
): News => {
  const all = events.map((event) => newsOf(event, saleOf(event), since));
  if (all.includes('not-ours')) return 'not-ours';
  return (['untold', 'newer'] as const).find((news) => all.includes(news)) ?? 'known';
};
