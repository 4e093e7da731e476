/** The desk of a running Aftercare in a real browser: the strict cookie must hold on plain http to this very machine. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { newOrder, placed } from '../e2e/orders.ts';
import { type OpenWorld, openWorld } from '../e2e/world.ts';
import { loadAxe, violationsOf } from './accessibility.ts';
import { describeInBrowser, type OpenBrowser, openBrowser } from './browser.ts';

const SCREENSHOTS = join(import.meta.dirname, '../../.build/screenshots');
const ANA = 'ana@shop.example';

describeInBrowser('a day at the desk', () => {
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

  it.each([
    ['127.0.0.1', true],
    ['127.0.0.1', false],
    ['localhost', true],
  ])(
    'begins on %s with a mail and ends with signing out (JavaScript %s)',
    async (host, javaScriptEnabled) => {
      const at = (address: string) => address.replace('127.0.0.1', host);
      const order = newOrder(await world.now());
      await world.send(placed(order));
      const context = await browser.context({ viewport: { width: 390, height: 844 }, javaScriptEnabled });
      const page = await context.newPage();

      await page.goto(at(`${world.url}/desk`));
      expect(new URL(page.url()).pathname).toBe('/desk/sign-in');
      await page.locator('input[name=address]').fill(ANA);
      await page.locator('main button').click();
      await page.waitForLoadState();
      await world.idle();
      const link = (await world.mailsTo(ANA)).at(-1)?.links.find((one) => one.includes('/desk/enter/'));
      await page.goto(at(link ?? 'no way in'));
      await page.locator('main button').click();
      await page.waitForURL('**/desk');
      const [cookie] = await context.cookies();

      await page.goto(at(`${world.url}/desk/search?q=${order.id}`));
      await page.locator('.cases a').first().click();
      await page.getByText('Promise something').click();
      await page.locator('select[name=kind]').selectOption('call');
      await page.locator('textarea[name=words]').fill('I ring you about the boots.');
      await page.getByRole('button', { name: 'Promise it' }).click();
      await page.locator('[role=status]').waitFor();
      if (javaScriptEnabled) {
        await loadAxe(page);
        expect(await violationsOf(page)).toEqual([]);
      }
      await page.screenshot({ path: join(SCREENSHOTS, `desk-live-sale-${host}.png`), fullPage: true });
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.waitForURL('**/desk/sign-in');
      await page.goto(at(`${world.url}/desk`));

      expect(cookie).toMatchObject({
        name: '__Host-desk',
        httpOnly: true,
        secure: true,
        sameSite: 'Lax',
        path: '/',
      });
      expect((await world.sale('shopify', order.id)).promises).toMatchObject([
        { kind: 'call', owner: 'ana' },
      ]);
      expect(new URL(page.url()).pathname).toBe('/desk/sign-in');
      expect(await context.cookies()).toEqual([]);
      await context.close();
    },
    120_000,
  );
});
