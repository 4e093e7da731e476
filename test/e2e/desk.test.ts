import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { newOrder, placed } from './orders.ts';
import { dumpTables } from './tables.ts';
import { type OpenWorld, openWorld } from './world.ts';

const ANA = 'ana@shop.example';
const MARA = 'mara@shop.example';

let world: OpenWorld;
beforeAll(async () => {
  world = await openWorld({ assembly: inject('assembly'), hasSchedules: false });
});
afterAll(() => world.close());

type Call = {
  cookie?: string;
  method?: string;
  fields?: Record<string, string>;
  headers?: Record<string, string>;
};

const call = async (path: string, { cookie, method, fields, headers }: Call = {}) => {
  const response = await fetch(path.startsWith('http') ? path : `${world.url}${path}`, {
    method: method ?? (fields === undefined ? 'GET' : 'POST'),
    redirect: 'manual',
    headers: {
      ...(cookie === undefined ? {} : { cookie }),
      ...(fields === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
      ...headers,
    },
    ...(fields === undefined ? {} : { body: new URLSearchParams(fields).toString() }),
  });
  return {
    status: response.status,
    html: await response.text(),
    location: response.headers.get('location'),
    cookie: response.headers.get('set-cookie') ?? '',
  };
};

const wayIn = async (address: string): Promise<string> => {
  await call('/desk/sign-in', { fields: { address } });
  await world.idle();
  const mail = (await world.mailsTo(address)).findLast(({ links }) =>
    links.some((link) => link.includes('/desk/enter/')),
  );
  return mail?.links.find((link) => link.includes('/desk/enter/')) ?? 'no way in';
};

const come = async (address: string) => {
  const entered = await call(await wayIn(address), { fields: {} });
  const cookie = entered.cookie.split(';')[0] ?? '';
  const { html } = await call('/desk', { cookie });
  const csrf = /name="csrf" value="([0-9a-f]{64})"/.exec(html)?.[1] ?? '';
  return { entered, cookie, csrf };
};

describe('the desk on one machine', () => {
  test('is reached by a mailed link that works once, and shows what a silent customer is owed', async () => {
    const order = newOrder(await world.now());
    await world.send(placed(order));
    await world.advance('P26D');
    const { owner = '' } = (await world.sale('shopify', order.id)).promises[0] ?? {};
    const link = await wayIn(`${owner}@shop.example`);

    const shown = await call(link);
    const entered = await call(link, { fields: {} });
    const again = await call(link, { fields: {} });
    const cookie = entered.cookie.split(';')[0] ?? '';
    const silent = await call('/desk/silent', { cookie });
    const story = await call(`/desk/sale/shopify/${order.id}`, { cookie });

    expect([shown.status, entered.status, again.status]).toEqual([200, 303, 404]);
    expect(entered.cookie).toMatch(
      /^__Host-desk=[a-z2-7]{32}; Max-Age=43200; HttpOnly; Secure; SameSite=Lax; Path=\/$/,
    );
    expect(silent.html).toContain(`/desk/sale/shopify/${order.id}`);
    expect(story.html).toContain(order.email);
  });

  test('finds a customer by number and address as soon as the shop has spoken', async () => {
    const order = newOrder(await world.now());
    await world.send(placed(order));
    const { cookie } = await come(ANA);

    for (const q of [order.id, order.email, order.email.toUpperCase()]) {
      const { html } = await call(`/desk/search?q=${encodeURIComponent(q)}`, { cookie });
      expect(html).toContain(`href="/desk/sale/shopify/${order.id}"`);
    }
  });

  test('a promise made there has a workflow, is on its owner’s list, and the customer hears of it', async () => {
    const order = newOrder(await world.now());
    await world.send(placed(order));
    const { cookie, csrf } = await come(MARA);
    const fields = {
      csrf,
      act: 'promise',
      kind: 'call',
      words: 'Ana rings you about the boots.',
      owner: 'ana',
      stamp: 's',
    };

    const made = await call(`/desk/sale/shopify/${order.id}`, { cookie, fields });
    await world.idle();

    expect(made).toMatchObject({ status: 303, location: `/desk/sale/shopify/${order.id}?did=promised` });
    const { promises, executions } = await world.sale('shopify', order.id);
    expect(promises).toMatchObject([{ kind: 'call', status: 'open', owner: 'ana' }]);
    expect(executions.filter(({ machine }) => machine === 'Promise')).toMatchObject([{ status: 'RUNNING' }]);
    expect(
      (await world.mailsTo(order.email)).some(({ text }) => text.includes('Ana rings you about the boots.')),
    ).toBe(true);
    const opened = await call(`/desk/sale/shopify/${order.id}`, {
      cookie,
      fields: { csrf, act: 'open', promise: 'call-1' },
    });
    expect((await call(opened.location ?? '', { cookie })).html).toContain('Ana rings you about the boots.');
  });

  test('looking changes no table: every page by GET and HEAD, twice', async () => {
    const { cookie } = await come(MARA);
    const link = await wayIn(ANA);
    const before = await dumpTables(world.aws);

    const statuses = new Set<number>();
    for (const path of [
      '/desk',
      '/desk/',
      '/desk?of=team',
      '/desk/overdue',
      '/desk/silent',
      '/desk/search?q=a',
      '/desk/search?q=selma',
      '/desk/kept',
      '/desk/kept/team',
      '/desk/sign-in',
      '/desk/sign-out',
      '/desk/nowhere',
      '/desk/sale/shopify/none',
      link,
    ])
      for (const method of ['GET', 'HEAD', 'GET', 'HEAD'])
        statuses.add((await call(path, { cookie, method })).status);

    expect([...statuses].sort()).toEqual([200, 404]);
    expect(await dumpTables(world.aws)).toBe(before);
  });

  test('a press from elsewhere, without its token, or after signing out changes no table', async () => {
    const { cookie, csrf } = await come(MARA);
    const fields = { csrf, act: 'promise', kind: 'call', words: 'Never.', owner: 'ana' };
    const order = newOrder(await world.now());
    await world.send(placed(order));
    const path = `/desk/sale/shopify/${order.id}`;
    const before = await dumpTables(world.aws);

    const refused = [
      await call(path, { cookie, fields, headers: { 'sec-fetch-site': 'cross-site' } }),
      await call(path, { cookie, fields, headers: { origin: 'https://evil.example' } }),
      await call(path, { cookie, fields: { ...fields, csrf: '' } }),
      await call(path, { fields }),
    ];

    expect(refused.map(({ status }) => status)).toEqual([403, 403, 403, 303]);
    expect(await dumpTables(world.aws)).toBe(before);
    await call('/desk/sign-out', { cookie, fields: { csrf } });
    expect(await call('/desk', { cookie })).toMatchObject({ status: 303, location: '/desk/sign-in' });
  });

  test('an address nobody here has gets the same answer, no mail, and nothing is stored', async () => {
    const known = await call('/desk/sign-in', { fields: { address: ANA } });
    await world.idle();
    const mails = (await world.mails()).length;
    const before = await dumpTables(world.aws);

    const unknown = await call('/desk/sign-in', { fields: { address: 'mallory@shop.example' } });
    await world.idle();

    expect(unknown).toEqual(known);
    expect((await world.mails()).length).toBe(mails);
    expect(await dumpTables(world.aws)).toBe(before);
  });

  test('a session and a way in are over when their time is', async () => {
    const { cookie } = await come(ANA);
    const link = await wayIn(MARA);

    await world.advance('PT16M');
    expect((await call(link)).status).toBe(404);
    expect((await call('/desk', { cookie })).status).toBe(200);
    await world.advance('PT11H45M');
    expect((await call('/desk', { cookie })).status).toBe(303);
  });
});
