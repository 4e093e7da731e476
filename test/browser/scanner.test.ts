/** A mail gateway's browser at our pages: it waits, clicks, submits. Nothing follows of it but a note or a held answer. */
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { newOrder, type Placed, placed } from '../e2e/orders.ts';
import { dumpTables } from '../e2e/tables.ts';
import { linkTo, type OpenWorld, openWorld } from '../e2e/world.ts';
import { describeInBrowser, type OpenBrowser, openBrowser } from './browser.ts';

const SLOW = 180_000;
/** What alone a submitted form may leave. */
const HELD = new Set(['replied', 'unconfirmed']);

describeInBrowser('a scanner with a browser', () => {
  let world: OpenWorld;
  let browser: OpenBrowser;
  /** One for all visits: the last test shows that none of them leaves anything in it. */
  let context: BrowserContext;
  let page: Page;
  let silent: Placed;
  let unhappy: Placed;
  /** One link to each kind of page. */
  let links: string[];

  beforeAll(async () => {
    world = await openWorld({ assembly: inject('assembly') });
    browser = await openBrowser();
    context = await browser.context();
    page = await context.newPage();
    const now = await world.now();
    [silent, unhappy] = [newOrder(now), newOrder(now)];
    for (const order of [silent, unhappy]) await world.send(placed(order));
    await world.advance('P14D');
    const form = linkTo((await world.mailsTo(unhappy.email))[0], 'r');
    await world.submit(form, { rating: '1', words: 'The heel came off.' });
    await world.advance('PT2H');
    const checkIn = (await world.mailsTo(silent.email))[0];
    const owed = (await world.mailsTo(unhappy.email)).find((mail) =>
      mail.links.some((one) => one.includes('/s/')),
    );
    const task = (await world.mails()).find((mail) => mail.links.some((one) => one.includes('/p/')));
    links = [linkTo(checkIn, 'r'), linkTo(checkIn, 'u'), linkTo(owed, 's'), linkTo(task, 'p')];
  }, SLOW);
  afterAll(async () => {
    await browser?.close();
    await world?.close();
  });

  const openBeside = async (link: string): Promise<Page> => {
    const beside = await context.newPage();
    await beside.goto(link);
    return beside;
  };

  const typesOf = async (order: Placed) =>
    (await world.sale('shopify', order.id)).journal.map((entry) => ({
      type: entry.type,
      isHeld: entry.type === 'unconfirmed' || entry['isUnconfirmed'] === true,
    }));
  const factsOf = async (order: Placed) => {
    const { sale, promises } = await world.sale('shopify', order.id);
    return { outcome: sale.outcome, promises, mails: (await world.mailsTo(order.email)).length };
  };
  const factsOfAll = async () => [
    await factsOf(silent),
    await factsOf(unhappy),
    (await world.mails()).length,
  ];

  it(
    'that keeps every page open changes nothing',
    async () => {
      const before = await dumpTables(world.aws);
      const pages = await Promise.all(links.map(openBeside));

      await pages[0]?.waitForTimeout(5000);
      await Promise.all(pages.map((one) => one.close()));

      expect(await dumpTables(world.aws)).toBe(before);
    },
    SLOW,
  );

  it(
    'that clicks every link of every page changes nothing',
    async () => {
      const before = await dumpTables(world.aws);
      for (const link of links) {
        await page.goto(link);
        const hrefs = await page
          .locator('a[href]')
          .evaluateAll((all) => all.map((one) => String(Reflect.get(one, 'href'))));
        for (const href of hrefs.filter((one) => one.startsWith(world.url))) {
          await page.goto(link);
          await page
            .locator(`a[href="${href.slice(world.url.length)}"], a[href="${href}"]`)
            .first()
            .click();
        }
      }
      await world.idle();

      expect(await dumpTables(world.aws)).toBe(before);
    },
    SLOW,
  );

  /** Fills in what it can and lets no browser stop it, as such programs do. */
  const fill = `(() => {
    for (const one of document.querySelectorAll('input[type=radio]')) one.checked = true;
    for (const one of document.querySelectorAll('textarea')) one.value = 'test';
    for (const one of document.querySelectorAll('details')) one.open = true;
    for (const one of document.forms) one.noValidate = true;
  })()`;

  it.each(['by a script', 'by a click on each of its buttons'])(
    'that submits every form %s moves nothing and owes nothing',
    async (how) => {
      const before = await factsOfAll();
      for (const link of links) {
        await page.goto(link);
        const forms = await page.locator('form').count();
        const buttons = await page.locator('form button').count();
        const count = how === 'by a script' ? forms : buttons;
        for (let index = 0; index < count; index += 1) {
          await page.goto(link);
          await page.evaluate(fill);
          if (how === 'by a script') {
            await Promise.all([
              page.waitForEvent('load'),
              page.evaluate(`document.forms[${index}].submit()`),
            ]);
          } else {
            await Promise.all([
              page.waitForEvent('load'),
              page.evaluate(`document.querySelectorAll('form button')[${index}].click()`),
            ]);
          }
          expect(await page.locator('main').textContent()).not.toBe('');
        }
      }
      await world.idle();
      await world.advance('PT1M');

      expect(await factsOfAll()).toEqual(before);
      const added = (await Promise.all([silent, unhappy].map(typesOf))).flat().filter(({ isHeld }) => isHeld);
      expect(added.length).toBeGreaterThan(2);
      expect(added.every(({ type }) => HELD.has(type))).toBe(true);
    },
    SLOW,
  );

  it(
    'and a person whom we doubted is asked once more, kindly, and heard',
    async () => {
      await page.goto(`${links[0]}?rating=4`);
      /* As quick as no machine under load can promise to be: without a hand. */
      await Promise.all([
        page.waitForEvent('load'),
        page.evaluate(`document.querySelector('main form button').click()`),
      ]);

      expect(await page.locator('h1').textContent()).toBe('One more press, please');
      await world.advance('PT3S');
      await page.locator('main form button').click();

      expect(await page.locator('h1').textContent()).not.toBe('One more press, please');
      expect((await world.sale('shopify', silent.id)).sale.outcome).toBe('delighted');
    },
    SLOW,
  );

  it('leaves with nothing: no page gives a cookie or stores anything', async () => {
    expect(await context.storageState()).toEqual({ cookies: [], origins: [] });
  });
});
