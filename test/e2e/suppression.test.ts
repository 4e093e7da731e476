/** What the mail service says about our mails, through the whole stack: SES, topic, queue, function, workflow. */
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { newOrder, type Placed, placed } from './orders.ts';
import { linkTo, type OpenWorld, openWorld } from './world.ts';

let world: OpenWorld;
beforeAll(async () => {
  world = await openWorld({ assembly: inject('assembly'), hasSchedules: false });
});
afterAll(() => world.close());

const SLOW = 120_000;

/** An order of whoever lives at this address of the simulator. */
const orderOf = async (mailbox: string): Promise<Placed> => {
  const order = newOrder(await world.now());
  return { ...order, email: `${mailbox}+${order.id.slice(-4)}@simulator.amazonses.com` };
};
const journalOf = async (order: Placed) =>
  (await world.sale('shopify', order.id)).journal.map((entry) =>
    'message' in entry ? `${entry.type} ${String(entry['message'])}` : entry.type,
  );

it(
  'a mail that arrives is known to have arrived',
  async () => {
    const order = await orderOf('success');
    await world.send(placed(order));
    await world.advance('P14D');

    expect(await journalOf(order)).toContain('arrived check-in');
  },
  SLOW,
);

it(
  'a mailbox that does not exist: a person rings, once, and nothing more is mailed',
  async () => {
    const order = await orderOf('bounce');
    await world.send(placed(order));
    await world.advance('P14D');

    const { promises } = await world.sale('shopify', order.id);
    expect(promises.map(({ kind, status }) => `${kind} ${status}`)).toEqual(['call open']);
    expect(await journalOf(order)).toContain('bounced check-in');
    await world.advance('P20D');
    expect(await world.mailsTo(order.email)).toHaveLength(1);
  },
  SLOW,
);

it(
  'a full mailbox is tried three times on three working days, then a person rings',
  async () => {
    const order = await orderOf('softbounce');
    await world.send(placed(order));
    await world.advance('P25D');

    const mails = await world.mailsTo(order.email);
    expect(mails).toHaveLength(3);
    expect(new Set(mails.map(({ at }) => at.slice(0, 10))).size).toBe(3);
    expect((await world.sale('shopify', order.id)).promises.map(({ kind }) => kind)).toEqual(['call']);
  },
  SLOW,
);

it(
  'a complaint stops every order of the person at once; what is owed stays, and its owner rings',
  async () => {
    const order = await orderOf('complaint');
    const second: Placed = { ...newOrder(await world.now()), email: order.email };
    await world.send(placed(order));
    await world.advance('P10D');
    await world.send(placed({ ...second, at: new Date(await world.now()).toISOString() }));
    await world.advance('P4D');

    expect(await journalOf(order)).toContain('complained check-in');
    expect(await journalOf(second)).toContain('stopped');
    await world.submit(linkTo((await world.mailsTo(order.email))[0], 'r'), {
      rating: '1',
      words: 'It broke.',
    });
    await world.advance('P2D');
    const sale = await world.sale('shopify', order.id);
    expect(sale.promises.map(({ kind, status }) => `${kind} ${status}`)).toEqual(['resolve open']);
    expect(await journalOf(order)).toContain('sent resolve-1/by-phone#1');
    await world.advance('P20D');
    expect(await world.mailsTo(order.email)).toHaveLength(1);
  },
  SLOW,
);
