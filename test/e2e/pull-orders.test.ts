/** A shop whose webhook is lost: the hourly question brings the sale, and whatever comes late changes nothing. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import config from '../../aftercare.config.ts';
import { makeAssembly } from '../../bin/commands/assembly.ts';
import { checkConfiguration } from '../../functions/core/configuration.ts';
import { wooRequest } from '../../lib/local/sample-orders/shop-requests.ts';
import { wooOrder } from '../fixtures/orders.ts';
import type { ShopServer } from '../fixtures/shop-apis/server.ts';
import { serveWooCommerce, WOO_KEY } from '../fixtures/shop-apis/woocommerce-api.ts';
import { type OpenWorld, openWorld } from './world.ts';

const shelf: Record<string, unknown>[] = [];
const folder = mkdtempSync(join(tmpdir(), 'aftercare-pull-'));
let shop: ShopServer;
let world: OpenWorld;

beforeAll(async () => {
  shop = await serveWooCommerce(shelf);
  const asking = {
    ...config,
    sources: {
      ...config.sources,
      woocommerce: { kind: 'woocommerce' as const, testOrders: 'accept' as const, pull: { url: shop.url } },
    },
  };
  world = await openWorld({
    assembly: await makeAssembly(asking, folder, () => undefined),
    config: checkConfiguration(asking),
    environment: { AFTERCARE_PULL_WOOCOMMERCE: WOO_KEY },
  });
});
afterAll(async () => {
  await world.close();
  await shop.close();
  rmSync(folder, { recursive: true, force: true });
});

const gmt = (ms: number) => new Date(ms).toISOString().slice(0, 19);
const placedAt = (id: number, ms: number) =>
  wooOrder({
    id,
    number: String(id),
    date_created_gmt: gmt(ms),
    date_modified_gmt: gmt(ms),
    date_paid_gmt: gmt(ms),
  });
const woo = (body: unknown) => wooRequest({ topic: 'order.created', body, secret: 'local-secret' });
const logs = () =>
  readdirSync(join(world.dataDir, 'logs'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && `${entry.parentPath}/${entry.name}`.includes('PullOrders'))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n');

describe('an order whose webhook was lost', () => {
  test('becomes a sale within two hours, once, and its late webhook changes nothing', async () => {
    const order = placedAt(7001, await world.now());
    shelf.push(order);
    /* On a moved clock nobody asks while nothing happens: another order comes, and this one does not. */
    await world.send(woo(placedAt(7000, await world.now())));

    await world.advance('PT2H');

    const found = await world.sale('woocommerce', '7001');
    expect(found.executions).toMatchObject([{ machine: 'FollowUp', status: 'RUNNING' }]);
    expect(await world.send(woo(order))).toBe(200);
    expect(await world.sale('woocommerce', '7001')).toEqual(found);
  });

  test('leaves a number in the log of the function, and nobody’s name or key', () => {
    const text = logs();

    expect(text).toContain('"OrdersPulled":1');
    expect(text).not.toMatch(/jonas|weber|cs_secret/i);
  });
});
