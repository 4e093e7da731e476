/** A mail from an unknown address, from its arrival to the answer, at the desk of a running Aftercare. */
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { newOrder, placed } from '../e2e/orders.ts';
import { type OpenWorld, openWorld } from '../e2e/world.ts';
import { loadAxe, violationsOf } from './accessibility.ts';
import { describeInBrowser, type OpenBrowser, openBrowser } from './browser.ts';

const SCREENSHOTS = join(import.meta.dirname, '../../.build/screenshots');
const ANA = 'ana@shop.example';

const mailAbout = (orderId: string): string =>
  [
    'From: Lea Steiner <lea@new-address.example>',
    'To: hello@reply.shop.example',
    `Message-ID: <${orderId}@new-address.example>`,
    'Subject: The boots',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary="x"',
    '',
    '--x',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'One boot leaks at the toe. Can it be mended?',
    '--x',
    'Content-Type: text/html; name="toe.html"',
    'Content-Disposition: attachment; filename="toe.html"',
    '',
    '<script>document.title = "ran"</script>',
    '--x--',
    '',
  ].join('\r\n');

describeInBrowser('a mail nobody could assign', () => {
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

  const comeToDesk = async (page: Page): Promise<void> => {
    await page.goto(`${world.url}/desk/sign-in`);
    await page.locator('input[name=address]').fill(ANA);
    await page.locator('main button').click();
    await page.waitForLoadState();
    await world.idle();
    const link = (await world.mailsTo(ANA)).at(-1)?.links.find((one) => one.includes('/desk/enter/'));
    await page.goto(link ?? 'no way in');
    await page.locator('main button').click();
    await page.waitForURL('**/desk');
  };

  const looksRight = async (page: Page, name: string, javaScriptEnabled: boolean): Promise<void> => {
    await page.screenshot({ path: join(SCREENSHOTS, `desk-live-${name}.png`), fullPage: true });
    if (!javaScriptEnabled) return;
    await loadAxe(page);
    expect(await violationsOf(page)).toEqual([]);
  };

  it.each([true, false])(
    'is found by its order number, filed, read whole, and answered (JavaScript %s)',
    async (javaScriptEnabled) => {
      const order = newOrder(await world.now());
      await world.send(placed(order));
      await fetch(`${world.url}/_local/emails`, { method: 'POST', body: mailAbout(order.id) });
      await world.idle();
      const context = await browser.context({ viewport: { width: 390, height: 844 }, javaScriptEnabled });
      const page = await context.newPage();
      await comeToDesk(page);

      await page.getByText('One mail waits to be sorted.').click();
      await looksRight(page, 'mails', javaScriptEnabled);
      await page.getByRole('link', { name: 'The boots' }).click();
      await page.locator('input[name=q]').fill(order.id);
      await page.getByRole('button', { name: 'Find' }).click();
      await looksRight(page, 'mail', javaScriptEnabled);
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: 'toe.html' }).click(),
      ]);
      const saved = await readFile(await download.path(), 'utf8');
      await page.getByRole('link', { name: 'The whole mail' }).click();
      const whole = await page.locator('pre').textContent();
      const title = await page.title();
      await page.goBack();
      await page.getByRole('button', { name: /^File it with/ }).click();
      await page.locator('[role=status]').waitFor();
      await world.idle();
      const filed = await world.sale('shopify', order.id);
      await page.getByText('Write to Lea').first().click();
      await page.locator('textarea[name="tell-answer-1"]').fill('Yes. Please send us the left one.');
      await page.getByRole('button', { name: 'Send it to Lea' }).click();
      await page.locator('[role=status]').waitFor();
      await looksRight(page, 'thread', javaScriptEnabled);
      await world.idle();

      expect(download.suggestedFilename()).toBe('toe.html');
      expect(saved).toContain('<script>');
      expect(whole).toContain('One boot leaks at the toe.');
      expect(title).not.toBe('ran');
      expect(filed.promises).toMatchObject([{ id: 'answer-1', kind: 'answer', status: 'open' }]);
      const mails = await world.mailsTo(order.email);
      expect(mails.at(-1)?.text).toContain('Please send us the left one.');
      expect((await world.sale('shopify', order.id)).promises).toMatchObject([{ status: 'proposed' }]);
      await page.goto(`${world.url}/desk`);
      expect(await page.getByText('waits to be sorted').count()).toBe(0);
      await context.close();
    },
    180_000,
  );
});
