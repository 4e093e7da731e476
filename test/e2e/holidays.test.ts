/** Across the change to summer time and across Easter 2031: the right local times, and nobody is written to on a holiday. */
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { newStandardOrder, ordered, promiseRequest, type StandardOrder } from './standard-orders.ts';
import { linkTo, type Mail, type OpenWorld, openWorld } from './world.ts';

const ANA = 'ana@shop.example';
const MARA = 'mara@shop.example';
const ZURICH = 'Europe/Zurich';

/** "Mon 31 Mar 10:40" on the clock of that place. */
const localOf = (instant: string, timeZone = ZURICH): string => {
  const parts = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone, weekday: 'short', day: '2-digit', month: 'short', hour: '2-digit', minute: '2-digit' },
  }).formatToParts(new Date(instant));
  const part = (wanted: string) => parts.find(({ type }) => type === wanted)?.value;
  return `${part('weekday')} ${part('day')} ${part('month')} ${part('hour')}:${part('minute')}`;
};

/** Nobody works then, and no customer is written to unless it is their own visit. */
const CLOSED = /^(Sat|Sun) |^Fri 11 Apr|^Mon 14 Apr/;

let world: OpenWorld;
const open = (start: string) => async () => {
  world = await openWorld({ assembly: inject('assembly'), start });
};
const close = () => world.close();

let asked = 0;
const owe = async (order: StandardOrder, body: object): Promise<void> => {
  asked += 1;
  const whole = { type: 'promise.create', order: { source: 'standard', id: order.id }, ...body };
  const request = promiseRequest(whole, await world.now(), `msg_holiday_${asked}`);
  expect(await world.send(request)).toBe(201);
};

const sold = async (): Promise<StandardOrder> => {
  const order = newStandardOrder(await world.now());
  await world.send(ordered(order, { type: 'goods', title: 'Garden bench', soldBy: 'ana' }));
  return order;
};

const isList = ({ text }: Mail) => text.includes('this is your day');
const timesOf = (mails: readonly Mail[], zone = ZURICH) =>
  mails.filter((mail) => !isList(mail)).map(({ to, at }) => `${localOf(at, zone)} ${to}`);

const entries = async ({ id }: StandardOrder, type: string) =>
  (await world.sale('standard', id)).journal.filter((entry) => entry.type === type);

describe('a call that is owed across the change to summer time', () => {
  beforeAll(open('2031-03-28T15:00:00Z'));
  afterAll(close);

  test('is reminded of, and goes up, by working hours on the clock of the shop', async () => {
    /* Friday at four: one hour is left of the day, and seven of Monday's, which has lost one on Sunday night. */
    const order = await sold();
    await owe(order, { kind: 'call', owner: 'ana' });

    await world.goTo('2031-03-31T21:00:00Z');

    const { promises } = await world.sale('standard', order.id);
    expect(promises).toMatchObject([{ level: 1, strikes: 1, owner: 'mara' }]);
    expect(timesOf(await world.mailsTo(ANA))).toEqual([
      `Fri 28 Mar 16:00 ${ANA}`,
      /* Half of eight working hours, then four fifths: three hours into Monday, and five hours and twenty-four minutes. */
      `Mon 31 Mar 12:00 ${ANA}`,
      `Mon 31 Mar 15:24 ${ANA}`,
    ]);
    expect(timesOf(await world.mailsTo(MARA))).toEqual([`Mon 31 Mar 17:00 ${MARA}`]);
    const [escalated] = await entries(order, 'escalated');
    expect(localOf(String(escalated?.at))).toBe('Mon 31 Mar 17:00');
    expect(String(escalated?.at).slice(0, 16)).toBe('2031-03-31T15:00');
  });
});

describe('a call that is owed across Easter', () => {
  beforeAll(open('2031-04-10T14:30:00Z'));
  afterAll(close);

  test('waits for Tuesday: no reminder and no escalation on Good Friday, Easter Monday or a Sunday', async () => {
    /* Thursday at half past four: an hour of that day, and seven of Tuesday's. */
    const order = await sold();
    await owe(order, { kind: 'call', owner: 'ana' });

    await world.goTo('2031-04-15T21:00:00Z');

    const mails = await world.mails();
    expect(mails.filter(({ at }) => CLOSED.test(localOf(at)))).toEqual([]);
    expect(timesOf(await world.mailsTo(ANA))).toEqual([
      `Thu 10 Apr 16:30 ${ANA}`,
      `Tue 15 Apr 12:00 ${ANA}`,
      `Tue 15 Apr 15:24 ${ANA}`,
    ]);
    expect(timesOf(await world.mailsTo(MARA))).toEqual([`Tue 15 Apr 17:00 ${MARA}`]);
    expect((await world.sale('standard', order.id)).promises).toMatchObject([{ level: 1, strikes: 1 }]);
  });

  test('breaks at the top in working hours only, over the First of May as well', async () => {
    await world.goTo('2031-05-02T21:00:00Z');

    const toStaff = (await world.mails()).filter(({ to }) => to.endsWith('@shop.example'));
    expect(toStaff.length).toBeGreaterThan(4);
    for (const { at } of toStaff) {
      const local = localOf(at);
      /* The First of May is one as well. */
      expect(local).not.toMatch(/^(Sat|Sun) |^Thu 01 May/);
      expect([local, local.slice(-5) >= '09:00' && local.slice(-5) <= '17:30']).toEqual([local, true]);
    }
  });
});

describe('a customer who answers before Easter', () => {
  beforeAll(open('2031-04-10T06:00:00Z'));
  afterAll(close);

  test('is asked after the holidays whether it was kept, and reminded on no holiday either', async () => {
    const order = await sold();
    await owe(order, { kind: 'call', owner: 'ana' });
    await world.goTo('2031-04-10T08:00:00Z');
    const note = (await world.mailsTo(ANA)).findLast((mail) => !isList(mail));
    await world.submit(linkTo(note, 'p'), { act: 'done', what: 'We spoke about the bench.' });
    const before = (await world.mailsTo(order.email)).length;

    /* Three days later it is Easter Sunday. */
    await world.goTo('2031-04-20T21:00:00Z');

    const since = (await world.mailsTo(order.email)).slice(before).map(({ at }) => localOf(at));
    expect(since[0]).toMatch(/^Tue 15 Apr (09:[345]|1[0-5]:)/);
    for (const time of since) expect(time).not.toMatch(CLOSED);
  });
});

describe('a visit in another zone than that of the shop', () => {
  beforeAll(open('2031-03-24T09:00:00Z'));
  afterAll(close);

  const LISBON = 'Europe/Lisbon';
  const NEW_YORK = 'America/New_York';

  /** Its window, and when people hear of it, on the clock of the place. */
  const visited = async (from: string, to: string, zone: string) => {
    const order = newStandardOrder(await world.now());
    const visit = { from, to, zone, provider: 'ben', place: 'Rua Nova 3' };
    expect(await world.send(ordered(order, { soldBy: 'ana', visit }))).toBe(200);
    return order;
  };

  test('is told in the time of the venue, and reminded of the day before by its clock', async () => {
    const order = await visited('2031-03-27T18:00:00Z', '2031-03-27T20:00:00Z', NEW_YORK);

    const [confirmation] = await world.mailsTo(order.email);
    expect(confirmation?.text).toMatch(/14:00|2:00\s?pm/i);
    expect(confirmation?.text).not.toMatch(/19:00|7:00\s?pm/i);
    await world.goTo('2031-03-27T18:05:00Z');

    const [, tomorrow, mayBeLate] = await world.mailsTo(order.email);
    expect(tomorrow?.text).toMatch(/14:00|2:00\s?pm/i);
    expect(
      timesOf(
        [tomorrow, mayBeLate].flatMap((mail) => mail ?? []),
        NEW_YORK,
      ),
    ).toEqual([`Wed 26 Mar 14:00 ${order.email}`, `Thu 27 Mar 13:45 ${order.email}`]);
  });

  test('that staff book again is meant, and told, in the time of the venue', async () => {
    await world.goTo('2031-03-28T09:00:00Z');
    const order = await visited('2031-04-01T09:00:00Z', '2031-04-01T11:00:00Z', LISBON);
    const note = (await world.mailsTo('ben@shop.example')).at(-1);

    await world.submit(linkTo(note, 'p'), {
      ...{ act: 'book', 'book-from': '2031-04-02T10:00', 'book-until': '12:00', 'book-provider': 'ben' },
    });

    const { visits } = (await world.sale('standard', order.id)).promises[0] ?? { visits: [] };
    /* Lisbon has summer time as well by then: ten there is nine in Greenwich, and eleven in Zurich. */
    expect(visits).toMatchObject([{ n: 1 }, { n: 2, from: '2031-04-02T09:00:00.000Z' }]);
    const told = (await world.mailsTo(order.email)).at(-1);
    expect(told?.text).toMatch(/10:00/);
    expect(told?.text).not.toMatch(/11:00/);
    await world.goTo('2031-04-01T09:05:00Z');
    const tomorrow = (await world.mailsTo(order.email)).at(-1);
    expect(timesOf(tomorrow === undefined ? [] : [tomorrow], LISBON)).toEqual([
      `Tue 01 Apr 10:00 ${order.email}`,
    ]);
    expect(tomorrow?.text).toMatch(/10:00/);
  });

  test('that the customer moves by accepting an offer stays in the time of the venue', async () => {
    await world.goTo('2031-04-03T08:00:00Z');
    const order = await visited('2031-04-08T09:00:00Z', '2031-04-08T11:00:00Z', LISBON);
    const note = (await world.mailsTo('ben@shop.example')).at(-1);

    await world.submit(linkTo(note, 'p'), {
      ...{ act: 'offer', 'offer-from': '2031-04-09T10:00', 'offer-until': '12:00' },
    });
    const offer = (await world.mailsTo(order.email)).at(-1);
    expect(offer?.text).toContain('(Tuesday 8 April, 10:00)');
    expect(offer?.text).toContain('Wednesday 9 April, 10:00');
    const page = await world.get(linkTo(offer, 's'));
    expect(page.text).toMatch(/10:00/);
    expect(page.text).not.toMatch(/11:00/);
    await world.submit(linkTo(offer, 's'), { act: 'accept-offer', promise: 'visit-1' });

    const told = (await world.mailsTo(order.email)).at(-1);
    expect(told?.text).toMatch(/10:00/);
    expect((await world.sale('standard', order.id)).promises[0]?.visits.at(-1)).toMatchObject({
      from: '2031-04-09T09:00:00.000Z',
    });
  });
});
