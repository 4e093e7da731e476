import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import PostalMime from 'postal-mime';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { CONSOLE_HEADERS, consoleAsset } from '../../lib/local/console/console-asset.ts';
import { loadAxe, violationsOf } from './accessibility.ts';
import { describeInBrowser, type OpenBrowser, openBrowser } from './browser.ts';
import { details, emails, meter, now, pages, pauses, sales } from './console-samples.ts';
import { calm, loud } from './dashboards-samples.ts';
import { type PageServer, type Served, servePages } from './page-server.ts';
import { focused, overflowAt } from './probes.ts';

const SCREENSHOTS = join(import.meta.dirname, '../../.build/screenshots');
const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1280, height: 900 };

const json = (value: unknown, status = 200): Served => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});

describeInBrowser('the console', () => {
  let server: PageServer;
  let browser: OpenBrowser;
  let page: Page;
  let isEmpty = false;
  let refusal: string | undefined;
  let sent: { path: string; type: string | undefined; body: string }[] = [];
  let complaints: string[] = [];

  const answer = (path: string): Served | undefined => {
    const asset = consoleAsset(path);
    if (asset)
      return { headers: { ...CONSOLE_HEADERS, 'content-type': asset.contentType }, body: asset.body };
    switch (path) {
      case '/_local/health':
        return json({ ready: true, now });
      case '/_local/emails':
        return json(isEmpty ? [] : emails);
      case '/_local/sales':
        return json(isEmpty ? [] : sales);
      case '/_local/alarms':
        return json(isEmpty ? calm : loud);
      case '/_local/pauses':
        return json(isEmpty ? [] : pauses);
      case '/_local/meter':
        return json(meter);
      case '/_local/pages':
        return json(pages);
      default: {
        const detail = details[decodeURIComponent(path.replace('/_local/sales/', ''))];
        return detail ? json(detail) : undefined;
      }
    }
  };

  beforeAll(async () => {
    await mkdir(SCREENSHOTS, { recursive: true });
    server = await servePages((path, request, body) => {
      if (request.method !== 'POST') return answer(path);
      sent.push({ path, type: request.headers['content-type'], body });
      return refusal ? json({ error: refusal }, 400) : json({ now, fired: 3 });
    });
    browser = await openBrowser();
    const context = await browser.context({ timezoneId: 'Europe/Zurich', reducedMotion: 'reduce' });
    page = await context.newPage();
    page.on('pageerror', (error) => complaints.push(error.message));
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });
  beforeEach(async () => {
    isEmpty = false;
    refusal = undefined;
    sent = [];
    complaints = [];
    await page.setViewportSize(DESKTOP);
    await page.emulateMedia({ colorScheme: 'light' });
  });
  afterEach(async () => {
    await page.goto('about:blank');
    expect(complaints).toEqual([]);
  });

  const open = async (hash = '') => {
    await page.goto(`${server.origin}/${hash}`);
    await page.locator('#meter dt').first().waitFor();
  };

  const VIEWS = [
    { name: 'first-run', hash: '', empty: true },
    { name: 'no-sales', hash: '#sales', empty: true },
    { name: 'mail', hash: '#mail/m1', empty: false },
    { name: 'sale', hash: '#sale/shopify/%231001', empty: false },
    { name: 'fresh-sale', hash: '#sale/woocommerce/727', empty: false },
  ];

  it.each(VIEWS)(
    'axe finds nothing on $name, light and dark, phone and desktop',
    async ({ name, hash, empty }) => {
      isEmpty = empty;
      const found: string[] = [];

      await open(hash);
      await loadAxe(page);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        for (const viewport of [PHONE, DESKTOP]) {
          await page.setViewportSize(viewport);
          found.push(
            ...(await violationsOf(page)).map((line) => `${colorScheme} ${viewport.width}: ${line}`),
          );
          await page.screenshot({
            path: join(SCREENSHOTS, `console-${name}-${viewport.width}-${colorScheme}.png`),
            fullPage: true,
          });
        }
      }

      expect(found).toEqual([]);
    },
    120_000,
  );

  it.each(VIEWS)('$name is not cut off at 320 px', async ({ hash, empty }) => {
    isEmpty = empty;
    await open(hash);

    await page.setViewportSize({ width: 320, height: 800 });

    expect(await overflowAt(page, '16px')).toBeLessThanOrEqual(0);
  });

  it('teaches what to press first, and goes quiet when it has been done', async () => {
    isEmpty = true;
    await open();

    const first = await page.locator('.guide .next strong').textContent();
    isEmpty = false;
    await page
      .locator('#guide .next', { hasText: 'answer it' })
      .or(page.locator('#guide[hidden]'))
      .waitFor({ state: 'attached' });

    expect(first).toBe('Place a sample order.');
  });

  it.each([
    ['Shopify', 'goods', { source: 'shopify', journey: 'goods' }],
    ['WooCommerce', 'class', { source: 'woocommerce', journey: 'class' }],
    ['Stripe', 'saas', { source: 'stripe', journey: 'saas' }],
    ['Any other', 'service', { source: 'standard', journey: 'service' }],
  ])('%s places a sample order for %s', async (label, journey, order) => {
    await open();

    await page.getByLabel('Somebody buys').selectOption(journey);
    await page.getByRole('button', { name: label, exact: true }).click();
    await page.getByRole('status').filter({ hasText: 'The order has been placed' }).waitFor();

    expect(sent.map(({ path, body }) => [path, JSON.parse(body)])).toEqual([
      ['/_local/console/orders', order],
    ]);
  });

  it.each([
    ['+ 1 hour', { advance: 'PT1H' }],
    ['+ 1 day', { advance: 'P1D' }],
    ['+ 4 days', { advance: 'P4D' }],
    // The stub's now is a Friday afternoon.
    ['Next business morning', { to: '2026-11-23T08:30:00.000Z' }],
  ])('%s moves the clock and says what happened', async (label, move) => {
    await open();

    await page.getByRole('button', { name: label }).click();
    await page.getByRole('status').filter({ hasText: '3 things happened on the way' }).waitFor();

    expect(sent.map(({ path, body }) => [path, JSON.parse(body)])).toEqual([['/_local/clock', move]]);
  });

  it('a date moves the clock to that instant of this machine’s zone', async () => {
    await open();

    await page.getByLabel('To a day and time').fill('2026-12-24T18:00');
    await page.getByRole('button', { name: 'Go' }).click();
    await page.getByRole('status').filter({ hasText: 'happened' }).waitFor();

    expect(JSON.parse(sent[0]?.body ?? '')).toEqual({ to: '2026-12-24T17:00:00.000Z' });
  });

  it('what the runtime refuses is said in its own words', async () => {
    refusal = 'The clock only moves forward.';
    await open();

    await page.getByRole('button', { name: '+ 1 hour' }).click();

    await page
      .getByRole('status')
      .filter({ hasText: 'That did not work: The clock only moves forward.' })
      .waitFor();
  });

  it('a mail opens with its text, its links lead to a new tab, and its scripts stay off', async () => {
    await open('#mailbox');

    await page.getByRole('link', { name: 'Does the chest of drawers fit?' }).click();
    const link = page.locator('#mail .text a');
    const [href, target] = [await link.getAttribute('href'), await link.getAttribute('target')];
    await page.getByRole('button', { name: 'As HTML' }).click();
    await page.frameLocator('iframe').getByText('Hello Anna').waitFor();

    expect([href, target]).toEqual(['http://localhost:8787/r/sampletoken', '_blank']);
    expect(await page.title()).toBe('Aftercare on this machine');
    expect(await page.locator('iframe').getAttribute('sandbox')).not.toContain('allow-scripts');
  });

  it('a mail can be answered as whoever got it, and the answer arrives as a mail', async () => {
    await open('#mail/m1');

    await page.getByLabel('Answer it as anna@customer.example').fill('It fits, thank you.\nSchön ist sie.');
    await page.getByRole('button', { name: 'Send the answer' }).click();
    await page.getByText('Your answer has arrived').waitFor();

    const [mail] = sent.filter(({ path }) => path === '/_local/emails');
    const read = await PostalMime.parse(mail?.body ?? '');
    expect(mail?.type).toBe('message/rfc822');
    expect(read.from?.address).toBe('anna@customer.example');
    expect(read.to?.[0]?.address).toBe(emails[0]?.replyTo);
    expect(read.subject).toBe('Re: Does the chest of drawers fit?');
    expect(read.inReplyTo).toBe('<m1@eichenhof.example>');
    expect(read.text).toMatch(
      /^It fits, thank you\.\nSchön ist sie\.\n\nOn 2026-11-20, .+ wrote:\n\n> Hello Anna,/,
    );
  });

  it('a mail to a person says where an answer goes', async () => {
    await open('#mail/m2');

    const text = await page.locator('#mail').textContent();

    expect(text).toContain('A plain reply goes to desk@eichenhof.example');
    expect(await page.locator('#mail textarea').count()).toBe(0);
  });

  it('a sale tells its story and what is owed in plain words, markup shown as text', async () => {
    await open('#sales');

    await page.getByRole('link', { name: 'Oak chest of drawers' }).click();
    await page.locator('#sale h2').waitFor();
    const story = await page.locator('#sale .story li').allTextContents();
    const promises = await page.locator('#sale .promises li').allTextContents();

    expect(story).toHaveLength(7);
    expect(story[3]).toContain('The customer answered: not happy. “It sticks. <img src=x onerror=alert(1)>”');
    expect(story[5]).toContain('One level up to mia');
    expect(story[6]).toContain('something new');
    expect(promises).toEqual([
      'Promise to put it right openwith mia (manager), due Mon 23 Nov, 11:00, broken once',
    ]);
    expect(await focused(page)).toBe('sale');
  });

  it('says how many alarms there are, and leads to the dashboards', async () => {
    await open();

    const strip = page.getByRole('link', { name: '2 alarms' });

    expect(await strip.textContent()).toBe('▲2 alarms01 dead-letters, 08 overdue-waits');
    expect(await strip.getAttribute('href')).toBe('/_local/console/dashboards');
  });

  it('says which mails are held, until when, and why; and nothing when none is', async () => {
    await open();

    const said = page.getByRole('region', { name: 'Pauses' });
    const notes = await said.locator('.strip').allTextContents();
    isEmpty = true;
    await page.reload();
    await page.getByRole('link', { name: 'No alarm' }).waitFor();

    expect(notes).toEqual([
      'No mails leave until Sat 21 Nov, 02:38.mara: a wrong link',
      'No mails about sales of the source shopify leave until Sun 22 Nov, 09:00.theo: <b>twice</b>',
    ]);
    expect(await said.isVisible()).toBe(false);
  });

  it.each(['delivered', 'refunded', 'cancelled'])('the shop can say that it was %s', async (type) => {
    await open('#sale/shopify/%231001');

    await page.getByRole('button', { name: `It was ${type}` }).click();
    await page
      .getByRole('status')
      .filter({ hasText: `The shop said that it was ${type}` })
      .waitFor();

    expect(sent.map(({ path, body }) => [path, JSON.parse(body)])).toEqual([
      ['/_local/console/events', { source: 'shopify', orderId: '#1001', type }],
    ]);
  });

  it('asks nothing while nobody looks', async () => {
    await open();
    let asked = 0;
    page.on('request', () => {
      asked += 1;
    });

    await page.evaluate(
      `Object.defineProperty(document, 'hidden', { configurable: true, get: () => true });`,
    );
    await page.waitForTimeout(2500);

    expect(asked).toBe(0);
  });

  it('says so once when the runtime is gone, and when it is back', async () => {
    await open();

    await page.context().setOffline(true);
    await page.getByRole('status').filter({ hasText: 'The runtime does not answer' }).waitFor();
    await page.context().setOffline(false);

    await page.getByRole('status').filter({ hasText: 'The runtime answers again.' }).waitFor();
  });
});
