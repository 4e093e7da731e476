import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { pageHeaders } from '../../functions/pages/layout.ts';
import { pageWords } from '../../functions/pages/words.ts';
import { samplePages } from '../unit/pages/samples.ts';
import { loadAxe, violationsOf } from './accessibility.ts';
import { describeInBrowser, type OpenBrowser, openBrowser } from './browser.ts';
import { type PageServer, type Served, servePages } from './page-server.ts';
import { focused, fontOf, overflowAt, smallTargets } from './probes.ts';
import { inTabs } from './side-by-side.ts';

const SCREENSHOTS = join(import.meta.dirname, '../../.build/screenshots');
const LOCALES = ['en', 'de', 'es', 'fr'] as const;
const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1280, height: 900 };
const SLOW = 240_000;

const pages = new Map<string, Served>(
  LOCALES.flatMap((locale) =>
    samplePages(pageWords(locale, 'content')).map(
      ({ name, page }) => [`/${locale}/${name}`, { headers: pageHeaders(locale), body: page }] as const,
    ),
  ),
);
/** Enough pictures to look at, not every one. */
const SHOWN =
  /(reply-form(-correction|-no-phone)?|thanks-unhappy|thanks-late|staff-open|staff-taken-late|staff-visit-near|staff-visit-two-misses|staff-visit-accept|staff-error-provider-busy-book-provider|customer-three|customer-settled|customer-visit-(booked|missed)|customer-notice-question|customer-error-words-missing|not-found|stop|problem-kept)$/;
const isShown = (path: string, scheme: string): boolean =>
  SHOWN.test(path) && (scheme === 'light' || path.endsWith('/reply-form'));
/** Every state on a light phone in each language; one of each page also dark and on a desktop: they share one stylesheet. */
const looksOf = (path: string) => [
  ['light', PHONE] as const,
  ...(SHOWN.test(path) && path.startsWith('/en/')
    ? ([['dark', PHONE] as const, ['light', DESKTOP] as const] as const)
    : []),
];
const shoot = async (page: Page, path: string, width: number, scheme: string): Promise<void> => {
  const name = `${path.slice(1).replace('/', '-')}-${width}-${scheme}.png`;
  await page.screenshot({ path: join(SCREENSHOTS, name), fullPage: true });
};
const pathsOf = (locale: string): string[] =>
  [...pages.keys()].filter((path) => path.startsWith(`/${locale}/`));

describeInBrowser('the pages people see', () => {
  let server: PageServer;
  let browser: OpenBrowser;
  let page: Page;

  beforeAll(async () => {
    await mkdir(SCREENSHOTS, { recursive: true });
    server = await servePages((path, request) =>
      pages.get(request.method === 'POST' ? '/en/thanks-unhappy' : path),
    );
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });
  beforeEach(async () => {
    server.posted.length = 0;
    page = await (await browser.context({ viewport: PHONE, reducedMotion: 'reduce' })).newPage();
  });
  afterEach(async () => {
    await page.context().close();
  });

  it.each(LOCALES)(
    'axe finds nothing on any page in %s, nor in the dark or on a desktop',
    async (locale) => {
      const found: string[] = [];

      await inTabs(page.context(), pathsOf(locale), async (tab, path) => {
        await tab.goto(server.origin + path);
        await loadAxe(tab);
        for (const [colorScheme, viewport] of looksOf(path)) {
          await tab.emulateMedia({ colorScheme });
          await tab.setViewportSize(viewport);
          found.push(
            ...(await violationsOf(tab)).map((line) => `${path} ${colorScheme} ${viewport.width}: ${line}`),
          );
          if (isShown(path, colorScheme)) await shoot(tab, path, viewport.width, colorScheme);
        }
      });

      expect(found).toEqual([]);
    },
    SLOW,
  );

  it.each(LOCALES)(
    'nothing is cut off at 320 px or at double text size in %s',
    async (locale) => {
      const tooWide: string[] = [];

      await inTabs(page.context(), pathsOf(locale), async (tab, path) => {
        await tab.goto(server.origin + path);
        for (const [width, size] of [
          [320, '112.5%'],
          [390, '225%'],
        ] as const) {
          await tab.setViewportSize({ width, height: 800 });
          const overflow = await overflowAt(tab, size);
          if (overflow > 0) tooWide.push(`${path} at ${width} px, text ${size}: ${overflow} px too wide`);
        }
      });

      expect(tooWide).toEqual([]);
    },
    SLOW,
  );

  it('the policy lets the page’s own style in and reports nothing', async () => {
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));

    await page.goto(`${server.origin}/en/reply-form`);
    const family = await fontOf(page);

    expect(complaints).toEqual([]);
    expect(family).toContain('Georgia');
  });

  it('a page asks for nothing but itself', async () => {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));

    await page.goto(`${server.origin}/en/reply-form`);

    expect(asked).toEqual(['/en/reply-form']);
  });

  it('an answer can be given by keyboard alone', async () => {
    await page.goto(`${server.origin}/en/reply-form`);

    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Tab');
    await page.keyboard.type('The drawer sticks.');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    for (let stop = 0; stop < 5; stop += 1) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/r/sample');

    expect(server.posted).toEqual([
      {
        path: '/r/sample',
        fields: {
          rating: '2',
          words: 'The drawer sticks.',
          blocked: 'yes',
          wish: 'fix',
          call: 'yes',
          phone: '+41 79 555 12 34',
        },
      },
    ]);
    expect(await page.title()).toContain('We will put this right');
  });

  it('a happy customer is done in one tap and one press', async () => {
    await page.goto(`${server.origin}/en/reply-form`);

    await page.getByLabel('I’m delighted').check();
    await page.getByRole('button', { name: 'Send to Jonas' }).click();
    await page.waitForURL('**/r/sample');

    expect(server.posted[0]?.fields).toMatchObject({ rating: '5', words: '' });
  });

  it('the browser holds back an answer without a rating', async () => {
    await page.goto(`${server.origin}/en/reply-form`);

    await page.getByRole('button', { name: 'Send to Jonas' }).click();

    expect(new URL(page.url()).pathname).toBe('/en/reply-form');
    expect(server.posted).toEqual([]);
  });

  it('an error is in focus when the page opens and leads to its field', async () => {
    await page.goto(`${server.origin}/en/reply-form-no-phone`);

    const first = await focused(page);
    await page.getByRole('alert').getByRole('link').click();
    const next = await focused(page);

    expect(first).toBe('alert');
    expect(next).toBe('phone');
  });

  it(
    'every target is at least 24 px high and wide',
    async () => {
      const small: string[] = [];

      for (const path of pathsOf('en')) {
        await page.goto(server.origin + path);
        const found = await smallTargets(page);
        small.push(...found.map((text) => `${path}: ${text}`));
      }

      expect(small).toEqual([]);
    },
    SLOW,
  );
});

describeInBrowser('the pages without JavaScript', () => {
  let server: PageServer;
  let browser: OpenBrowser;

  beforeAll(async () => {
    server = await servePages((path, request) =>
      pages.get(request.method === 'POST' ? '/en/thanks-late' : path),
    );
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  const formCases = [
    {
      path: '/en/reply-form-preselected',
      button: 'Send to Jonas',
      fields: { rating: '2', phone: '+41 79 555 12 34' },
    },
    { path: '/en/staff-open', button: 'I have this', fields: { act: 'take' } },
    {
      path: '/en/customer-resolve-asked',
      button: 'Yes, it is fixed',
      fields: { act: 'yes', promise: 'resolve-1' },
    },
    { path: '/en/customer-settled', button: 'Not fixed after all', fields: { act: 'not-yet' } },
    { path: '/en/customer-visit-booked', button: 'That suits me', fields: { act: 'suits' } },
    { path: '/en/customer-visit-begun', button: 'Nobody came', fields: { act: 'nobody-came' } },
    { path: '/en/stop', button: 'Stop asking me', fields: { stop: 'asking' } },
    { path: '/en/stop-done', button: 'Keep asking me', fields: { undo: '1' } },
    { path: '/en/problem-kept', button: 'Send again', fields: { rating: '2', wish: 'fix' } },
  ];

  it.each(formCases)('$path is sent with "$button"', async ({ path, button, fields }) => {
    const context = await browser.context({ javaScriptEnabled: false });
    const page = await context.newPage();
    server.posted.length = 0;

    await page.goto(server.origin + path);
    await page.getByRole('button', { name: button }).click();
    await page.waitForURL((url) => url.pathname !== path);

    expect(server.posted).toHaveLength(1);
    expect(server.posted[0]?.fields).toMatchObject(fields);
    await context.close();
  });

  it('what was done is asked for before a promise is proposed as done', async () => {
    const context = await browser.context({ javaScriptEnabled: false });
    const page = await context.newPage();
    server.posted.length = 0;

    await page.goto(`${server.origin}/en/staff-visit-begun`);
    await page.getByRole('button', { name: 'Ask Anna Keller' }).click();
    await page.getByLabel('What did you do?').fill('Fitted new runners.');
    await page.getByRole('button', { name: 'Ask Anna Keller' }).click();
    await page.waitForURL('**/p/sample');

    expect(server.posted).toEqual([
      { path: '/p/sample', fields: { seen: '1', act: 'done', what: 'Fitted new runners.' } },
    ]);
    await context.close();
  });
});
