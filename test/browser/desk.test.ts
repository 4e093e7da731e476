import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { deskHeaders } from '../../functions/pages/desk/sheet.ts';
import { pageWords } from '../../functions/pages/words.ts';
import { deskSamples } from '../unit/pages/desk-samples.ts';
import { loadAxe, violationsOf } from './accessibility.ts';
import { describeInBrowser, type OpenBrowser, openBrowser } from './browser.ts';
import { type PageServer, type Served, servePages } from './page-server.ts';
import { overflowAt, smallTargets } from './probes.ts';
import { inTabs } from './side-by-side.ts';

const SCREENSHOTS = join(import.meta.dirname, '../../.build/screenshots');
const SLOW = 240_000;
const LOCALES = ['en', 'de', 'es', 'fr'] as const;
/** Both share one stylesheet, so one language on a desk's screen is enough. */
const widthsOf = (locale: string): readonly number[] => (locale === 'en' ? [390, 1200] : [390]);

const pages = new Map<string, Served>(
  LOCALES.flatMap((locale) =>
    deskSamples(pageWords(locale, 'content')).map(
      ({ name, page }) => [`/${locale}/${name}`, { headers: deskHeaders(locale), body: page }] as const,
    ),
  ),
);
const pathsOf = (locale: string): string[] =>
  [...pages.keys()].filter((path) => path.startsWith(`/${locale}/`));
const SHOWN =
  /\/(today|today-none|silent|sale|sale-error|search-found|kept|sign-in|mails-many|mail|mail-gone)$/;

describeInBrowser('the pages of the desk', () => {
  let server: PageServer;
  let browser: OpenBrowser;
  let page: Page;

  beforeAll(async () => {
    await mkdir(SCREENSHOTS, { recursive: true });
    server = await servePages((path) => pages.get(path));
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });
  beforeEach(async () => {
    page = await (await browser.context({ viewport: { width: 390, height: 844 } })).newPage();
  });
  afterEach(() => page.context().close());

  it.each(LOCALES)(
    'axe finds nothing in %s, on a phone and on a desk, everything folded out',
    async (locale) => {
      const found: string[] = [];

      await inTabs(page.context(), pathsOf(locale), async (tab, path) => {
        for (const width of widthsOf(locale)) {
          await tab.setViewportSize({ width, height: 900 });
          await tab.goto(server.origin + path);
          if (SHOWN.test(path))
            await tab.screenshot({
              path: join(SCREENSHOTS, `desk-${path.slice(1).replace('/', '-')}-${width}.png`),
              fullPage: true,
            });
          await tab.evaluate('for (const one of document.querySelectorAll("details")) one.open = true');
          await loadAxe(tab);
          found.push(...(await violationsOf(tab)).map((violation) => `${path} at ${width}: ${violation}`));
        }
      });

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
    'nothing is cut off at 320 px or at double text size in %s, and every target can be hit',
    async (locale) => {
      const wrong: string[] = [];

      await inTabs(page.context(), pathsOf(locale), async (tab, path) => {
        await tab.setViewportSize({ width: 320, height: 800 });
        await tab.goto(server.origin + path);
        for (const size of ['112.5%', '225%']) {
          const overflow = await overflowAt(tab, size);
          if (overflow > 0 && size === '112.5%') wrong.push(`${path}: ${overflow} px too wide`);
        }
        wrong.push(...(await smallTargets(tab)).map((target) => `${path}: "${target}" is small`));
      });

      expect(wrong).toEqual([]);
    },
    SLOW,
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
