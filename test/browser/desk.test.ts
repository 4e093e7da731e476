import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { deskHeaders } from '../../functions/pages/desk/sheet.ts';
import { pageWords } from '../../functions/pages/words.ts';
import { deskSamples } from '../unit/pages/desk-samples.ts';
import { loadAxe, show, violationsOf } from './accessibility.ts';
import { describeInBrowser, type OpenBrowser, openBrowser } from './browser.ts';
import { type PageServer, type Served, servePages } from './page-server.ts';
import { lookAt } from './probes.ts';
import { onePerSkeleton } from './skeleton.ts';

const SCREENSHOTS = join(import.meta.dirname, '../../.build/screenshots');
const SLOW = 240_000;
const LOCALES = ['en', 'de', 'es', 'fr'] as const;
const pages = new Map<string, Served>(
  LOCALES.flatMap((locale) =>
    deskSamples(pageWords(locale, 'content')).map(
      ({ name, page }) => [`/${locale}/${name}`, { headers: deskHeaders(locale), body: page }] as const,
    ),
  ),
);
const all = [...pages].map(([path, { body }]) => ({ path, body }));
const pagesIn = (locale: string) => all.filter(({ path }) => path.startsWith(`/${locale}/`));
/** The first page in each language, and of all that differ in words alone the first. */
const structures = [
  ...new Set([...LOCALES.flatMap((locale) => pagesIn(locale).slice(0, 1)), ...onePerSkeleton(all)]),
];
/** All share one stylesheet, so the structures of one language on a desk's screen are enough. */
const widthsOf = (path: string): readonly number[] => (path.startsWith('/en/') ? [390, 1200] : [390]);
const SHOWN =
  /^\/en\/(today|today-none|silent|sale|sale-error|search-found|kept|sign-in|mails-many|mail|mail-gone)$/;

describeInBrowser('the pages of the desk', () => {
  let server: PageServer;
  let browser: OpenBrowser;
  let page: Page;

  beforeAll(async () => {
    await mkdir(SCREENSHOTS, { recursive: true });
    server = await servePages((path) => pages.get(path));
    browser = await openBrowser();
    page = await (await browser.context()).newPage();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });
  beforeEach(async () => {
    await page.goto('about:blank');
    await page.setViewportSize({ width: 390, height: 844 });
    await page.emulateMedia({ colorScheme: 'light' });
  });

  it(
    'axe finds nothing in any language, on a phone and on a desk, everything folded out',
    async () => {
      const found: string[] = [];

      await page.goto(`${server.origin}/en/today`);
      await loadAxe(page);
      for (const { path, body } of structures) {
        await show(page, body);
        for (const width of widthsOf(path)) {
          await page.setViewportSize({ width, height: 900 });
          if (SHOWN.test(path))
            await page.screenshot({
              path: join(SCREENSHOTS, `desk-${path.slice(1).replace('/', '-')}-${width}.png`),
              fullPage: true,
            });
          await page.evaluate('for (const one of document.querySelectorAll("details")) one.open = true');
          found.push(...(await violationsOf(page)).map((violation) => `${path} at ${width}: ${violation}`));
        }
      }

      expect(found).toEqual([]);
    },
    SLOW,
  );

  it('axe finds nothing in the dark', async () => {
    await page.emulateMedia({ colorScheme: 'dark' });
    const found: string[] = [];

    for (const path of ['/en/today-team', '/en/sale', '/en/kept']) {
      await page.goto(server.origin + path);
      await loadAxe(page);
      found.push(...(await violationsOf(page)));
    }

    expect(found).toEqual([]);
  });

  it.each(LOCALES)(
    'nothing is cut off at 320 px in %s, and every target can be hit, at double text size too',
    async (locale) => {
      const narrow = await lookAt(page, pagesIn(locale), { width: 320, fontSize: '112.5%' });
      const big = await lookAt(page, pagesIn(locale), { width: 320, fontSize: '225%' });

      expect(narrow.filter(({ overflow }) => overflow > 0)).toEqual([]);
      expect([...narrow, ...big].filter(({ small }) => small.length > 0)).toEqual([]);
      expect(big.map(({ width }) => width)).toEqual(pagesIn(locale).map(() => 320));
    },
  );

  it('the policy lets the style in and reports nothing', async () => {
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));

    await page.goto(`${server.origin}/en/today`);
    const radius = await page.evaluate(
      'getComputedStyle(document.querySelector(".cards li")).borderTopLeftRadius',
    );

    expect(complaints).toEqual([]);
    expect(radius).not.toBe('0px');
  });
});
