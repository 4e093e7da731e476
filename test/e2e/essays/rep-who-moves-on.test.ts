/** "Sell, provide, move on": the rep changes jobs every three years, and the customers stay. */
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { newStandardOrder, ordered, promiseRequest, type StandardOrder } from '../standard-orders.ts';
import { linkTo, type OpenWorld, openWorld } from '../world.ts';

let world: OpenWorld;
beforeAll(async () => {
  world = await openWorld({ assembly: inject('assembly') });
});
afterAll(() => world.close());

describe('the rep who moves on', () => {
  const orders: StandardOrder[] = [];
  const promiseOf = async (order: StandardOrder) => (await world.sale('standard', order.id)).promises[0];

  test('owes three customers a call', async () => {
    for (let index = 0; index < 3; index += 1) {
      const order = newStandardOrder(await world.now());
      orders.push(order);
      await world.send(ordered(order, { type: 'class', title: `Class ${index + 1}`, soldBy: 'ben' }));
    }
    for (const order of orders)
      expect(await promiseOf(order)).toMatchObject({ owner: 'ben', status: 'open' });
  });

  test('leaves: one command hands over everything, and each customer hears who their new person is', async () => {
    await world.advance('PT2H');
    const answer = await world.send(
      promiseRequest({ type: 'staff.left', staff: 'ben', to: 'ana' }, await world.now()),
    );

    expect(answer).toBe(200);
    for (const order of orders) {
      expect(await promiseOf(order)).toMatchObject({ owner: 'ana', status: 'open', strikes: 0 });
      const news = (await world.mailsTo(order.email)).at(-1);
      expect(news?.text).toContain('Ana Keller');
      expect(news?.text).toContain('Ben Okafor');
    }
  });

  test('told once, however often the command is given', async () => {
    const before = (await world.mails()).length;
    await world.send(
      promiseRequest({ type: 'staff.left', staff: 'ben', to: 'ana' }, await world.now(), 'msg_again'),
    );

    expect((await world.mails()).length).toBe(before);
  });

  test('and whoever took over keeps the word', async () => {
    const [order] = orders;
    if (order === undefined) throw new Error('There is no order');
    const mine = (await world.mailsTo('ana@shop.example')).findLast(({ text }) => text.includes(order.email));
    await world.submit(linkTo(mine, 'p'), { act: 'done', what: 'We spoke about the first lesson.' });
    await world.submit(linkTo((await world.mailsTo(order.email)).at(-1), 's'), {
      act: 'yes',
      promise: 'call-1',
    });

    expect(await promiseOf(order)).toMatchObject({ status: 'kept', owner: 'ana' });
  });
});
