/** Reads the tables as they lie there: what an item says, by its attributes alone. */
import type { Item, Seen } from './seen.ts';

export type Journaled = { key: string; type: string; at: string; says: Item };

export type Wait = { key: string; token: string; position: string; until: string; isOnIndex: boolean };

export type Listed = { promise: string; row: Item | undefined; openOf: string | undefined };

/** Everything that stands in one sale's partition. */
export type KeptSale = {
  id: string;
  record: Item | undefined;
  customer: Item | undefined;
  /** Oldest first; what happened in one instant stands causes first. */
  journal: Journaled[];
  waits: Wait[];
  listed: Listed[];
  counted: Item | undefined;
  aliasOf: string | undefined;
};

export type Kept = { sales: ReadonlyMap<string, KeptSale>; parked: readonly Item[] };

const isItem = (value: unknown): value is Item => typeof value === 'object' && value !== null;

export const itemIn = (item: Item | undefined, name: string): Item | undefined => {
  const value = item?.[name];
  return isItem(value) ? value : undefined;
};

export const textIn = (item: Item | undefined, name: string): string => {
  const value = item?.[name];
  return typeof value === 'string' ? value : '';
};

export const numberIn = (item: Item | undefined, name: string): number => {
  const value = item?.[name];
  return typeof value === 'number' ? value : 0;
};

export const listIn = (item: Item | undefined, name: string): readonly unknown[] => {
  const value = item?.[name];
  return Array.isArray(value) ? value : [];
};

const parsed = (text: string): Item | undefined => {
  if (text === '') return undefined;
  const value: unknown = JSON.parse(text);
  return isItem(value) ? value : undefined;
};

/** In one instant: what is said, then what is owed, then what became of it, then the mails about it. */
const CAUSES_FIRST = [
  'ordered',
  'fulfilled',
  'delivered',
  'cancelled',
  'refunded',
  'started',
  'rescheduled',
  'replied',
  'stopped',
  'resumed',
  'wrote',
  'erased',
  'promised',
  'taken',
  'handed-over',
  'moved',
  'offered',
  'offer-answered',
  'offer-lapsed',
  'said',
  'booked',
  'missed',
  'proposed',
  'judged',
  'escalated',
  'assumed',
  'waived',
  'withdrawn',
  'rescued',
];
const RANK = new Map(CAUSES_FIRST.map((type, index) => [type, index]));

const byTime = (a: Journaled, b: Journaled): number => {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  const rank = (RANK.get(a.type) ?? 99) - (RANK.get(b.type) ?? 99);
  return rank === 0 ? Number(a.key > b.key) - Number(a.key < b.key) : rank;
};

const emptySale = (id: string): KeptSale => ({
  ...{ id, record: undefined, customer: undefined, counted: undefined, aliasOf: undefined },
  ...{ journal: [], waits: [], listed: [] },
});

const add = (sale: KeptSale, key: string, item: Item): void => {
  const data = itemIn(item, 'data');
  if (key === 'record') sale.record = data;
  else if (key === 'customer') sale.customer = item;
  else if (key === 'alias') sale.aliasOf = textIn(data, 'to');
  else if (key === 'counted') sale.counted = parsed(textIn(item, 'data'));
  else if (key.startsWith('entry#') && data !== undefined)
    sale.journal.push({ key, type: textIn(data, 'type'), at: textIn(data, 'at'), says: data });
  else if (key.startsWith('wait#'))
    sale.waits.push({
      key: key.slice('wait#'.length),
      token: textIn(data, 'token'),
      position: textIn(data, 'position'),
      until: textIn(data, 'until'),
      isOnIndex: item['dueOf'] !== undefined,
    });
  else if (key.startsWith('listed#'))
    sale.listed.push({
      promise: key.slice('listed#'.length),
      row: parsed(textIn(item, 'data')),
      openOf: item['openOf'] === undefined ? undefined : textIn(item, 'openOf'),
    });
};

/** Only partitions named `<source>/<order>` are sales; the others are lists. */
export const keptIn = ({ tables }: Seen): Kept => {
  const sales = new Map<string, KeptSale>();
  for (const item of tables.sales) {
    const id = textIn(item, 'sale');
    if (!id.includes('/')) continue;
    const sale = sales.get(id) ?? emptySale(id);
    sales.set(id, sale);
    add(sale, textIn(item, 'item'), item);
  }
  for (const sale of sales.values()) sale.journal.sort(byTime);
  return { sales, parked: tables.parked };
};

export const entriesOf = (sale: KeptSale | undefined, type: string): Journaled[] =>
  (sale?.journal ?? []).filter((entry) => entry.type === type);

/** The sale an id stands for. */
export const saleOf = ({ sales }: Kept, id: string): KeptSale | undefined => {
  const found = sales.get(id);
  return found?.aliasOf === undefined ? found : sales.get(found.aliasOf);
};

export const isErased = (sale: KeptSale | undefined): boolean => entriesOf(sale, 'erased').length > 0;

const MINUTE_MS = 60_000;

/** Nothing waits longer than a minute past its time once everything is well again. */
export const isOverdue = (until: string, now: string): boolean =>
  Date.parse(until) + MINUTE_MS < Date.parse(now);
