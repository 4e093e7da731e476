/** The real thing in a real browser: the one-machine runtime, its mails, the pages behind their links. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { newOrder, placed } from '../e2e/orders.ts';
import { linkTo, type OpenWorld, openWorld } from '../e2e/world.ts';
import { loadAxe, violationsOf } from './accessibility.ts';
import { describeInBrowser, type OpenBrowser, openBrowser } from './browser.ts';

const SCREENSHOTS = join(import.meta.dirname, '../../.build/screenshots');
const SLOW = 120_000;

describeInBrowser('a sale in a browser', () => {
  let world: OpenWorld;
  let browser: OpenBrowser;

  beforeAll(async () => {
    await mkdir(SCREENSHOTS, { recursive: true });
    world = await openWorld({ assembly: inject('assembly') });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await world?.close();
  });

  const open = async (link: string, javaScriptEnabled: boolean, width = 390): Promise<Page> => {
    const context = await browser.context({ viewport: { width, height: 844 }, javaScriptEnabled });
    const page = await context.newPage();
    await page.goto(link);
    /* A person reads before they press. */
    await world.advance('PT3S');
    return page;
  };
  const checked = async (page: Page, name: string): Promise<void> => {
    await page.screenshot({ path: join(SCREENSHOTS, `live-${name}.png`), fullPage: true });
    if (name.startsWith('plain-')) return;
    await loadAxe(page);
    expect(await violationsOf(page)).toEqual([]);
  };

  it(
    'is answered by its customer, put right by its owner and closed by its customer, each on their own page',
    async () => {
      const order = newOrder(await world.now());
      await world.send(placed(order));
      await world.advance('P14D');
      const [checkIn] = await world.mailsTo(order.email);

      const form = await open(`${linkTo(checkIn, 'r')}?rating=2`, true);
      await checked(form, 'reply-form');
      expect(await form.locator('input[name=rating]:checked').inputValue()).toBe('2');
      await form.locator('textarea[name=words]').fill('The left boot creaks.');
      await form.locator('main button[type=submit], main form button').first().click();
      await checked(form, 'thanks');
      expect((await world.sale('shopify', order.id)).sale.outcome).toBe('unhappy');
      await world.idle();

      const task = (await world.mails()).find((mail) => mail.text.includes('The left boot creaks.'));
      const desk = await open(linkTo(task, 'p'), true);
      await checked(desk, 'staff-promise');
      await desk.locator('details:has(textarea[name=what]) > summary').click();
      await desk.locator('textarea[name=what]').fill('A new pair is on its way.');
      await desk.locator('form:has(textarea[name=what]) button').click();
      await checked(desk, 'staff-promise-done');
      await world.idle();

      const question = (await world.mailsTo(order.email)).at(-1);
      const mine = await open(linkTo(question, 's'), true);
      await checked(mine, 'customer-page');
      await mine.locator('button[value=yes], form:has(input[value=yes]) button').first().click();
      await checked(mine, 'customer-page-kept');
      await world.idle();

      expect((await world.sale('shopify', order.id)).sale.outcome).toBe('recovered');
    },
    SLOW,
  );

  it(
    'can be answered without JavaScript, on a page of less than 15 kB',
    async () => {
      const order = newOrder(await world.now());
      await world.send(placed(order));
      await world.advance('P14D');
      const [checkIn] = await world.mailsTo(order.email);

      const form = await open(linkTo(checkIn, 'r'), false);
      const size = Buffer.byteLength(await form.content());
      await checked(form, 'plain-reply-form');
      await form.locator('input[name=rating][value="5"]').check();
      await form.locator('main button').first().click();

      expect(size).toBeLessThan(15_000);
      expect((await world.sale('shopify', order.id)).sale.outcome).toBe('delighted');
    },
    SLOW,
  );

  it(
    'can be tried from the console: order, clock, mail, story',
    async () => {
      const page = await open(`${world.url}/`, true, 1280);
      await page
        .getByRole('button', { name: /shopify/i })
        .first()
        .click();
      await page.locator('#sale-count:text-is("3")').waitFor();
      await world.idle();
      /* Easter lies between, and nobody is written to on a holiday. */
      await world.advance('P20D');

      await page.locator('#to-mailbox').click();
      await page.locator('#mails a, #mails button').first().click();
      await page.waitForSelector('#mail h2, #mail h1');
      await checked(page, 'console-mailbox');
      await page.locator('#to-sales').click();
      await page.locator('#sale-list a').first().click();
      await page.waitForSelector('#sale h2, #sale h1');

      await checked(page, 'console-sales');
      expect((await page.locator('#sale').allTextContents()).join()).toContain('check-in');
    },
    SLOW,
  );
});
