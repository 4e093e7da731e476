/** Two years after an order nobody finds it any more, and a webhook that comes then brings nobody back. */
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { comeToDesk } from './desk-visitor.ts';
import { newOrder, placed } from './orders.ts';
import { linkTo, type OpenWorld, openWorld } from './world.ts';

let world: OpenWorld;
beforeAll(async () => {
  world = await openWorld({ assembly: inject('assembly') });
});
afterAll(() => world.close());

describe('a sale whose time is over', () => {
  const order = newOrder(Date.parse('2031-03-03T08:00:00Z'));
  let page: string;

  test('opens its page and stands at the desk to begin with', async () => {
    await world.send(placed(order));
    await world.advance('P14D');
    page = linkTo((await world.mailsTo(order.email)).at(0), 'r');
    const desk = await comeToDesk(world, 'theo@shop.example');

    expect((await world.get(page)).status).toBe(200);
    expect(await desk.see(`/desk/search?q=${encodeURIComponent(order.email)}`)).toContain(order.id);
  });

  test('shows nothing of it after two years, at no door', async () => {
    await world.goTo('2033-06-01T08:00:00Z');
    const desk = await comeToDesk(world, 'theo@shop.example');

    expect((await world.get(page)).status).toBe(404);
    expect(await desk.see(`/desk/search?q=${encodeURIComponent(order.email)}`)).not.toContain(order.id);
    expect(await desk.see(`/desk/person/shopify/${order.id}`)).not.toContain('Steiner');
  });

  test('is not opened again by an order that is sent again then', async () => {
    const before = (await world.sale('shopify', order.id)).executions.length;
    const mails = (await world.mailsTo(order.email)).length;
    await world.send(placed(order, { updated_at: new Date(await world.now()).toISOString() }));
    await world.advance('P60D');

    expect((await world.get(page)).status).toBe(404);
    expect((await world.sale('shopify', order.id)).executions).toHaveLength(before);
    expect(await world.mailsTo(order.email)).toHaveLength(mails);
  });
});
