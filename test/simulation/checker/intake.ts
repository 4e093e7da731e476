/** L1, I1, I2: what was answered 2xx is in a sale or parked, and there is one sale for each order. */
import { type Kept, saleOf, textIn } from './items.ts';
import type { Finding, Seen, ShopWord, Told } from './seen.ts';

/** Under which type the journal keeps what a shop said. */
const KEPT_AS: Partial<Record<ShopWord, readonly string[]>> = {
  ordered: ['ordered'],
  paid: ['ordered'],
  fulfilled: ['fulfilled'],
  delivered: ['delivered'],
  cancelled: ['cancelled'],
  refunded: ['refunded', 'cancelled'],
  erase: ['erased'],
};

const isAcknowledged = ({ status }: Told): boolean => status >= 200 && status < 300;

const isKept = (kept: Kept, told: Told): boolean => {
  const sale = saleOf(kept, `${told.source}/${told.order}`);
  const types = KEPT_AS[told.word] ?? [];
  /* Whoever is forgotten is not written down again. */
  const isForgotten = sale?.journal.some(({ type }) => type === 'erased') === true;
  if (isForgotten && (told.word === 'erase' || told.word === 'ordered' || told.word === 'paid')) return true;
  return (sale?.journal ?? []).some(
    ({ type, says }) => types.includes(type) && textIn(says, 'eventId') === told.event,
  );
};

const isParked = ({ parked }: Kept, told: Told): boolean =>
  parked.some((item) => textIn(item, 'source') === told.source && textIn(item, 'body').includes(told.event));

const lost = (seen: Seen, kept: Kept): Finding[] => {
  if (!seen.isDrained) return [];
  const events = new Map(seen.told.filter(isAcknowledged).map((told) => [told.event, told]));
  return [...events.values()]
    .filter((told) => !isKept(kept, told) && !isParked(kept, told))
    .map((told) => ({
      law: 'I1',
      sale: `${told.source}/${told.order}`,
      what: `${told.word} (${told.event}) was answered ${told.status} and is neither in a sale nor parked`,
    }));
};

/** A sale that no shop announced came from nowhere. */
const invented = (seen: Seen, kept: Kept): Finding[] => {
  const announced = new Set(seen.told.map(({ source, order }) => `${source}/${order}`));
  return [...kept.sales.values()]
    .filter(({ id, record }) => record !== undefined && !announced.has(id))
    .map(({ id }) => ({ law: 'I2', sale: id, what: 'no shop has announced this order' }));
};

/** The guard row is found by its key alone, so it must say what its key says. */
const twofold = ({ sales }: Kept): Finding[] => {
  const known = new Map<string, string>();
  return [...sales.values()].flatMap(({ id, record }): Finding[] => {
    if (record === undefined) return [];
    const order = `${textIn(record, 'source')}/${textIn(record, 'orderId')}`;
    const other = known.get(order);
    known.set(order, id);
    if (other === undefined) return [];
    return [{ law: 'I2', sale: id, what: `order ${order} is the sale ${other} as well` }];
  });
};

export const judgeIntake = (seen: Seen, kept: Kept): Finding[] => [
  ...lost(seen, kept),
  ...invented(seen, kept),
  ...twofold(kept),
];
