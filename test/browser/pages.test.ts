import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { pageHeaders } from '../../functions/pages/layout.ts';
import { pageWords } from '../../functions/pages/words.ts';
import { samplePages } from '../unit/pages/samples.ts';
import { loadAxe, show, violationsOf } from './accessibility.ts';
import { describeInBrowser, type OpenBrowser, openBrowser } from './browser.ts';
import { type PageServer, type Served, servePages } from './page-server.ts';
import { focused, fontOf, lookAt } from './probes.ts';
import { onePerSkeleton } from './skeleton.ts';

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
/** One of each page, to be seen in the dark and on a desktop too, and to be looked at by people. */
const SHOWN =
  /^\/en\/(reply-form(-correction|-no-phone)?|thanks-unhappy|thanks-late|staff-open|staff-taken-late|staff-visit-near|staff-visit-two-misses|staff-visit-accept|staff-error-provider-busy-book-provider|customer-three|customer-settled|customer-visit-(booked|missed)|customer-notice-question|customer-error-words-missing|not-found|stop|problem-kept)$/;
const isPictured = (path: string, scheme: string): boolean =>
  SHOWN.test(path) && (scheme === 'light' || path === '/en/reply-form');
/** Every page on a light phone; they share one stylesheet. */
const looksOf = (path: string) => [
  ['light', PHONE] as const,
  ...(SHOWN.test(path) ? ([['dark', PHONE] as const, ['light', DESKTOP] as const] as const) : []),
];
const shoot = async (page: Page, path: string, width: number, scheme: string): Promise<void> => {
  const name = `${path.slice(1).replace('/', '-')}-${width}-${scheme}.png`;
  await page.screenshot({ path: join(SCREENSHOTS, name), fullPage: true });
};
const all = [...pages].map(([path, { body }]) => ({ path, body }));
const pagesIn = (locale: string) => all.filter(({ path }) => path.startsWith(`/${locale}/`));
/** Each form in each language, and of all that differ in words alone the first. */
const structures = [
  ...all.filter(({ path }) => path.endsWith('/reply-form')),
  ...onePerSkeleton(all).filter(({ path }) => !path.endsWith('/reply-form')),
];

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
    page = await (await browser.context({ reducedMotion: 'reduce' })).newPage();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });
  beforeEach(async () => {
    server.posted.length = 0;
    await page.goto('about:blank');
    await page.setViewportSize(PHONE);
    await page.emulateMedia({ colorScheme: 'light' });
  });

  it(
    'axe finds nothing on any page in any language, nor in the dark or on a desktop',
    async () => {
      const found: string[] = [];

      await page.goto(`${server.origin}/en/reply-form`);
      await loadAxe(page);
      for (const { path, body } of structures) {
        await show(page, body);
        for (const [colorScheme, viewport] of looksOf(path)) {
          await page.emulateMedia({ colorScheme });
          await page.setViewportSize(viewport);
          found.push(
            ...(await violationsOf(page)).map((line) => `${path} ${colorScheme} ${viewport.width}: ${line}`),
          );
          if (isPictured(path, colorScheme)) await shoot(page, path, viewport.width, colorScheme);
        }
      }

      expect(found).toEqual([]);
    },
    SLOW,
  );

  it.each(LOCALES)('nothing is cut off at 320 px or at double text size in %s', async (locale) => {
    const narrow = await lookAt(page, pagesIn(locale), { width: 320, fontSize: '112.5%' });
    const big = await lookAt(page, pagesIn(locale), { width: 390, fontSize: '225%' });

    const seen = [...narrow, ...big];
    expect(seen.filter(({ overflow }) => overflow > 0)).toEqual([]);
    expect(seen).toHaveLength(2 * pagesIn(locale).length);
  });

  it.each(LOCALES)('every target in %s is at least 24 px high and wide', async (locale) => {
    const seen = await lookAt(page, pagesIn(locale), { width: 390, fontSize: '112.5%' });

    expect(seen.filter(({ small }) => small.length > 0)).toEqual([]);
    expect(seen.map(({ width }) => width)).toEqual(pagesIn(locale).map(() => 390));
  });

  it('a page that is too wide, a target that is too small and a field without a name would be seen', async () => {
    const wrong = '<main><button style="all: unset">x</button><input><p style="width: 400px">Wide</p></main>';
    const body = (pages.get('/en/reply-form')?.body ?? '').replace(/<main>.*<\/main>/s, wrong);

    const [seen] = await lookAt(page, [{ path: '/wrong', body }], { width: 320, fontSize: '112.5%' });
    await page.goto(`${server.origin}/en/reply-form`);
    await loadAxe(page);
    await show(page, body);

    expect(seen).toMatchObject({ path: '/wrong', width: 320, small: ['x'] });
    expect(seen?.overflow).toBeGreaterThan(0);
    expect((await violationsOf(page)).join('\n')).toContain('label at ["input"]');
  });

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
});

describeInBrowser('the pages without JavaScript', () => {
  let server: PageServer;
  let browser: OpenBrowser;
  let page: Page;

  beforeAll(async () => {
    server = await servePages((path, request) =>
      pages.get(request.method === 'POST' ? '/en/thanks-late' : path),
    );
    browser = await openBrowser();
    page = await (await browser.context({ javaScriptEnabled: false })).newPage();
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
    server.posted.length = 0;

    await page.goto(server.origin + path);
    await page.getByRole('button', { name: button }).click();
    await page.waitForURL((url) => url.pathname !== path);

    expect(server.posted).toHaveLength(1);
    expect(server.posted[0]?.fields).toMatchObject(fields);
  });

  it('what was done is asked for before a promise is proposed as done', async () => {
    server.posted.length = 0;

    await page.goto(`${server.origin}/en/staff-visit-begun`);
    await page.getByRole('button', { name: 'Ask Anna Keller' }).click();
    await page.getByLabel('What did you do?').fill('Fitted new runners.');
    await page.getByRole('button', { name: 'Ask Anna Keller' }).click();
    await page.waitForURL('**/p/sample');

    expect(server.posted).toEqual([
      { path: '/p/sample', fields: { seen: '1', act: 'done', what: 'Fitted new runners.' } },
    ]);
  });
});
