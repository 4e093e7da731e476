/** "Hello? Where the heck are you?": a supplier who does not come, does not come again, and is due a third time. */
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { newStandardOrder, ordered, promiseRequest } from '../standard-orders.ts';
import { linkTo, type Mail, type OpenWorld, openWorld } from '../world.ts';

let world: OpenWorld;
beforeAll(async () => {
  world = await openWorld({ assembly: inject('assembly') });
});
afterAll(() => world.close());

const HOUR = 3_600_000;
const iso = (ms: number) => new Date(ms).toISOString();

/** In Zurich, as staff type it into the form. */
const typed = (ms: number) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Zurich', dateStyle: 'short', timeStyle: 'short' })
    .format(ms)
    .replace(' ', 'T');

const window = (from: number) => ({
  'book-from': typed(from),
  'book-until': typed(from + 2 * HOUR).slice(-5),
});

describe('the no-show supplier', () => {
  const order = newStandardOrder(Date.parse('2031-03-03T08:00:00Z'));
  const first = order.at + 2 * 24 * HOUR + 2 * HOUR;
  const second = first + 7 * 24 * HOUR;
  const third = second + 7 * 24 * HOUR;

  const visit = async () => {
    const { promises } = await world.sale('standard', order.id);
    const found = promises.find(({ kind }) => kind === 'visit');
    if (found === undefined) throw new Error('There is no visit');
    return found;
  };
  const calls = async () =>
    (await world.sale('standard', order.id)).promises.filter(({ kind }) => kind === 'call');
  const toCustomer = (): Promise<Mail[]> => world.mailsTo(order.email);
  const mailsTo = (address: string): Promise<Mail[]> => world.mailsTo(address);
  const since = async (address: string, act: () => Promise<void>) => {
    const before = (await mailsTo(address)).length;
    await act();
    return (await mailsTo(address)).slice(before);
  };

  test('the visit is confirmed in writing to both sides, with a calendar file', async () => {
    const booked = { from: iso(first), to: iso(first + 2 * HOUR), provider: 'ben', place: 'Seestrasse 1' };
    expect(await world.send(ordered(order, { soldBy: 'ana', visit: booked }))).toBe(200);

    const [confirmation] = await toCustomer();
    expect(confirmation?.text).toContain('Ben Okafor');
    expect(confirmation?.text).toContain('Seestrasse 1');
    const [toBen] = await mailsTo('ben@shop.example');
    expect(toBen?.text).toContain('Seestrasse 1');
    expect(await visit()).toMatchObject({ status: 'open', strikes: 0, owner: 'ana' });
  });

  test('nobody says they are on the way: nudged at T-30, the office knows at T-25, the customer at T-15', async () => {
    await world.goTo(iso(first - 31 * 60_000));
    const nudged = await since('ben@shop.example', () => world.goTo(iso(first - 29 * 60_000)));
    expect(nudged).toHaveLength(1);
    const office = await since('mara@shop.example', () => world.goTo(iso(first - 24 * 60_000)));
    expect(office).toHaveLength(1);
    const told = await since(order.email, async () => undefined);
    expect(told).toHaveLength(0);
    const before = (await toCustomer()).length;
    await world.goTo(iso(first - 14 * 60_000));
    expect((await toCustomer()).length).toBe(before + 1);
  });

  test('nobody came: sorry at once, a call the same day, one level up', async () => {
    const before = (await toCustomer()).length;
    await world.goTo(iso(first + 2 * HOUR + 16 * 60_000));

    expect(await visit()).toMatchObject({ status: 'open', strikes: 1, level: 1, owner: 'mara' });
    expect(await calls()).toMatchObject([{ status: 'open', owner: 'mara' }]);
    const due = Date.parse((await calls())[0]?.dueAt ?? '');
    expect(iso(due).slice(0, 10)).toBe(iso(first).slice(0, 10));
    const sorry = (await toCustomer()).slice(before);
    expect(sorry).toHaveLength(1);
    expect(sorry[0]?.text).toContain('Mara Lindt');
    expect((await mailsTo('mara@shop.example')).length).toBeGreaterThanOrEqual(2);
  });

  test('the customer says who was not there, with one tap', async () => {
    await world.submit(linkTo((await toCustomer()).at(-1), 's'), { act: 'nobody-came', promise: 'visit-1' });

    expect(await visit()).toMatchObject({ strikes: 1, visits: [{ noShow: 'provider' }] });
  });

  test('a new time is a new booking of the same promise, and the old reminders are gone', async () => {
    const missed = (await mailsTo('mara@shop.example')).findLast(({ subject }) =>
      /nobody came/i.test(subject),
    );
    await world.submit(linkTo(missed, 'p'), { act: 'book', ...window(second), 'book-provider': 'ben' });

    expect(await visit()).toMatchObject({ strikes: 1, visits: [{ n: 1 }, { n: 2, provider: 'ben' }] });
    expect((await toCustomer()).at(-1)?.text).toContain('Ben Okafor');
    const before = (await toCustomer()).length;
    await world.goTo(iso(second - 25 * HOUR));
    const meanwhile = (await toCustomer()).slice(before);
    expect(meanwhile.filter(({ subject }) => /visit|tomorrow|today/i.test(subject))).toEqual([]);
    await world.goTo(iso(second - 23 * HOUR));
    expect((await toCustomer()).length).toBeGreaterThan(before + meanwhile.length);
  });

  test('and nobody comes again: two strikes, and it is with the head of the business, who is paged', async () => {
    await world.goTo(iso(second + 2 * HOUR + 16 * 60_000));

    expect(await visit()).toMatchObject({ strikes: 2, level: 2, owner: 'theo' });
    const pages = await world.read('/_local/pages');
    expect(JSON.stringify(pages)).not.toContain(order.email);
    expect(JSON.stringify(pages)).toMatch(/"topic":"[^"]*Pages/);
  });

  test('the third visit cannot happen quietly: it stands only when somebody answers for it by name', async () => {
    const before = (await toCustomer()).length;
    const visitAgain = { from: iso(third), to: iso(third + 2 * HOUR), provider: 'ben' };
    const now = await world.now();
    const answered = await world.send(
      promiseRequest(
        {
          type: 'promise.reschedule',
          order: { source: 'standard', id: order.id },
          promise: 'visit-1',
          visit: visitAgain,
        },
        now,
      ),
    );

    expect(answered).toBe(202);
    expect((await visit()).visits.at(-1)).toMatchObject({ n: 3, isConfirmed: false });
    expect((await toCustomer()).length).toBe(before);

    const asked = (await mailsTo('theo@shop.example')).findLast(({ subject }) =>
      /answer for it/i.test(subject),
    );
    const page = linkTo(asked, 'p');
    const shown = (await world.get(page)).text;
    expect(shown).toContain('Theo');
    await world.submit(page, { act: 'book', ...window(third), 'book-provider': 'ana', answers: 'yes' });

    const booked = (await visit()).visits.at(-1);
    expect(booked).toMatchObject({ n: 4, isConfirmed: true, acceptedBy: 'theo', provider: 'ana' });
    expect((await toCustomer()).at(-1)?.text).toContain('Ana Keller');
  });

  test('she comes, says what she did, and only the customer closes it', async () => {
    await world.goTo(iso(third - 40 * 60_000));
    const note = (await mailsTo('ana@shop.example')).at(-1);
    await world.submit(linkTo(note, 'p'), { act: 'on-my-way' });
    const quiet = (await toCustomer()).length;
    await world.goTo(iso(third + HOUR));
    expect((await toCustomer()).length).toBe(quiet);
    await world.submit(linkTo(note, 'p'), { act: 'done', what: 'The boiler is serviced.' });
    expect(await visit()).toMatchObject({ status: 'proposed' });

    await world.submit(linkTo((await toCustomer()).at(-1), 's'), { act: 'yes', promise: 'visit-1' });

    expect(await visit()).toMatchObject({ status: 'kept', strikes: 2 });
  });
});
