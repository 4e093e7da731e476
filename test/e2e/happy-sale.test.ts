import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { delivered, newOrder, placed } from './orders.ts';
import { linkTo, type OpenWorld, openWorld } from './world.ts';

let world: OpenWorld;
beforeAll(async () => {
  world = await openWorld({ assembly: inject('assembly') });
});
afterAll(() => world.close());

describe('a delighted customer', () => {
  test('is asked once the product was used, answers in one form, and hears nothing more but the review ask', async () => {
    const order = newOrder(await world.now());

    expect(await world.send(placed(order))).toBe(200);
    const waiting = await world.sale('shopify', order.id);
    expect(waiting.sale).toMatchObject({ status: 'open', outcome: null, journey: 'goods' });
    expect(waiting.sale.checkIn?.because).toBe('11 days after it was paid');
    expect(waiting.executions).toMatchObject([{ machine: 'FollowUp', status: 'RUNNING', transitions: 2 }]);

    await world.advance('P10D');
    expect(await world.mailsTo(order.email)).toEqual([]);
    await world.advance('P4D');
    const [checkIn, ...others] = await world.mailsTo(order.email);
    expect(others).toEqual([]);
    expect(checkIn?.text).toContain('Walking boot Rigi');

    const form = linkTo(checkIn, 'r');
    const shown = await world.get(`${form}?rating=5`);
    expect(shown.text).toMatch(/value="5"[^>]*checked|checked[^>]*value="5"/);
    expect((await world.sale('shopify', order.id)).sale.outcome).toBeNull();

    const thanks = await world.submit(form, {
      rating: '5',
      words: 'They fit like old friends.',
      recommend: 'yes',
    });
    expect(thanks.status).toBe(200);
    const answered = await world.sale('shopify', order.id);
    expect(answered.sale.outcome).toBe('delighted');
    expect(answered.promises).toEqual([]);

    await world.advance('P30D');
    const ended = await world.sale('shopify', order.id);
    expect(ended.sale).toMatchObject({ status: 'closed', outcome: 'delighted' });
    expect(ended.executions).toMatchObject([{ status: 'SUCCEEDED', transitions: 5 }]);
    expect((await world.mailsTo(order.email)).map((mail) => mail.subject)).toHaveLength(2);
  });

  test('is asked four days after delivery when the shop says when that was, and the reason is shown', async () => {
    const order = newOrder(await world.now());
    await world.send(placed(order));
    await world.advance('P1D');

    await world.send(delivered(order, await world.now()));

    const sale = await world.sale('shopify', order.id);
    expect(sale.sale.checkIn?.because).toBe('4 days after it was delivered');
    await world.advance('P6D');
    const [checkIn] = await world.mailsTo(order.email);
    await world.submit(linkTo(checkIn, 'r'), { rating: '4' });
    expect((await world.sale('shopify', order.id)).executions).toMatchObject([{ transitions: 5 }]);
  });

  test('who asks us to stop is never asked again, in one press', async () => {
    const order = newOrder(await world.now());
    await world.send(placed(order));
    await world.advance('P14D');

    await world.submit(linkTo((await world.mailsTo(order.email))[0], 'u'), {});

    const sale = await world.sale('shopify', order.id);
    expect(sale.sale).toMatchObject({ status: 'closed', outcome: 'opted-out' });
    await world.advance('P60D');
    expect(await world.mailsTo(order.email)).toHaveLength(1);
  });
});

describe('a customer who stopped and took it back', () => {
  test('is followed up again from where it was, without the same question twice', async () => {
    const order = newOrder(await world.now());
    await world.send(placed(order));
    await world.advance('P14D');
    const [checkIn] = await world.mailsTo(order.email);
    await world.submit(linkTo(checkIn, 'u'), { 'List-Unsubscribe': 'One-Click' });
    expect((await world.sale('shopify', order.id)).sale).toMatchObject({
      status: 'closed',
      outcome: 'opted-out',
    });

    await world.submit(linkTo(checkIn, 'u'), { undo: '1' });

    expect((await world.sale('shopify', order.id)).sale).toMatchObject({ status: 'open', outcome: null });
    await world.advance('P8D');
    const subjects = (await world.mailsTo(order.email)).map((mail) => mail.subject);
    expect(subjects).toHaveLength(2);
    expect(new Set(subjects).size).toBe(2);
  });
});

describe('a content customer', () => {
  test('is counted apart from the delighted', async () => {
    const order = newOrder(await world.now());
    await world.send(placed(order));
    await world.advance('P14D');

    await world.submit(linkTo((await world.mailsTo(order.email))[0], 'r'), { rating: '3' });

    expect((await world.sale('shopify', order.id)).sale.outcome).toBe('content');
  });
});
