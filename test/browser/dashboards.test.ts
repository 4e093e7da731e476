import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { CONSOLE_HEADERS, consoleAsset } from '../../lib/local/console/console-asset.ts';
import { loadAxe, violationsOf } from './accessibility.ts';
import { describeInBrowser, type OpenBrowser, openBrowser } from './browser.ts';
import { BOARD_NAMES, board, calm, loud } from './dashboards-samples.ts';
import { type PageServer, type Served, servePages } from './page-server.ts';
import { overflowAt } from './probes.ts';

const SCREENSHOTS = join(import.meta.dirname, '../../.build/screenshots');
const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1280, height: 900 };
const BOARDS = '/_local/dashboards/';

const json = (value: unknown): Served => ({
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});

describeInBrowser('the dashboards', () => {
  let server: PageServer;
  let browser: OpenBrowser;
  let page: Page;
  let sales = 1000;
  let alarms = calm;
  let asked: string[] = [];
  let complaints: string[] = [];

  const answer = (address: string): Served | undefined => {
    const [path = '', query = ''] = address.split('?');
    const asset = consoleAsset(path);
    if (asset)
      return { headers: { ...CONSOLE_HEADERS, 'content-type': asset.contentType }, body: asset.body };
    if (path === '/_local/alarms') return json(alarms);
    if (path === '/_local/dashboards') return json(BOARD_NAMES.map((name) => ({ name, widgets: 8 })));
    if (!path.startsWith(BOARDS)) return undefined;
    asked.push(`${path.slice(BOARDS.length)} ${query}`);
    return json(board(path.slice(BOARDS.length), sales, alarms));
  };

  beforeAll(async () => {
    await mkdir(SCREENSHOTS, { recursive: true });
    server = await servePages(answer);
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });
  beforeEach(async () => {
    sales = 1000;
    alarms = calm;
    asked = [];
    complaints = [];
    const context = await browser.context({
      viewport: DESKTOP,
      timezoneId: 'Europe/Zurich',
      reducedMotion: 'reduce',
    });
    page = await context.newPage();
    // Seconds pass when a test says so.
    await page.clock.install();
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
  });
  afterEach(async () => {
    await page.context().close();
    expect(complaints).toEqual([]);
  });

  const open = async (hash = '') => {
    await page.goto(`${server.origin}/_local/console/dashboards${hash}`);
    await page.locator('.widget .body > *').first().waitFor();
  };
  const widget = (title: string) =>
    page.locator('.widget', { has: page.getByRole('heading', { name: title }) });

  it.each([
    ['business', '#Aftercare-Business/P1W', 100_000],
    ['machine', '#Aftercare-Machine/P1D', 100_000],
    ['no-figures', '#Aftercare-Business/PT3H', 0],
  ])(
    'axe finds nothing on %s, light and dark, phone and desktop, charts and figures',
    async (name, hash, many) => {
      sales = many;
      alarms = many > 0 ? loud : calm;
      const found: string[] = [];

      await open(hash);
      await loadAxe(page);
      for (const [colorScheme, viewport] of [
        ['light', DESKTOP],
        ['dark', PHONE],
      ] as const) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize(viewport);
        const look = async () =>
          found.push(
            ...(await violationsOf(page)).map((line) => `${colorScheme} ${viewport.width}: ${line}`),
          );
        await look();
        await page.screenshot({
          path: join(SCREENSHOTS, `dashboards-${name}-${viewport.width}-${colorScheme}.png`),
          fullPage: true,
        });
        await page.getByLabel('Figures instead of charts').check();
        await look();
        await page.getByLabel('Figures instead of charts').uncheck();
      }

      expect(found).toEqual([]);
    },
  );

  it('nothing is cut off on a narrow phone, and big letters only make the page longer', async () => {
    await page.setViewportSize({ width: 320, height: 800 });
    await open();

    expect(await overflowAt(page, '16px')).toBeLessThanOrEqual(0);
    expect(await overflowAt(page, '24px')).toBeLessThanOrEqual(0);
  });

  it('shows the first dashboard for a week, and each other by its address', async () => {
    await open();
    await page.getByRole('link', { name: 'Machine' }).click();
    await page.getByRole('heading', { name: 'Is it healthy?' }).waitFor();
    await page.getByRole('link', { name: '1 month' }).click();
    await page.locator('#ranges [aria-current]', { hasText: '1 month' }).waitFor();
    await page.goBack();
    await page.locator('#ranges [aria-current]', { hasText: '1 week' }).waitFor();

    expect(asked.filter((each, index) => each !== asked[index - 1])).toEqual([
      'Aftercare-Business range=P1W',
      'Aftercare-Machine range=P1W',
      'Aftercare-Machine range=P1M',
      'Aftercare-Machine range=P1W',
    ]);
  });

  it('says the time of the runtime’s clock, not of this machine', async () => {
    await open();

    expect(await page.locator('#now').textContent()).toBe('Friday, 20 November 2026 at 16:04');
  });

  it('puts widgets where CloudWatch puts them', async () => {
    await open();

    const boxes = await Promise.all(
      ['Sales in', 'Contacted in time, %', 'Answers', 'Hours to the first answer'].map((title) =>
        widget(title).boundingBox(),
      ),
    );
    const [first, second, third, fourth] = boxes.map((box) => box ?? { x: -1, y: -1, width: -1, height: -1 });
    expect(second?.x).toBeGreaterThan((first?.x ?? 0) + (first?.width ?? 0));
    expect(third?.x).toBe(first?.x);
    expect(third?.y).toBeGreaterThan((first?.y ?? 0) + (first?.height ?? 0));
    expect(Math.abs((third?.width ?? 0) - (fourth?.width ?? 0))).toBeLessThan(1);
  });

  it('an alarm is said first, in words, with the way to what to do', async () => {
    alarms = loud;
    await open('#Aftercare-Business/P1W');

    expect(await page.locator('#alarms').textContent()).toMatch(/2 alarms01 dead-letters08 overdue-waits/);
    expect(await page.getByRole('link', { name: '08 overdue-waits' }).getAttribute('href')).toBe(
      '/_local/console/runbook#overdue-waits',
    );
    expect(await page.title()).toBe('2 alarms · Dashboards · Aftercare');
  });

  it('draws by itself what has changed, says a new alarm aloud, and leaves everything else in its place', async () => {
    await open();
    await page.evaluate(
      "document.querySelectorAll('.widget .body > *').forEach((node) => { node.isOld = true; })",
    );
    await page.getByRole('group', { name: 'Sales by shop' }).last().focus();

    sales = 2000;
    alarms = loud;
    await page.clock.fastForward('01:00');
    await widget('Sales in').getByText('2,000').waitFor();

    const old = await page.evaluate(
      "[...document.querySelectorAll('.is-text .body > *')].every((node) => node.isOld)",
    );
    const focused = await page.evaluate("document.activeElement.getAttribute('aria-label')");
    expect(await page.getByRole('status').textContent()).toBe('2 alarms.');
    expect([old, focused]).toEqual([true, 'Sales by shop']);
  });

  it('asks nothing while nobody looks', async () => {
    await open();
    await page.evaluate(
      `Object.defineProperty(document, 'hidden', { configurable: true, get: () => true });`,
    );
    const before = asked.length;

    await page.clock.fastForward('01:00');

    expect(asked.length).toBe(before);
  });

  it('without a figure it says how to get one', async () => {
    sales = 0;
    await open();

    const hint = page.locator('#hint');
    expect(await hint.textContent()).toContain('No sales yet');
    expect(await hint.getByRole('link', { name: 'the first page' }).getAttribute('href')).toBe('/');
  });

  it('a text’s markup stays text, and no script of it runs', async () => {
    await open();

    expect(await page.locator('.is-text').textContent()).toContain(
      '<script>document.title = "broken in"</script>',
    );
    expect(await page.title()).toBe('Dashboards · Aftercare');
  });

  it('says so when the runtime is gone, and when it is back', async () => {
    await open();

    await page.context().setOffline(true);
    await page.clock.fastForward('01:00');
    await page.getByRole('status').filter({ hasText: 'The runtime does not answer' }).waitFor();
    await page.context().setOffline(false);
    await page.clock.fastForward('01:00');

    await page.getByRole('status').filter({ hasText: 'The runtime answers again.' }).waitFor();
    complaints = complaints.filter((complaint) => !complaint.includes('ERR_INTERNET_DISCONNECTED'));
  });
});
