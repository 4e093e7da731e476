/** "Two months went by and not a word": the website says a trainer calls within a week, and nobody does. */
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { newStandardOrder, ordered } from '../standard-orders.ts';
import { linkTo, type Mail, MONDAY, type OpenWorld, openWorld } from '../world.ts';

let world: OpenWorld;
beforeAll(async () => {
  world = await openWorld({ assembly: inject('assembly') });
});
afterAll(() => world.close());

const DAY = 86_400_000;

describe('the dog trainer', () => {
  const order = newStandardOrder(Date.parse(MONDAY));
  const day = (days: number) => new Date(order.at + days * DAY).toISOString();

  const promise = async () => (await world.sale('standard', order.id)).promises[0];
  const toStaff = async (address: string): Promise<Mail[]> =>
    (await world.mailsTo(address)).filter(({ text }) => text.includes(order.email));

  test('the shop published that a trainer calls within a week, so from the order on somebody owes it', async () => {
    await world.send(ordered(order, { type: 'class', title: 'Puppy class', soldBy: 'ana' }));
    await world.goTo(day(0.2));

    expect(await promise()).toMatchObject({ kind: 'call', status: 'open', owner: 'ana', level: 0 });
    expect(Date.parse((await promise())?.dueAt ?? '')).toBeLessThanOrEqual(order.at + 7 * DAY);
    const [receipt] = await world.mailsTo(order.email);
    expect(receipt?.text).toContain('Ana');
    expect((await toStaff('ana@shop.example')).length).toBe(1);
  });

  test('the customer can see at any time that it is on', async () => {
    const page = await world.get(linkTo((await world.mailsTo(order.email))[0], 's'));

    expect(page.status).toBe(200);
    expect(page.text).toContain('Ana Keller');
  });

  test('the owner hears of it by day 3.5 and by day 5.6', async () => {
    await world.goTo(day(3.5));
    expect((await toStaff('ana@shop.example')).length).toBe(2);

    await world.goTo(day(5.6));
    expect((await toStaff('ana@shop.example')).length).toBe(3);
    expect(await promise()).toMatchObject({ level: 0, strikes: 0 });
  });

  test('the customer hears the truth by day 7, before they have to chase', async () => {
    const told = (await world.mailsTo(order.email)).filter(
      ({ subject }) => !/order|getting on/i.test(subject),
    );
    expect(told.length).toBeGreaterThanOrEqual(1);
    await world.goTo(day(7.001));

    expect(await promise()).toMatchObject({ level: 1, owner: 'mara', strikes: 1 });
    expect((await toStaff('mara@shop.example')).length).toBe(1);
    const sorry = (await world.mailsTo(order.email)).at(-1);
    expect(sorry?.text).toContain('Mara Lindt');
  });

  test('nobody is ever silent for two months: each level hears once, then the head of the business again and again', async () => {
    await world.goTo(day(60));

    const levels = await promise();
    expect(levels).toMatchObject({ level: 2, owner: 'theo', status: 'open' });
    expect((await toStaff('theo@shop.example')).length).toBeGreaterThan(5);
    expect(JSON.stringify(await world.read('/_local/pages'))).toMatch(/"topic":"[^"]*Pages/);
  });

  test('the customer is heard whenever they speak: whoever has it rings, and they close it', async () => {
    const mail = (await toStaff('theo@shop.example')).at(-1);
    await world.submit(linkTo(mail, 'p'), { act: 'done', what: 'I rang you today.' });
    const question = (await world.mailsTo(order.email)).at(-1);

    await world.submit(linkTo(question, 's'), { act: 'yes', promise: 'call-1' });

    expect(await promise()).toMatchObject({ status: 'kept' });
  });
});
