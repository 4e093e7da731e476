import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { ALL_LINES, cancelled, delivered, newOrder, paid, placed, refunded } from './orders.ts';
import { type OpenWorld, openWorld } from './world.ts';

let world: OpenWorld;
beforeAll(async () => {
  world = await openWorld({ assembly: inject('assembly'), hasSchedules: false });
});
afterAll(() => world.close());

describe('a sale', () => {
  test('that is refunded while waiting ends at once and nobody is asked anything', async () => {
    const order = newOrder(await world.now());
    await world.send(placed(order));
    await world.advance('P2D');

    await world.send(refunded(order, await world.now(), ALL_LINES));

    const sale = await world.sale('shopify', order.id);
    expect(sale.sale).toMatchObject({ status: 'closed', outcome: 'cancelled' });
    expect(sale.executions).toMatchObject([{ status: 'SUCCEEDED', transitions: 3 }]);
    await world.advance('P60D');
    expect(await world.mailsTo(order.email)).toEqual([]);
  });

  test('that is refunded in part goes on without that line', async () => {
    const order = newOrder(await world.now());
    await world.send(placed(order));

    await world.send(refunded(order, await world.now(), [{ id: 7_710_001, quantity: 1 }]));

    await world.advance('P14D');
    const [checkIn] = await world.mailsTo(order.email);
    expect(checkIn?.text).toContain('Wool socks');
    expect(checkIn?.text).not.toContain('Rigi');
  });

  test('that was cancelled before it was announced is one sale without a single mail', async () => {
    const order = newOrder(await world.now());
    await world.send(refunded(order, await world.now(), ALL_LINES));

    await world.send(placed(order));

    const sale = await world.sale('shopify', order.id);
    expect(sale.sale).toMatchObject({ status: 'closed', outcome: 'cancelled' });
    expect(sale.executions).toEqual([]);
    await world.advance('P40D');
    expect(await world.mailsTo(order.email)).toEqual([]);
  });

  test('that is announced ten times, shuffled, is one sale, one execution and one check-in', async () => {
    const order = newOrder(await world.now());
    const requests = [paid(order), placed(order), placed(order), paid(order), placed(order)];

    const statuses = await Promise.all([...requests, ...requests].map((request) => world.send(request)));

    expect(new Set(statuses)).toEqual(new Set([200]));
    const sale = await world.sale('shopify', order.id);
    expect(sale.executions).toHaveLength(1);
    await world.advance('P14D');
    expect(await world.mailsTo(order.email)).toHaveLength(1);
  });

  test('keeps every digit of an order id that no number can hold', async () => {
    const order = newOrder(await world.now());

    await world.send(placed(order));

    expect(order.id).toHaveLength(18);
    expect((await world.sale('shopify', order.id)).sale.id).toBe(`shopify/${order.id}`);
  });

  test('that says it is delivered and then cancelled tells the waiting execution both at once', async () => {
    const order = newOrder(await world.now());
    await world.send(placed(order));
    await world.send(delivered(order, await world.now()));
    expect((await world.sale('shopify', order.id)).sale.checkIn?.because).toBe(
      '4 days after it was delivered',
    );

    await world.send(cancelled(order, await world.now()));

    expect((await world.sale('shopify', order.id)).executions).toMatchObject([{ status: 'SUCCEEDED' }]);
  });

  test('without an address becomes a call by a person', async () => {
    const order = newOrder(await world.now());
    await world.send(placed(order, { email: null, contact_email: null, customer: null }));

    await world.advance('P14D');

    const sale = await world.sale('shopify', order.id);
    expect(sale.promises).toMatchObject([{ kind: 'call', status: 'open' }]);
    expect(sale.journal).toContainEqual(
      expect.objectContaining({ type: 'promised', because: 'cannot-write' }),
    );
  });
});
