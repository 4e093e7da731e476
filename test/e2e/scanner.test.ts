import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { newOrder, placed } from './orders.ts';
import { dumpTables } from './tables.ts';
import { linkTo, type OpenWorld, openWorld } from './world.ts';

let world: OpenWorld;
beforeAll(async () => {
  world = await openWorld({ assembly: inject('assembly'), hasSchedules: false });
});
afterAll(() => world.close());

/** Sales that have gone through every mail there is: both asks, the receipt, the verdict, the review, each staff note. */
const everyMail = async () => {
  const silent = newOrder(await world.now());
  const unhappy = newOrder(await world.now());
  const happy = newOrder(await world.now());
  for (const order of [silent, unhappy, happy]) await world.send(placed(order));
  await world.advance('P14D');
  await world.submit(linkTo((await world.mailsTo(happy.email))[0], 'r'), { rating: '5' });
  await world.submit(linkTo((await world.mailsTo(unhappy.email))[0], 'r'), { rating: '1', words: 'Broken.' });
  const task = (await world.mails()).find((mail) => mail.links.some((link) => link.includes('/p/')));
  await world.submit(linkTo(task, 'p'), { act: 'done', what: 'Mended.' });
  await world.advance('P4D');
  await world.submit(linkTo((await world.mailsTo(unhappy.email)).at(-1), 's'), { verdict: 'not-yet' });
  await world.advance('P20D');
  return world.mails();
};

/** What a scanner does to a page without a browser. */
const BEHAVIOURS: [string, RequestInit][] = [
  ['GET', {}],
  ['HEAD', { method: 'HEAD' }],
  ['OPTIONS', { method: 'OPTIONS' }],
  ['GET as a prefetch', { headers: { 'sec-purpose': 'prefetch;prerender', purpose: 'prefetch' } }],
];

test('no link of any mail, fetched in any way, changes a byte; nor the same links a day later', async () => {
  const mails = await everyMail();
  /* The mail service tells what became of the last mails a moment later. */
  await world.advance('PT5M');
  const links = [...new Set(mails.flatMap((mail) => mail.links))].filter((link) =>
    link.startsWith(world.url),
  );
  const statuses = new Set<string>();
  const fetchAll = async () => {
    for (const [name, request] of BEHAVIOURS)
      for (const link of links)
        for (const url of [link, `${link}?rating=1&verdict=yes&act=done&stop=asking`]) {
          const response = await fetch(url, request);
          await response.text();
          if (name !== 'OPTIONS') statuses.add(`${name} ${response.status}`);
        }
    await world.idle();
  };

  const before = await dumpTables(world.aws);
  await fetchAll();
  expect(await dumpTables(world.aws)).toBe(before);

  await world.advance('P1D');
  await world.advance('PT5M');
  const dayLater = await dumpTables(world.aws);
  await fetchAll();
  expect(await dumpTables(world.aws)).toBe(dayLater);

  expect(new Set(mails.map((mail) => mail.subject)).size).toBeGreaterThanOrEqual(6);
  expect(links.length).toBeGreaterThan(15);
  expect([...statuses].sort()).toEqual(['GET 200', 'GET as a prefetch 200', 'HEAD 200']);
}, 180_000);

test('a link nobody gave out meets one friendly page, whatever it looks like', async () => {
  const pages = await Promise.all(
    ['a'.repeat(32), 'short', '%00', '../../etc', `${'b'.repeat(31)}1`].map((token) =>
      world.get(`${world.url}/r/${encodeURIComponent(token)}`),
    ),
  );

  expect(new Set(pages.map((page) => page.status))).toEqual(new Set([404]));
  expect(new Set(pages.map((page) => page.text)).size).toBe(1);
  expect(pages[0]?.text).toContain('tel:');
});
