/** "Calling someone's name only to listen to the echo": a question after the sale that nobody answers. */
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { newOrder, placed } from '../orders.ts';
import { linkTo, type Mail, type OpenWorld, openWorld } from '../world.ts';

let world: OpenWorld;
beforeAll(async () => {
  world = await openWorld({ assembly: inject('assembly') });
});
afterAll(() => world.close());

describe('the echo', () => {
  const order = newOrder(Date.parse('2031-03-03T08:00:00Z'));
  const QUESTION = 'Can I wash the lining?';
  const answer = async () =>
    (await world.sale('shopify', order.id)).promises.find(({ kind }) => kind === 'answer');
  const withQuestion = async (addresses: readonly string[]): Promise<Mail[]> =>
    (await world.mails()).filter(({ to, text }) => addresses.includes(to) && text.includes(QUESTION));

  test('a happy customer asks something: somebody owes an answer within 8 working hours', async () => {
    await world.send(placed(order));
    await world.advance('P14D');
    const [checkIn] = await world.mailsTo(order.email);
    const asked = await world.now();
    const thanks = await world.submit(linkTo(checkIn, 'r'), { rating: '5', words: QUESTION });

    expect(thanks.status).toBe(200);
    expect(await answer()).toMatchObject({ status: 'open', level: 0, strikes: 0 });
    expect(Date.parse((await answer())?.dueAt ?? '')).toBeGreaterThan(asked + 7 * 3_600_000);
    expect(await withQuestion(['ana@shop.example', 'ben@shop.example'])).toHaveLength(1);
    expect((await world.sale('shopify', order.id)).sale.outcome).toBe('delighted');
  });

  test('nobody answers: it is warned of, told honestly, and climbs until it ends in a person', async () => {
    const before = (await world.mailsTo(order.email)).length;
    await world.advance('P2D');

    expect(await answer()).toMatchObject({ level: 1, owner: 'mara' });
    expect((await world.mailsTo(order.email)).length).toBeGreaterThan(before);

    await world.advance('P3D');
    expect(await answer()).toMatchObject({ level: 2, owner: 'theo' });
    expect((await withQuestion(['theo@shop.example'])).length).toBeGreaterThan(0);
  });

  test('the review ask waits as long as the answer is owed', async () => {
    await world.advance('P10D');
    expect((await world.mailsTo(order.email)).filter(({ subject }) => /review/i.test(subject))).toEqual([]);
  });

  test('an answer that is one is confirmed by the customer', async () => {
    const page = linkTo((await withQuestion(['theo@shop.example'])).at(-1), 'p');
    await world.submit(page, { act: 'done', what: 'Yes, by hand and cold.' });
    const reply = (await world.mailsTo(order.email)).at(-1);
    expect(reply?.text).toContain('Yes, by hand and cold.');

    await world.submit(linkTo(reply, 's'), { act: 'yes', promise: 'answer-1' });

    expect(await answer()).toMatchObject({ status: 'kept' });
  });
});
