/** A customer to whom something is owed asks to be forgotten. */
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { shopifyRequest } from '../../lib/local/sample-orders/shop-requests.ts';
import { newOrder, placed } from './orders.ts';
import { dumpTables } from './tables.ts';
import { linkTo, type OpenWorld, openWorld } from './world.ts';

let world: OpenWorld;
beforeAll(async () => {
  world = await openWorld({ assembly: inject('assembly') });
});
afterAll(() => world.close());

const NEEDLES = ['Mirabelle', 'Quittenbaum', 'squeaks terribly', '+41 79 555 09 99'];

describe('a customer with open promises who is to be forgotten', () => {
  const order = newOrder(Date.parse('2031-03-03T08:00:00Z'));
  const erase = () =>
    shopifyRequest({
      topic: 'customers/redact',
      secret: 'local-secret',
      body: JSON.stringify({
        shop_id: 1,
        shop_domain: 'alpenschuh.myshopify.example',
        customer: { id: 1, email: order.email, phone: null },
        orders_to_redact: ['REPLACED'],
      }).replace('"REPLACED"', order.id),
    });
  const person = {
    customer: { id: 1, first_name: 'Mirabelle', last_name: 'Quittenbaum', email: order.email, phone: null },
  };

  const links = { form: '', stop: '' };

  test('is owed a resolution', async () => {
    await world.send(placed(order, person));
    await world.advance('P14D');
    const [checkIn] = await world.mailsTo(order.email);
    links.form = linkTo(checkIn, 'r');
    links.stop = linkTo(checkIn, 'u');
    await world.submit(links.form, {
      rating: '2',
      words: 'It squeaks terribly.',
      call: 'yes',
      phone: '+41 79 555 09 99',
    });
    expect((await world.sale('shopify', order.id)).promises).toMatchObject([{ status: 'open' }]);
    const tables = await dumpTables(world.aws);
    for (const needle of [...NEEDLES, order.email]) expect(tables).toContain(needle);
  });

  test('is nowhere in the tables afterwards, and every wait has ended', async () => {
    expect(await world.send(erase())).toBe(200);

    const tables = await dumpTables(world.aws);
    for (const needle of [...NEEDLES, order.email, 'mirabelle', 'quittenbaum'])
      expect(tables).not.toContain(needle);
    const sale = await world.sale('shopify', order.id);
    expect(sale.promises).toMatchObject([{ status: 'withdrawn' }]);
    expect(sale.executions.every(({ status }) => status === 'SUCCEEDED')).toBe(true);
  });

  test('is not written to any more, whatever the clock says; the owner is told that nothing is owed', async () => {
    await world.advance('P60D');

    /* On one machine the copies of earlier mails are gone too. */
    expect(await world.mailsTo(order.email)).toEqual([]);
    const texts = (await world.mails()).map(({ text }) => text).join('\n');
    expect(texts).not.toContain('Quittenbaum');
  });

  test('is not brought back by a webhook that is sent again', async () => {
    await world.send(placed(order, { ...person, updated_at: new Date(await world.now()).toISOString() }));
    await world.advance('P30D');

    expect(await dumpTables(world.aws)).not.toContain('Quittenbaum');
    const executions = (await world.sale('shopify', order.id)).executions;
    expect(executions.every(({ status }) => status === 'SUCCEEDED')).toBe(true);
  });

  test('meets no page of theirs any more, and the one-click stop still answers 200', async () => {
    expect((await world.get(links.form)).status).toBe(404);
    const stop = await world.submit(links.stop, { 'List-Unsubscribe': 'One-Click' });
    expect(stop.status).toBe(200);
  });
});
