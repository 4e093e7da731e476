import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import config from '../../aftercare.config.ts';
import { checkConfiguration } from '../../functions/core/configuration.ts';
import { standardRequest } from '../../lib/local/sample-orders/shop-requests.ts';
import { openConfigured } from './configured.ts';
import { newStandardOrder, ordered, STANDARD_SECRET, type StandardOrder } from './standard-orders.ts';
import { linkTo, type OpenWorld } from './world.ts';

const referral = { gives: { en: '10 % off the first order' }, prefix: 'FRIEND' };
let world: OpenWorld;
beforeAll(async () => {
  /* The sample shop has no codes. */
  const given = checkConfiguration({ ...config, shop: { ...config.shop, referral } });
  world = await openConfigured(inject('assembly'), given, false);
});
afterAll(() => world.close());

const goods = async (): Promise<StandardOrder> => {
  const order = newStandardOrder(await world.now());
  await world.send(ordered(order, { type: 'goods', title: 'Walking boot Rigi' }));
  return order;
};

const tell = async (order: StandardOrder, type: string, more: Record<string, unknown> = {}) => {
  const at = await world.now();
  const body = { type, timestamp: new Date(at).toISOString(), data: { orderId: order.id, ...more } };
  await world.send(standardRequest({ secret: STANDARD_SECRET, at, body }));
};

const reviewAsks = async ({ email }: StandardOrder) =>
  (await world.mailsTo(email)).filter(({ subject }) => subject.startsWith('How it went'));

const typesOf = async ({ id }: StandardOrder) =>
  (await world.sale('standard', id)).journal.map(({ type }) => type);

describe('after the answer', { timeout: 300_000 }, () => {
  test('an average customer is asked the one thing, and nothing is owed for the answer', async () => {
    const order = await goods();
    await world.advance('P17D');
    const form = linkTo((await world.mailsTo(order.email))[0], 'r');

    const thanks = await world.submit(form, { rating: '3' });
    const told = await world.submit(form, { rating: '3', more: 'A softer sole.' });

    expect(thanks.text).toContain('What would have made it great?');
    expect(told.text).not.toContain('What would have made it great?');
    expect((await world.sale('standard', order.id)).promises).toEqual([]);
  });

  test('an open promise holds the review ask back for a month, and no longer', async () => {
    const order = await goods();
    await world.advance('P17D');
    await world.submit(linkTo((await world.mailsTo(order.email))[0], 'r'), { rating: '1' });

    await world.advance('P30D');
    const early = await reviewAsks(order);
    await world.advance('P30D');

    expect(early).toEqual([]);
    expect(await reviewAsks(order)).toHaveLength(1);
    expect((await world.sale('standard', order.id)).promises).toMatchObject([{ status: 'open' }]);
    await world.advance('P20D');
    expect(await reviewAsks(order)).toHaveLength(1);
  });

  test('a review that was written is not asked for, here or for the next order', async () => {
    const order = await goods();
    await world.advance('P17D');
    const [checkIn] = await world.mailsTo(order.email);
    await world.submit(linkTo(checkIn, 'r'), { rating: '5' });

    await tell(order, 'order.reviewed');
    const next = { ...newStandardOrder(await world.now()), email: order.email };
    await world.send(ordered(next, { type: 'goods', title: 'Walking boot Säntis' }));
    await world.advance('P60D');

    expect(await reviewAsks(order)).toEqual([]);
    expect(await typesOf(order)).toEqual(expect.arrayContaining(['reviewed', 'bought-again']));
    const { journal } = await world.sale('standard', next.id);
    expect(journal).toContainEqual(
      expect.objectContaining({
        type: 'skipped',
        message: 'review-ask',
        reason: 'the customer wrote a review lately',
      }),
    );
  });

  test('a friend’s order is traced back to the happy customer who passed the code on', async () => {
    const order = await goods();
    await world.advance('P17D');
    const form = linkTo((await world.mailsTo(order.email))[0], 'r');

    const thanks = await world.submit(form, { rating: '5' });
    const code = /FRIEND-[A-Z2-9]{6}/.exec(thanks.text)?.[0] ?? 'no code';
    const friend = newStandardOrder(await world.now());
    const at = await world.now();
    const paid = {
      type: 'order.paid',
      timestamp: new Date(at).toISOString(),
      data: {
        orderId: friend.id,
        customer: { firstName: 'Rea', email: friend.email },
        lines: [{ title: 'Walking boot Rigi', type: 'goods' }],
        total: { amount: '189.00', currency: 'CHF' },
        codes: [code.toLowerCase()],
      },
    };
    for (let times = 0; times < 2; times += 1)
      await world.send(standardRequest({ secret: STANDARD_SECRET, at, body: paid }));

    expect((await world.get(linkTo((await world.mailsTo(order.email))[0], 's'))).text).toContain(code);
    expect(await typesOf(friend)).toContain('referred');
    expect((await typesOf(order)).filter((type) => type === 'recommended')).toHaveLength(1);
    for (const { text } of await world.mailsTo(order.email)) expect(text).not.toContain(code);
  });
});
