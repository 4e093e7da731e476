/** "Asked towards the midpoint of your meal": asked while it can still be put right, and cut off before it spreads. */
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { delivered, newOrder, placed } from '../orders.ts';
import { linkTo, type OpenWorld, openWorld } from '../world.ts';

let world: OpenWorld;
beforeAll(async () => {
  world = await openWorld({ assembly: inject('assembly') });
});
afterAll(() => world.close());

const DAY = 86_400_000;

describe('the restaurant', () => {
  const order = newOrder(Date.parse('2031-03-03T08:00:00Z'));
  const resolve = async () =>
    (await world.sale('shopify', order.id)).promises.find(({ kind }) => kind === 'resolve');

  test('the question comes midway: in use, and well before it is too late to send it back', async () => {
    await world.send(placed(order));
    await world.advance('P2D');
    const deliveredAt = await world.now();
    await world.send(delivered(order, deliveredAt));
    await world.advance('P6D');

    const [checkIn] = await world.mailsTo(order.email);
    const asked = Date.parse(checkIn?.at ?? '');
    expect(asked).toBeGreaterThan(deliveredAt + 2 * DAY);
    expect(asked).toBeLessThan(deliveredAt + (14 - 5) * DAY);
  });

  test('saying it takes two taps, no login; a person has it within 4 working hours', async () => {
    const [checkIn] = await world.mailsTo(order.email);
    const now = await world.now();
    const thanks = await world.submit(linkTo(checkIn, 'r'), {
      rating: '1',
      words: 'It squeaks.',
      blocked: 'yes',
    });

    expect(thanks.status).toBe(200);
    const owed = await resolve();
    expect(owed).toMatchObject({ status: 'open', severity: 'urgent' });
    expect(Date.parse(owed?.dueAt ?? '') - now).toBeLessThanOrEqual(4 * 3_600_000);
  });

  test('it is put right before it spreads, and no review is asked for until then', async () => {
    const mail = (await world.mails()).findLast(
      ({ to, text }) => to.endsWith('@shop.example') && text.includes(order.email),
    );
    await world.submit(linkTo(mail, 'p'), { act: 'take' });
    await world.submit(linkTo(mail, 'p'), { act: 'done', what: 'A new pair is with you tomorrow.' });
    await world.submit(linkTo((await world.mailsTo(order.email)).at(-1), 's'), {
      act: 'yes',
      promise: 'resolve-1',
    });

    expect(await resolve()).toMatchObject({ status: 'kept', strikes: 0 });
    const sale = await world.sale('shopify', order.id);
    expect(sale.sale.outcome).toBe('recovered');
    await world.advance('P30D');
    const mails = await world.mailsTo(order.email);
    expect(mails.filter(({ links }) => links.some((link) => link.includes('review')))).toHaveLength(1);
  });
});
