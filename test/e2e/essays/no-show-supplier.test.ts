/** "Hello? Where the heck are you?": a supplier who does not come, does not come again, and is due a third time. */
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { newStandardOrder, ordered } from '../standard-orders.ts';
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
  const aboutIt = async (address: string) =>
    (await world.mailsTo(address)).filter(({ text }) => text.includes(order.email));
  const since = async (address: string, act: () => Promise<void>) => {
    const before = (await aboutIt(address)).length;
    await act();
    return (await aboutIt(address)).slice(before);
  };

  test('the visit is confirmed in writing to both sides, with a calendar file', async () => {
    const window = { from: iso(first), to: iso(first + 2 * HOUR), provider: 'ben', place: 'Seestrasse 1' };
    expect(await world.send(ordered(order, { soldBy: 'ana', visit: window }))).toBe(200);

    const [confirmation] = await toCustomer();
    expect(confirmation?.text).toContain('Ben Okafor');
    expect(confirmation?.text).toContain('Seestrasse 1');
    const [toBen] = await aboutIt('ben@shop.example');
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
    expect(sorry[0]?.from).toContain('Mara Lindt');
    expect((await aboutIt('mara@shop.example')).length).toBeGreaterThanOrEqual(2);
  });

  test('the customer says who was not there, with one tap', async () => {
    await world.submit(linkTo((await toCustomer()).at(-1), 's'), { act: 'nobody-came', promise: 'visit-1' });

    expect(await visit()).toMatchObject({ strikes: 1, visits: [{ noShow: 'provider' }] });
  });

  test('a new time is a new booking of the same promise, and the old reminders are gone', async () => {
    const page = linkTo((await aboutIt('mara@shop.example')).at(-1), 'p');
    const visitPage = (await aboutIt('mara@shop.example')).findLast(({ subject }) => /came/i.test(subject));
    await world.submit(linkTo(visitPage, 'p'), {
      act: 'book',
      from: typed(second),
      to: typed(second + 2 * HOUR),
      provider: 'ben',
    });

    expect(page).not.toBe('');
    expect(await visit()).toMatchObject({ strikes: 1, visits: [{ n: 1 }, { n: 2, provider: 'ben' }] });
    const confirmation = (await toCustomer()).at(-1);
    expect(confirmation?.text).toContain('Ben Okafor');
    const quiet = (await toCustomer()).length;
    await world.goTo(iso(second - 25 * HOUR));
    expect((await toCustomer()).slice(quiet).filter(({ text }) => text.includes('visit')).length).toBe(0);
  });

  test('and nobody comes again: two strikes, and it is with the head of the business, who is paged', async () => {
    await world.goTo(iso(second + 2 * HOUR + 16 * 60_000));

    expect(await visit()).toMatchObject({ strikes: 2, level: 2, owner: 'theo' });
    const pages = await world.read('/_local/pages');
    expect(JSON.stringify(pages)).not.toContain(order.email);
    expect(pages).not.toEqual([]);
  });

  test('the third visit cannot happen quietly: it stands only when somebody answers for it by name', async () => {
    const missed = (await aboutIt('mara@shop.example')).findLast(({ subject }) => /came/i.test(subject));
    const before = (await toCustomer()).length;
    const window = { from: typed(third), to: typed(third + 2 * HOUR) };
    await world.submit(linkTo(missed, 'p'), { act: 'book', ...window, provider: 'ben' });

    expect((await visit()).visits.at(-1)).toMatchObject({ n: 3, isConfirmed: false });
    expect((await toCustomer()).length).toBe(before);

    const asked = (await aboutIt('theo@shop.example')).at(-1);
    const page = linkTo(asked, 'p');
    expect((await world.get(page)).text).toContain('Theo');
    await world.submit(page, { act: 'book', ...window, provider: 'ana', answersForIt: 'yes' });

    expect((await visit()).visits.at(-1)).toMatchObject({
      n: 4,
      isConfirmed: true,
      acceptedBy: 'theo',
      provider: 'ana',
    });
    const confirmation = (await toCustomer()).at(-1);
    expect(confirmation?.text).toContain('Ana Keller');
  });

  test('she comes, says what she did, and only the customer closes it', async () => {
    await world.goTo(iso(third - 40 * 60_000));
    const note = (await aboutIt('ana@shop.example')).at(-1);
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
