import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import * as z from 'zod';
import { newOrder, type Placed, placed } from './orders.ts';
import { linkTo, type OpenWorld, openWorld } from './world.ts';

const Pages = z.array(
  z.strictObject({ at: z.string(), topic: z.string(), subject: z.string(), text: z.string() }),
);
const STAFF = ['ana@shop.example', 'ben@shop.example', 'mara@shop.example', 'theo@shop.example'];

let world: OpenWorld;
beforeAll(async () => {
  world = await openWorld({ assembly: inject('assembly') });
});
afterAll(() => world.close());

/** To the person at the end of the ladder; alarms go to a topic of their own. */
const pages = async () =>
  Pages.parse(await world.read('/_local/pages')).filter(({ topic }) => !topic.includes('Alarms'));

const unhappy = async (): Promise<Placed> => {
  const order = newOrder(await world.now());
  await world.send(placed(order));
  await world.advance('P14D');
  const [checkIn] = await world.mailsTo(order.email);
  await world.submit(linkTo(checkIn, 'r'), { rating: '1', words: 'The left boot creaks.' });
  return order;
};

const entries = async (order: Placed, type: string) =>
  (await world.sale('shopify', order.id)).journal.filter((entry) => entry.type === type);

describe('an unhappy customer to whom nobody reacts', () => {
  test('climbs from rep to manager to head, who is paged: each threshold once, however often anything is retried', async () => {
    const order = await unhappy();
    for (const failure of ['error', 'throttle', 'error'] as const) world.ses.failNext(failure);

    await world.advance('P1DT2H');

    const { promises } = await world.sale('shopify', order.id);
    expect(promises).toMatchObject([{ level: 2, owner: 'theo', strikes: 2 }]);
    const [page, ...more] = await pages();
    expect(more).toEqual([]);
    expect(page?.topic).toContain('Pages');
    expect(page?.subject).toBe('Lindenhof Supply: a promise to a customer needs you');
    expect(page?.text).toContain(`Order #${order.id.slice(-4)}, resolve-1: broken 2 times, due `);
    expect(page?.text).toContain(`${world.url}/desk`);
    const owners = (await entries(order, 'sent')).filter(({ message }) =>
      String(message).includes('/owner#'),
    );
    expect(owners.map(({ message, to }) => `${message} ${to}`)).toEqual([
      expect.stringMatching(/^resolve-1\/owner#1 (ana|ben)$/),
      'resolve-1/owner#2 mara',
      'resolve-1/owner#3 theo',
    ]);
    expect(await entries(order, 'escalated')).toHaveLength(2);
    expect(await entries(order, 'paged')).toHaveLength(1);
  });

  test('pages again each time it breaks at the top, in working hours only, and never says who the customer is', async () => {
    await world.advance('P20D');

    const all = await pages();
    expect(all.length).toBeGreaterThan(2);
    for (const { at, text, subject } of all) {
      const [day, hour] = [new Date(at).getUTCDay(), new Date(at).getUTCHours()];
      expect([at, day >= 1 && day <= 5 && hour >= 7 && hour < 17]).toEqual([at, true]);
      expect(`${subject} ${text}`).not.toMatch(/Lea|Steiner|example\.org|creaks/);
    }
    const sent = (await world.mails()).filter(({ to }) => STAFF.includes(to));
    expect(new Set(sent.map(({ id }) => id)).size).toBe(sent.length);
  });
});
