import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { saleIdOf } from '../../../functions/core/ids.ts';
import { shopifyOrder, stripeCheckout, wooOrder } from '../../fixtures/orders.ts';
import type { ShopServer } from '../../fixtures/shop-apis/server.ts';
import { NOON, shopsOpen } from './shops-open.ts';

type Body = Record<string, unknown>;

let open: Awaited<ReturnType<typeof shopsOpen>>;
let lines: string[];
beforeEach(async () => {
  open = await shopsOpen();
  lines = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => lines.push(String(text)) > 0);
});
afterEach(async () => {
  vi.restoreAllMocks();
  const servers: ShopServer[] = Object.values(open.servers);
  await Promise.all(servers.map((server) => server.close()));
});

const metrics = (): Body[] =>
  lines
    .filter((line) => line.includes('"_aws"'))
    .map((line): Body => JSON.parse(line))
    .filter(({ PullsFailed, OrdersPulled }) => PullsFailed !== undefined || OrdersPulled !== undefined);

const KINDS = [
  ['roastery', '1204', () => open.woo, wooOrder, { topic: 'order.created' }],
  [
    'web',
    '5500001001',
    () => open.shopify,
    () => shopifyOrder({ financial_status: 'paid' }),
    { topic: 'orders/create', deliveryId: 'e-1' },
  ],
  ['till', 'cs_live_b1FixtureSession00000042', () => open.stripe, stripeCheckout, {}],
] as const;

describe.each(KINDS)('an order of %s whose webhook was lost', (source, orderId, shelf, make, how) => {
  it('becomes a sale, counts as found, and its late webhook changes nothing', async () => {
    shelf().push(make());

    expect(await open.pull()).toEqual({ asked: 3, failed: 0, untold: 1, restsUntil: null });
    await open.consume();

    const started = await open.entries(source, orderId);
    expect(started.map(({ type }) => type)).toEqual(expect.arrayContaining(['ordered', 'started']));
    expect(open.world.workflows.executions).toHaveLength(1);
    expect(metrics()).toMatchObject([{ OrdersPulled: 1, source }]);
    await open.webhook(source, { ...how, body: make() });
    expect(await open.entries(source, orderId)).toEqual(started);
    expect(open.world.workflows.executions).toHaveLength(1);
  });

  it('is not news when its webhook came, neither at once nor in the hour after', async () => {
    await open.webhook(source, { ...how, body: make() });
    const told = await open.entries(source, orderId);
    shelf().push(make());

    expect(await open.pull()).toMatchObject({ failed: 0, untold: 0 });
    expect(await open.pull('2026-11-02T13:00:00Z')).toMatchObject({ failed: 0, untold: 0 });

    expect(open.queue).toEqual([]);
    expect(metrics()).toEqual([]);
    expect(await open.entries(source, orderId)).toEqual(told);
  });
});

describe('the shops', () => {
  it('that cannot be asked stop no other', async () => {
    open.credentials['roastery'] = 'ck_wrong:cs_wrong';
    delete open.credentials['web'];
    open.stripe.push(stripeCheckout());

    expect(await open.pull()).toEqual({ asked: 3, failed: 2, untold: 1, restsUntil: null });

    expect(
      metrics().map(({ PullsFailed, OrdersPulled, source }) => ({ PullsFailed, OrdersPulled, source })),
    ).toEqual(
      expect.arrayContaining([
        { PullsFailed: 1, source: 'roastery' },
        { PullsFailed: 1, source: 'web' },
        { OrdersPulled: 1, source: 'till' },
      ]),
    );
    expect(open.cursors.all.get('roastery')?.through).toBe('2026-11-01T12:00:00.000Z');
  });

  it('are not asked for what changed a moment ago: its webhook may be on its way', async () => {
    open.woo.push(wooOrder({ date_modified_gmt: '2026-11-02T11:57:00' }));

    expect(await open.pull()).toMatchObject({ untold: 0 });
    expect(await open.pull('2026-11-02T13:00:00Z')).toMatchObject({ untold: 1 });
  });

  it('are asked for a day the first time, and an order of before is left to the import', async () => {
    const old = { date_created_gmt: '2025-03-01T10:00:00', status: 'completed' };
    open.woo.push(wooOrder({ id: 1, ...old }), wooOrder({ id: 2 }));

    expect(await open.pull()).toMatchObject({ untold: 1 });
    await open.consume();

    expect(open.servers.roastery.asked[0]?.url.searchParams.get('modified_after')).toBe(
      '2026-11-01T11:59:59',
    );
    expect(await open.entries('roastery', '1')).toEqual([]);
  });

  it('are asked again from where the queue has got to', async () => {
    open.woo.push(wooOrder());
    open.queueFaults.push('the queue is away');
    expect(await open.pull()).toMatchObject({ failed: 1 });
    expect(open.cursors.all.get('roastery')?.through).toBe('2026-11-01T12:00:00.000Z');

    expect(await open.pull('2026-11-02T13:00:00Z')).toMatchObject({ failed: 0, untold: 1 });

    expect(open.cursors.all.get('roastery')?.through).toBe('2026-11-02T09:16:30.000Z');
    await open.pull('2026-11-02T14:00:00Z');
    expect(open.servers.roastery.asked.at(-1)?.url.searchParams.get('modified_after')).toBe(
      '2026-11-02T09:06:29',
    );
  });

  it('are asked once more when the run ends between the queue and the cursor, and nothing comes twice of it', async () => {
    open.woo.push(wooOrder());
    const { move } = open.cursors;
    open.cursors.move = async (source, cursor) => {
      if (source === 'roastery' && cursor.through !== cursor.since) throw new Error('the process ended');
      await move(source, cursor);
    };
    expect(await open.pull()).toMatchObject({ failed: 1 });
    open.cursors.move = move;

    await open.pull();
    expect(open.queue).toHaveLength(2);
    await open.consume();

    const entries = await open.entries('roastery', '1204');
    expect(entries.filter(({ type }) => type === 'ordered')).toHaveLength(1);
    expect(open.world.workflows.executions).toHaveLength(1);
  });

  it('with more than one run can take give the rest to the next', async () => {
    for (let n = 0; n < 250; n += 1) {
      const minute = String(Math.floor(n / 60)).padStart(2, '0');
      const second = String(n % 60).padStart(2, '0');
      open.woo.push(wooOrder({ id: n + 1, date_modified_gmt: `2026-11-02T10:${minute}:${second}` }));
    }

    expect(await open.pull(NOON, 14_000)).toMatchObject({ untold: 100 });
    await open.consume();
    expect(open.cursors.all.get('roastery')?.through).toBe('2026-11-02T10:01:39.000Z');
    expect(await open.pull('2026-11-02T13:00:00Z')).toMatchObject({ untold: 150 });
  });

  it('whose clock is late lose nothing: how far they were asked is told by their own time', async () => {
    open.woo.push(wooOrder({ id: 1, date_modified_gmt: '2026-11-02T11:20:00' }));
    await open.pull();
    open.woo.push(wooOrder({ id: 2, date_modified_gmt: '2026-11-02T11:25:00' }));

    await open.pull('2026-11-02T13:00:00Z');
    await open.consume();

    expect(await open.entries('roastery', '2')).not.toEqual([]);
  });

  it('whose clock is ahead are heard when our own has come there', async () => {
    open.woo.push(wooOrder({ date_modified_gmt: '2026-11-02T12:40:00' }));

    expect(await open.pull()).toMatchObject({ untold: 0 });
    expect(await open.pull('2026-11-02T13:00:00Z')).toMatchObject({ untold: 1 });
  });

  it('tell a changed address, which is no order that was lost', async () => {
    await open.webhook('roastery', { topic: 'order.created', body: wooOrder() });
    const billing = { first_name: 'Jonas', last_name: 'Weber', email: 'new@example.net', country: 'DE' };
    open.woo.push(wooOrder({ billing, date_modified_gmt: '2026-11-02T10:30:00' }));

    expect(await open.pull()).toMatchObject({ untold: 0 });
    await open.consume();

    const sale = await open.world.ports.sales.load(saleIdOf('roastery', '1204'));
    expect(sale?.customer?.email).toBe('new@example.net');
  });

  it('tell a cancellation whose webhook was lost, once', async () => {
    await open.webhook('web', { topic: 'orders/create', deliveryId: 'e-1', body: shopifyOrder() });
    const body = { cancelled_at: '2026-11-02T10:00:00Z', updated_at: '2026-11-02T10:00:00Z' };
    open.shopify.push(shopifyOrder(body));

    expect(await open.pull()).toMatchObject({ untold: 1 });
    await open.consume();
    expect(await open.pull('2026-11-02T13:00:00Z')).toMatchObject({ untold: 0 });

    expect((await open.entries('web', '5500001001')).map(({ type }) => type)).toContain('cancelled');
  });

  it('tell nothing of whoever is forgotten', async () => {
    await open.webhook('roastery', { topic: 'order.created', body: wooOrder() });
    const id = saleIdOf('roastery', '1204');
    await open.world.ports.sales.append(id, { type: 'erased', at: '2026-11-02T09:30:00.000Z', eventId: 'e' });
    await open.world.ports.sales.erase(id);
    open.woo.push(wooOrder({ date_modified_gmt: '2026-11-02T10:30:00' }));

    expect(await open.pull()).toMatchObject({ untold: 0 });

    expect(open.queue).toEqual([]);
  });

  it('give what nobody understands to a person, as a webhook would', async () => {
    open.woo.push(wooOrder({ line_items: 'none' }));

    expect(await open.pull()).toMatchObject({ failed: 0, untold: 0 });
    await open.consume();

    expect(open.world.parked.all()).toMatchObject([
      { source: 'roastery', reason: expect.stringContaining('line_items') },
    ]);
  });

  it('tell no number that names anybody', async () => {
    open.woo.push(wooOrder());
    open.servers.web.faults.push({ status: 403, body: 'lea.steiner@example.org' });

    await open.pull();

    expect(lines.join('')).toContain('PullsFailed');
    expect(lines.join('')).not.toMatch(/jonas|weber|steiner|cs_secret|shpat|rk_test/i);
  });
});
