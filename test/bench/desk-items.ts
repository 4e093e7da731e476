/** A shop after some months: what the adapters would have written for 100,000 sales over the staff of the sample configuration. */
import { createIds } from '../../functions/adapters/ids.ts';
import type { Item } from '../../functions/adapters/table.ts';
import { countsOf, monthsUntil } from '../../functions/core/after/count.ts';
import { toEpochMs, toInstant } from '../../functions/core/calendar.ts';
import { searchKeysOf } from '../../functions/core/desk/search-keys.ts';
import { type SaleId, saleIdOf } from '../../functions/core/ids.ts';
import { type Entry, keyOf } from '../../functions/core/journal.ts';
import { type PromiseRow, rowOf } from '../../functions/core/promises/row.ts';
import { foldSale, SaleRecord, type StoredSale } from '../../functions/core/sale.ts';
import { configuration } from '../fixtures/configuration.ts';

export const NOW = '2026-11-23T08:00:00.000Z';
export const config = configuration();
const OWNERS = config.staff.map(({ id }) => id);
const FIRST = ['Selma', 'Jonas', 'Nadia', 'Zoë', 'Björn', 'Ana', 'Ben', 'Mara', 'Theo', 'Lea', 'Omar', 'Ida'];
const LAST = ['Aydin', 'Weber', 'Rossi', 'Müller', 'Keller', 'Meier', 'Schmid', 'Novak', 'Silva', 'Kaya'];

export const daysFrom = (days: number): string => toInstant(toEpochMs(NOW) + days * 86_400_000);
const pick = <T>(list: readonly T[], n: number): T => {
  const found = list[n % list.length];
  if (found === undefined) throw new Error('An empty list');
  return found;
};

const goods = config.journeys['goods'];

type Size = { sales: number; promises: number };

/** A sale as it is after some months: ordered, delivered, asked, reminded. Half of those with a promise are due by today. */
const storedSale = (n: number, promises: number): StoredSale => {
  const id = saleIdOf('shop', `A-${n}`);
  const at = daysFrom(-20 - (n % 200));
  const owner = pick(OWNERS, n);
  const told = { at, eventId: `e-${n}`, occurredAt: at };
  const order = {
    number: `#${n}`,
    placedAt: at,
    paidAt: at,
    lines: [{ lineId: '1', title: 'Touring bike Jura', quantity: 1 }],
    total: { amount: `${50 + (n % 2000)}.00`, currency: 'CHF' },
    tags: [],
  };
  const isSilent = Math.floor(n / OWNERS.length) % 4 === 0;
  const entries: Entry[] = [
    { type: 'ordered', ...told, order },
    { type: 'delivered', ...told, eventId: `d-${n}` },
    { type: 'started', at, round: 1, checkInAt: at, because: '4 days after it was delivered' },
    { type: 'claimed', at, message: 'check-in', attempt: 1 },
    { type: 'sent', at, message: 'check-in', attempt: 1, messageId: `m-${n}`, to: 'customer' },
  ];
  if (n < promises)
    entries.push({
      type: 'promised',
      at: daysFrom(-5),
      promise: 'call-1',
      kind: 'call',
      because: isSilent ? 'silent' : 'staff',
      owner,
      level: 0,
      dueAt: daysFrom((Math.floor(n / OWNERS.length) % 20) / 2 - 4.9),
      private: { words: 'We ring you within a week of your first ride.' },
    });
  const record = SaleRecord.parse({
    v: 1,
    id,
    source: 'shop',
    orderId: `A-${n}`,
    createdAt: at,
    journeyName: 'goods',
    journey: goods,
    owner,
    locale: 'en',
    zone: 'Europe/Zurich',
  });
  const name = `${pick(FIRST, n)} ${pick(LAST, Math.floor(n / 12))}`;
  const customer = { name, email: `c${n}@example.org`, phone: '+41 79 555 03 30' };
  return { id, record, customer, entries };
};

export const ids = createIds();

const scoreItem = (n: number, id: SaleId): Item => {
  const owner = pick(OWNERS, n);
  const at = daysFrom(-(n % 170));
  const result = pick(['kept', 'kept', 'kept', 'late', 'broken', 'assumed'] as const, n);
  const data = { saleId: id, promise: 'call-1', term: 1, owner, at, dueAt: at, result };
  return { sale: `score#${owner}`, item: `${at}#${id}#call-1#1`, data: JSON.stringify(data) };
};

const MONTHS = monthsUntil(NOW, 12);
const PARTS = 16;
const ENDED = ['delighted', 'delighted', 'content', 'recovered', 'unhappy', 'silent', 'silent'] as const;

/** As adapters/outcome-counts.ts leaves them once every sale has been counted; one in five bought again. */
const countedItem = (n: number, sales: number): Item => {
  const sets: Record<string, Set<string>> = {};
  const add = (name: string, number: string) => {
    sets[name] = (sets[name] ?? new Set()).add(number);
  };
  for (let sale = n; sale < sales; sale += MONTHS.length * PARTS) {
    const number = ids.digest(`counted ${sale}`).slice(0, 8);
    const turn = Math.floor(sale / (MONTHS.length * PARTS));
    add(pick(ENDED, turn), number);
    if (turn % 5 === 0) add('again', number);
  }
  const part = String(n % PARTS).padStart(2, '0');
  const { again = new Set<string>(), ...outcomes } = sets;
  const counts = countsOf({ outcomes, boughtAgain: again, recommended: new Set(), referred: new Set() });
  const month = pick(MONTHS, Math.floor(n / PARTS));
  return { sale: `counts#${month}`, item: part, data: JSON.stringify(counts), version: 1 };
};

const listedItem = (row: PromiseRow): Item => ({
  sale: row.saleId,
  item: `listed#${row.promise}`,
  openOf: row.owner,
  dueAt: row.dueAt,
  data: JSON.stringify(row),
  scored: 0,
});

/** Everything the adapters would have written for the sale. */
export const itemsOf =
  ({ sales, promises }: Size) =>
  (n: number): Item[] => {
    const stored = storedSale(n, promises);
    const sale = foldSale(stored);
    const [promise] = sale?.promises ?? [];
    const row = sale === undefined || promise === undefined ? undefined : rowOf(config, sale, promise, NOW);
    const keys = sale === undefined ? [] : searchKeysOf(sale, ids.digest);
    return [
      { sale: stored.id, item: 'record', data: stored.record },
      { sale: stored.id, item: 'customer', data: stored.customer, asOf: stored.record?.createdAt },
      ...stored.entries.map((entry) => ({ sale: stored.id, item: `entry#${keyOf(entry)}`, data: entry })),
      ...(row === undefined ? [] : [listedItem(row)]),
      ...keys.map(({ partition, sort, words }) => ({
        sale: partition,
        item: sort,
        saleId: stored.id,
        ...(words === undefined ? {} : { words: [...words] }),
      })),
      ...(n < 2500 ? [scoreItem(n, stored.id)] : []),
      ...(n < MONTHS.length * PARTS ? [countedItem(n, sales)] : []),
    ];
  };
