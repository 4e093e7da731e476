/**
 * How long each page of the staff desk takes at 100,000 sales and 5,000 open promises over 4 members: the real handler and
 * adapters against the DynamoDB of one machine, on disk and through HTTP. Run it with `node test/bench/desk.ts`; fails
 * when a page takes 300 ms or more.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createBookings } from '../../functions/adapters/bookings.ts';
import { createDeskStore } from '../../functions/adapters/desk-store.ts';
import { createTable } from '../../functions/adapters/dynamodb.ts';
import { createHeldSales } from '../../functions/adapters/held-sales.ts';
import { createIds } from '../../functions/adapters/ids.ts';
import { createLinkStore } from '../../functions/adapters/link-store.ts';
import { createOutcomeCounts } from '../../functions/adapters/outcome-counts.ts';
import { createPauses } from '../../functions/adapters/pauses.ts';
import { createPeopleStore } from '../../functions/adapters/people-store.ts';
import { createPersonSearch } from '../../functions/adapters/person-search.ts';
import type { DeskPorts } from '../../functions/adapters/ports.ts';
import { createPostBox } from '../../functions/adapters/post-box.ts';
import { createPromiseLists } from '../../functions/adapters/promise-lists.ts';
import { createReferralStore } from '../../functions/adapters/referral-store.ts';
import { createSaleStore } from '../../functions/adapters/sale-store.ts';
import type { Item, Table } from '../../functions/adapters/table.ts';
import { countsOf, monthsUntil } from '../../functions/core/after/count.ts';
import { toEpochMs, toInstant } from '../../functions/core/calendar.ts';
import { searchKeysOf } from '../../functions/core/desk/search-keys.ts';
import { type SaleId, saleIdOf } from '../../functions/core/ids.ts';
import { type Entry, keyOf } from '../../functions/core/journal.ts';
import { OPEN_INDEX, type PromiseRow, rowOf } from '../../functions/core/promises/row.ts';
import { foldSale, SaleRecord, type StoredSale } from '../../functions/core/sale.ts';
import { createHandler } from '../../functions/staff-desk/handler.ts';
import { configuration, contentDir, publicUrl } from '../fixtures/configuration.ts';
import { context, httpRequest } from '../fixtures/invocations.ts';
import { startLocalAws } from '../unit/local-aws/local-aws.ts';
import { fillTable } from './fill-table.ts';

process.env['POWERTOOLS_LOG_LEVEL'] = 'SILENT';

const { values: flags } = parseArgs({
  options: {
    sales: { type: 'string', default: '100000' },
    promises: { type: 'string', default: '5000' },
    times: { type: 'string', default: '20' },
    /** Every open promise is late: nobody has done anything for ten days. */
    'all-due': { type: 'boolean', default: false },
  },
});
const SALES = Number(flags.sales);
const PROMISES = Number(flags.promises);
const TIMES = Number(flags.times);
const LIMIT_MS = 300;

const NOW = '2026-11-23T08:00:00.000Z';
const config = configuration();
const OWNERS = config.staff.map(({ id }) => id);
const FIRST = ['Selma', 'Jonas', 'Nadia', 'Zoë', 'Björn', 'Ana', 'Ben', 'Mara', 'Theo', 'Lea', 'Omar', 'Ida'];
const LAST = ['Aydin', 'Weber', 'Rossi', 'Müller', 'Keller', 'Meier', 'Schmid', 'Novak', 'Silva', 'Kaya'];

const daysFrom = (days: number): string => toInstant(toEpochMs(NOW) + days * 86_400_000);
const pick = <T>(list: readonly T[], n: number): T => {
  const found = list[n % list.length];
  if (found === undefined) throw new Error('An empty list');
  return found;
};

const goods = config.journeys['goods'];

/** A sale as it is after some months: ordered, delivered, asked, reminded. Half of those with a promise are due by today. */
const storedSale = (n: number): StoredSale => {
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
  if (n < PROMISES)
    entries.push({
      type: 'promised',
      at: daysFrom(-5),
      promise: 'call-1',
      kind: 'call',
      because: isSilent ? 'silent' : 'staff',
      owner,
      level: 0,
      dueAt: daysFrom((Math.floor(n / OWNERS.length) % 20) / 2 - (flags['all-due'] ? 10.1 : 4.9)),
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

const ids = createIds();

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
const countedItem = (n: number): Item => {
  const sets: Record<string, Set<string>> = {};
  const add = (name: string, number: string) => {
    sets[name] = (sets[name] ?? new Set()).add(number);
  };
  for (let sale = n; sale < SALES; sale += MONTHS.length * PARTS) {
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
const itemsOf = (n: number): Item[] => {
  const stored = storedSale(n);
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
    ...(n < MONTHS.length * PARTS ? [countedItem(n)] : []),
  ];
};

const text = (name: string) => ({ AttributeName: name, AttributeType: 'S' as const });
const key = (AttributeName: string, KeyType: 'HASH' | 'RANGE') => ({ AttributeName, KeyType });

const portsOn = (sales: Table, links: Table): DeskPorts => ({
  settings: { config, contentDir, publicUrl },
  ids,
  sales: createSaleStore(sales, { months: 24 }),
  people: createPeopleStore(sales),
  links: createLinkStore(links),
  lists: createPromiseLists(sales),
  bookings: createBookings(sales),
  search: createPersonSearch(sales),
  referrals: createReferralStore(sales),
  outcomes: createOutcomeCounts(sales),
  pauses: createPauses(sales),
  held: createHeldSales(sales),
  workflows: {
    startFollowUp: async () => true,
    startPromise: async () => true,
    isPromiseRunning: async () => true,
    succeed: async () => true,
    fail: async () => true,
  },
  forget: { send: async () => undefined },
  receipts: { open: async () => undefined, note: async () => undefined, find: async () => undefined },
  mailer: { send: async () => ({ kind: 'sent', messageId: 'm' }) },
  desk: createDeskStore(links),
  box: createPostBox(links, 90),
  evenPace: (work) => work(),
});

const PAGES = [
  ['/desk', 'urs'],
  ['/desk?of=team', 'urs'],
  ['/desk', 'nora'],
  ['/desk/overdue', 'nora'],
  ['/desk/overdue?of=team', 'urs'],
  ['/desk/silent', 'nora'],
  ['/desk/silent?of=team', 'urs'],
  ['/desk/sale/shop/A-4321', 'nora'],
  ['/desk/search?q=4321', 'nora'],
  ['/desk/search?q=mu', 'nora'],
  ['/desk/search?q=sel+mull', 'nora'],
  ['/desk/search?q=c4321%40example.org', 'nora'],
  ['/desk/kept', 'urs'],
  ['/desk/kept/team?which=all', 'urs'],
  ['/desk/coming-back', 'urs'],
] as const;

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

const SALES_TABLE = {
  TableName: 'Sales',
  KeySchema: [key('sale', 'HASH'), key('item', 'RANGE')],
  AttributeDefinitions: ['sale', 'item', 'openOf', 'dueAt'].map(text),
  GlobalSecondaryIndexes: [
    {
      IndexName: OPEN_INDEX,
      KeySchema: [key('openOf', 'HASH'), key('dueAt', 'RANGE')],
      Projection: { ProjectionType: 'ALL' },
    },
  ],
};
const LINKS_TABLE = {
  TableName: 'Links',
  KeySchema: [key('digest', 'HASH')],
  AttributeDefinitions: [text('digest')],
};

const folder = mkdtempSync(join(tmpdir(), 'aftercare-desk-'));
const began = performance.now();
const empty = await startLocalAws(folder);
await empty.dynamodb.createTable(SALES_TABLE);
await empty.dynamodb.createTable(LINKS_TABLE);
await empty.stop();
const items = await fillTable(folder, SALES_TABLE, SALES, itemsOf);
console.log(`${items} items of ${SALES} sales in ${Math.round((performance.now() - began) / 1000)} s\n`);

const aws = await startLocalAws(folder);
let isTooSlow = false;
try {
  const ports = portsOn(
    createTable(aws.clients.dynamodb, 'Sales'),
    createTable(aws.clients.dynamodb, 'Links'),
  );
  const handler = createHandler(ports);
  console.log('| page | by | median ms | worst ms | CPU ms |\n|---|---|---|---|---|');
  for (const [address, member] of PAGES) {
    const token = ids.token();
    await ports.desk.openSession(ids.digest(token), { member, expiresAt: daysFrom(1) });
    const [path = '', query = ''] = address.split('?');
    const times: number[] = [];
    const cpu = process.cpuUsage();
    for (let turn = 0; turn < TIMES; turn += 1) {
      const start = performance.now();
      const answer = await handler(
        { ...httpRequest({ path, query, at: NOW }), cookies: [`__Host-desk=${token}`] },
        context,
      );
      times.push(performance.now() - start);
      if (answer.statusCode !== 200) throw new Error(`${address} answered ${answer.statusCode}`);
    }
    const { user, system } = process.cpuUsage(cpu);
    const cpuMs = Math.round((user + system) / 1000 / TIMES);
    const worst = Math.max(...times);
    isTooSlow ||= worst >= LIMIT_MS;
    console.log(
      `| ${address} | ${member} | ${Math.round(median(times))} | ${Math.round(worst)} | ${cpuMs} |`,
    );
  }
} finally {
  await aws.stop();
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = isTooSlow ? 1 : 0;
