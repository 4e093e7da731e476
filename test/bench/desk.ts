/**
 * How long each page of the staff desk takes at 100,000 sales and 5,000 open promises over 4 members: the real handler and
 * adapters against the DynamoDB of one machine, on disk and through its endpoint.
 */
import { createBookings } from '../../functions/adapters/bookings.ts';
import { createDeskStore } from '../../functions/adapters/desk-store.ts';
import { createTable } from '../../functions/adapters/dynamodb.ts';
import { createHeldSales } from '../../functions/adapters/held-sales.ts';
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
import type { Table } from '../../functions/adapters/table.ts';
import { OPEN_INDEX } from '../../functions/core/promises/row.ts';
import { createHandler } from '../../functions/staff-desk/handler.ts';
import { contentDir, publicUrl } from '../fixtures/configuration.ts';
import { context, httpRequest } from '../fixtures/invocations.ts';
import { startLocalAws } from '../unit/local-aws/local-aws.ts';
import { config, daysFrom, ids, itemsOf, NOW } from './desk-items.ts';
import type { Bench, Figure } from './figure.ts';
import { fillTable } from './fill-table.ts';
import { inFolder, median, rounded } from './measuring.ts';

const LIMIT_MS = 300;

const text = (name: string) => ({ AttributeName: name, AttributeType: 'S' as const });
const key = (AttributeName: string, KeyType: 'HASH' | 'RANGE') => ({ AttributeName, KeyType });

const portsOn = (sales: Table, links: Table, parked: Table): DeskPorts => ({
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
  box: createPostBox(parked, 90),
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
const PARKED_TABLE = {
  TableName: 'Parked',
  KeySchema: [key('source', 'HASH'), key('id', 'RANGE')],
  AttributeDefinitions: ['source', 'id'].map(text),
};
const LINKS_TABLE = {
  TableName: 'Links',
  KeySchema: [key('digest', 'HASH')],
  AttributeDefinitions: [text('digest')],
};

type Size = { sales: number; promises: number; times: number };
const WHOLE: Size = { sales: 100_000, promises: 5000, times: 20 };
const QUICK: Size = { sales: 200, promises: 20, times: 2 };
/** Sale 4,321 is the one that is looked at. */
const LOOKED_AT = 4321;

const fill = async (folder: string, { sales, promises }: Size): Promise<number> => {
  const empty = await startLocalAws(folder);
  await empty.dynamodb.createTable(SALES_TABLE);
  await empty.dynamodb.createTable(LINKS_TABLE);
  await empty.dynamodb.createTable(PARKED_TABLE);
  await empty.stop();
  return fillTable(folder, SALES_TABLE, sales, itemsOf({ sales, promises }));
};

const pageTimes = async (ports: DeskPorts, address: string, member: string, times: number) => {
  const handler = createHandler(ports);
  const token = ids.token();
  await ports.desk.openSession(ids.digest(token), { member, expiresAt: daysFrom(1) });
  const [path = '', query = ''] = address.split('?');
  const took: number[] = [];
  for (let turn = 0; turn < times; turn += 1) {
    const start = performance.now();
    const request = { ...httpRequest({ path, query, at: NOW }), cookies: [`__Host-desk=${token}`] };
    const answer = await handler(request, context);
    took.push(performance.now() - start);
    if (answer.statusCode !== 200) throw new Error(`${address} answered ${answer.statusCode}`);
  }
  return took;
};

const measurePages = async (folder: string, { sales, times }: Size): Promise<Figure[]> => {
  const aws = await startLocalAws(folder);
  try {
    const { dynamodb } = aws.clients;
    const table = (name: string) => createTable(dynamodb, name);
    const ports = portsOn(table('Sales'), table('Links'), table('Parked'));
    const pages = PAGES.filter(([address]) => sales > LOOKED_AT || !address.includes(String(LOOKED_AT)));
    const figures: Figure[] = [];
    for (const [address, member] of pages) {
      const took = await pageTimes(ports, address, member, times);
      figures.push({
        ...{ id: `desk.${address}.${member}-ms`, what: `${address}, ${member}`, unit: 'ms' },
        ...{ value: rounded(Math.max(...took)), target: { atMost: LIMIT_MS } },
        note: `worst of ${times}, median ${rounded(median(took))}`,
      });
    }
    return figures;
  } finally {
    await aws.stop();
  }
};

export const bench: Bench = {
  name: 'desk',
  about:
    'Each page of the staff desk at 100,000 sales and 5,000 open promises: real handler, adapters and tables.',
  run: ({ isQuick, log }) =>
    inFolder(async (folder) => {
      const size = isQuick ? QUICK : WHOLE;
      log(`desk: ${await fill(folder, size)} items of ${size.sales} sales`);
      return measurePages(folder, size);
    }),
};
