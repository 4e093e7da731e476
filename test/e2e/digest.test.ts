import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { newOrder, type Placed, placed } from './orders.ts';
import { linkTo, type Mail, type OpenWorld, openWorld } from './world.ts';

const MANAGER = 'mara@shop.example';
const MANY = 8;
/** `desk.digestAfter` when the configuration does not say. */
const AT_ONCE = 5;

let world: OpenWorld;
const orders: Placed[] = [];
beforeAll(async () => {
  world = await openWorld({ assembly: inject('assembly') });
  for (let n = 0; n < MANY; n += 1) orders.push(newOrder(await world.now()));
  for (const order of orders) await world.send(placed(order));
  await world.advance('P14D');
  for (const order of orders) {
    const [checkIn] = await world.mailsTo(order.email);
    await world.submit(linkTo(checkIn, 'r'), { rating: '1', words: 'It creaks.' });
  }
});
afterAll(() => world.close());

const isList = ({ subject }: Mail) => subject.includes('on your list');
const number = ({ id }: Placed) => `#${id.slice(-4)}`;

describe('when everything breaks at once', () => {
  test('a person gets a few notes and then one mail with the rest, and nothing is lost', async () => {
    await world.advance('PT8H');

    const mails = await world.mailsTo(MANAGER);
    const perHour = new Map<string, number>();
    for (const { at } of mails.filter((mail) => !isList(mail)))
      perHour.set(at.slice(0, 13), (perHour.get(at.slice(0, 13)) ?? 0) + 1);
    expect(Math.max(...perHour.values())).toBe(AT_ONCE);
    const digests = mails.filter(isList);
    expect(digests.length).toBeGreaterThan(0);
    for (const order of orders) {
      const isTold = mails.some(({ text }) => text.includes(number(order)) || text.includes(order.email));
      expect([number(order), isTold]).toEqual([number(order), true]);
    }
    const [digest] = digests;
    expect(digest?.text).toMatch(/#\d{4}: Put it right for Lea Steiner, was due \w+day .*, broken once/);
    expect(digest?.text).toContain(`${world.url}/desk`);
  });

  test('the journal of each sale says which note came in the digest', async () => {
    const held = await Promise.all(
      orders.map(async ({ id }) =>
        (await world.sale('shopify', id)).journal.filter(
          (entry) => entry['type'] === 'skipped' && entry['reason'] === 'in the digest',
        ),
      ),
    );

    expect(held.flat().length).toBeGreaterThanOrEqual(MANY - AT_ONCE);
  });
});

describe('in the morning', () => {
  test('whoever owes something today gets it as a list, once, and nobody else gets any', async () => {
    const before = new Date(await world.now()).toISOString();
    await world.advance('PT24H');

    const since = (await world.mails(`?since=${before}`)).filter(
      (mail) => isList(mail) && mail.text.includes('this is your day'),
    );
    /* At half past nine all of it goes up to the head, who hears of each: the list of the morning is not sent again. */
    expect(since.map(({ to }) => to)).toEqual([MANAGER]);
    expect(since[0]?.subject).toContain(`${MANY} on your list today`);
    expect(since[0]?.at.slice(11, 13)).toMatch(/0[789]/);
    for (const order of orders) expect(since[0]?.text).toContain(`${number(order)}: `);
  });

  test('nobody gets one on a day without work', async () => {
    await world.advance('P12D');

    const days = (await world.mails())
      .filter((mail) => mail.text.includes('this is your day'))
      .map(({ at, to }) => ({ to, day: at.slice(0, 10), weekday: new Date(at).getUTCDay() }));
    expect(days.filter(({ weekday }) => weekday === 0 || weekday === 6)).toEqual([]);
    expect(new Set(days.map(({ to, day }) => `${to} ${day}`)).size).toBe(days.length);
  });
});
