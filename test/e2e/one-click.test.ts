/** RFC 8058 as mail programs really do it: a table of requests against the running stack. */
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import config from '../../aftercare.config.ts';
import { newOrder, type Placed, placed } from './orders.ts';
import { dumpTables } from './tables.ts';
import { linkTo, type Mail, type OpenWorld, openWorld } from './world.ts';

type Asked = { order: Placed; mail: Mail; link: string };

let world: OpenWorld;
/** Orders whose check-in has gone out and has been heard of; each test takes one. */
const asked: Asked[] = [];
const MOST = 20;

beforeAll(async () => {
  world = await openWorld({ assembly: inject('assembly'), hasSchedules: false });
  const now = await world.now();
  const orders = Array.from({ length: MOST }, () => newOrder(now));
  for (const order of orders) await world.send(placed(order));
  await world.advance('P14D');
  await world.advance('PT1M');
  for (const order of orders) {
    const [mail] = await world.mailsTo(order.email);
    if (mail === undefined) throw new Error('The check-in is out');
    asked.push({ order, mail, link: linkTo(mail, 'u') });
  }
}, 120_000);
afterAll(() => world.close());

const take = (): Asked => {
  const one = asked.pop();
  if (one === undefined) throw new Error('There are more tests than orders');
  return one;
};

const stopsOf = async ({ id }: Placed) =>
  (await world.sale('shopify', id)).journal.filter(({ type }) => type === 'stopped');

const MULTIPART =
  '--x\r\ncontent-disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n';
const URLENCODED = { 'content-type': 'application/x-www-form-urlencoded' };

const REQUESTS: [string, RequestInit][] = [
  ['urlencoded, as the RFC shows it', { headers: URLENCODED, body: 'List-Unsubscribe=One-Click' }],
  [
    'multipart, as the RFC allows',
    { headers: { 'content-type': 'multipart/form-data; boundary=x' }, body: MULTIPART },
  ],
  ['without a body', {}],
  ['with a type and an empty body', { headers: URLENCODED, body: '' }],
  ['as plain text', { headers: { 'content-type': 'text/plain' }, body: 'List-Unsubscribe=One-Click' }],
  [
    'by a robot that names itself',
    { headers: { ...URLENCODED, 'user-agent': 'Mailbot/1.0' }, body: 'List-Unsubscribe=One-Click' },
  ],
  [
    'with a cookie of somebody else',
    { headers: { ...URLENCODED, cookie: 'session=1' }, body: 'List-Unsubscribe=One-Click' },
  ],
];

describe('the header of every mail that asks', () => {
  it('names one address in brackets, then one to write to, and the one-click post', async () => {
    const { mail, link } = take();
    const header = new Map(Object.entries(mail.headers).map(([name, value]) => [name.toLowerCase(), value]));
    const token = link.split('/').at(-1) ?? '';

    expect(header.get('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
    expect(header.get('list-unsubscribe')?.replace(/\s+/g, ' ')).toBe(
      `<${link}>, <mailto:u+${token}@${config.shop.replyDomain}>`,
    );
    expect(token).toMatch(/^[a-z2-7]{32}$/);
  }, 60_000);
});

describe('a one-click post', () => {
  it.each(REQUESTS)(
    '%s acts at once: 200, no redirect, no cookie',
    async (_, request) => {
      const { order, link } = take();

      const response = await fetch(link, { method: 'POST', redirect: 'manual', ...request });
      await world.idle();

      expect(response.status).toBe(200);
      expect(response.headers.get('set-cookie')).toBeNull();
      expect(response.headers.get('location')).toBeNull();
      expect(await stopsOf(order)).toMatchObject([{ method: 'one-click' }]);
      const { executions } = await world.sale('shopify', order.id);
      expect(executions.filter(({ status }) => status === 'RUNNING')).toEqual([]);
    },
    60_000,
  );

  it.each([
    ['nobody gave out', 'a'.repeat(32)],
    ['too short', 'x'],
    ['garbled', '%00%2e'],
    ['in capitals and nonsense', '!'.repeat(40)],
  ])(
    'on a token that is %s is answered 200 with nothing to read',
    async (_, token) => {
      const answers = await Promise.all(
        REQUESTS.map(([, request]) => fetch(`${world.url}/u/${token}`, { method: 'POST', ...request })),
      );

      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
      expect(new Set(await Promise.all(answers.map((one) => one.text())))).toEqual(new Set(['']));
    },
    60_000,
  );

  it('twice, at once, is one stop', async () => {
    const { order, link } = take();

    await Promise.all([1, 2, 3].map(() => fetch(link, { method: 'POST' })));
    await fetch(link, { method: 'POST' });

    const stops = await stopsOf(order);
    expect(stops.length).toBeGreaterThanOrEqual(1);
    expect(stops.length).toBeLessThanOrEqual(3);
    const page = await world.submit(link, { undo: '1' });
    expect(page.text).toContain('All as before');
  }, 60_000);
});

describe('everything else', () => {
  it.each(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'PATCH'])(
    'by %s changes nothing',
    async (method) => {
      const { link } = take();
      const before = await dumpTables(world.aws);

      const response = await fetch(link, { method });
      await response.text();
      await world.idle();

      expect(await dumpTables(world.aws)).toBe(before);
    },
    60_000,
  );
});
