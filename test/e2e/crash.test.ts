import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { delivered, newOrder, placed } from './orders.ts';
import { prepare, type Started, startProcess } from './process.ts';
import { linkTo, MONDAY } from './world.ts';

let dataDir: string;
let running: Started | undefined;

const start = async (environment?: Record<string, string>) => {
  running = await startProcess(dataDir, environment);
  return running.world;
};

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'aftercare-'));
  prepare(inject('assembly'), dataDir);
});
afterEach(async () => {
  await running?.kill();
  rmSync(dataDir, { recursive: true, force: true });
});

describe('kill -9', () => {
  test('while a sale waits loses nothing: it is asked on its day, once, and can still be told about its delivery', async () => {
    const before = await start();
    await before.goTo(MONDAY);
    const order = newOrder(await before.now());
    await before.send(placed(order));
    await running?.kill();

    const after = await start();

    const restarted = await after.now();
    expect(restarted).toBeGreaterThanOrEqual(Date.parse(MONDAY));
    await after.send(delivered(order, restarted));
    expect((await after.sale('shopify', order.id)).sale.checkIn?.because).toBe(
      '4 days after it was delivered',
    );
    await after.advance('P6D');
    expect(await after.mailsTo(order.email)).toHaveLength(1);
  });

  test('right after a 2xx answer does not lose the order', async () => {
    const before = await start();
    await before.goTo(MONDAY);
    const order = newOrder(await before.now());
    const { path, headers, body } = placed(order);
    expect((await fetch(`${before.url}${path}`, { method: 'POST', headers, body })).status).toBe(200);
    await running?.kill();

    const after = await start();

    await after.idle();
    expect((await after.sale('shopify', order.id)).sale.status).toBe('open');
    await after.advance('P14D');
    expect(await after.mailsTo(order.email)).toHaveLength(1);
  });

  test.each([
    ['before the mail is out', 'mail-arrived', 0],
    ['after the mail is out and before anybody knows', 'mail-kept', 1],
  ])(
    'in the middle of a send, %s, never sends it twice and tells the owner that nobody can know',
    async (_, point, sent) => {
      const before = await start({ AFTERCARE_FAILPOINT: point });
      await before.goTo(MONDAY);
      const order = newOrder(await before.now());
      await before.send(placed(order));
      await before.advance('P14D').catch(() => undefined);
      await running?.died;

      const after = await start();
      await after.advance('PT30M');

      expect(await after.mailsTo(order.email)).toHaveLength(sent);
      const sale = await after.sale('shopify', order.id);
      expect(sale.journal).toContainEqual(expect.objectContaining({ type: 'unclear', message: 'check-in' }));
      expect(sale.sale.status).toBe('open');
      const told = (await after.mails()).filter(
        (mail) => mail.to.endsWith('@shop.example') && mail.text.includes(order.email),
      );
      expect(told).toHaveLength(1);
      expect((await after.get(linkTo(told[0], 'p'))).text).toContain(
        'Nobody can know whether the check-in went out',
      );
      await after.advance('P5D');
      const [reminder] = (await after.mailsTo(order.email)).slice(sent);
      await after.submit(linkTo(reminder, 'r'), { rating: '4' });
      expect((await after.sale('shopify', order.id)).sale.outcome).toBe('delighted');
    },
  );
});
