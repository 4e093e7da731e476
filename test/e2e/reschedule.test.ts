/** Whatever moves a visit kills every reminder of the old time and makes those of the new one, each once. */
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { standardRequest } from '../../lib/local/sample-orders/shop-requests.ts';
import { type Invitation, invitationsIn } from './invitations.ts';
import {
  cancelledOrder,
  newStandardOrder,
  ordered,
  promiseRequest,
  STANDARD_SECRET,
  type StandardOrder,
} from './standard-orders.ts';
import { linkTo, type Mail, type OpenWorld, openWorld } from './world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** The first of as many Mondays without a holiday as there are visits here. */
const MONDAYS = Date.parse('2030-09-16T08:00:00Z');
const ANA = 'ana@shop.example';
const BEN = 'ben@shop.example';
const MARA = 'mara@shop.example';

let world: OpenWorld;
beforeAll(async () => {
  world = await openWorld({ assembly: inject('assembly'), start: iso(MONDAYS) });
});
afterAll(() => world.close());

const iso = (ms: number) => new Date(ms).toISOString();

/** In Zurich, as staff type it into the form. */
const typed = (ms: number) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Zurich', dateStyle: 'short', timeStyle: 'short' })
    .format(ms)
    .replace(' ', 'T');
const typedWindow = (act: 'offer' | 'book', from: number) => ({
  [`${act}-from`]: typed(from),
  [`${act}-until`]: typed(from + 2 * HOUR).slice(-5),
});

type Case = {
  order: StandardOrder;
  /** When the window begins, before and after the change. */
  old: number;
  next: number;
  /** Everything that has gone out since it was booked. */
  mails(): Promise<Mail[]>;
};

let weeks = 0;

let before: StandardOrder | undefined;

/**
 * On a Monday morning of its own. The visit is on Wednesday, and will be on Friday. The order before it is cancelled: from
 * here on every mail to anybody is about this one.
 */
const booked = async (soldBy = 'ana'): Promise<Case> => {
  if (before !== undefined) await world.send(cancelledOrder(before, await world.now()));
  weeks += 1;
  const at = MONDAYS + weeks * 7 * DAY;
  await world.goTo(iso(at));
  const order = newStandardOrder(at);
  before = order;
  const [old, next] = [at + 2 * DAY + HOUR, at + 4 * DAY + HOUR];
  const visit = { from: iso(old), to: iso(old + 2 * HOUR), provider: 'ben', place: 'Seestrasse 1' };
  expect(await world.send(ordered(order, { soldBy, visit }))).toBe(200);
  return { order, old, next, mails: () => world.mails(`?since=${iso(at)}`) };
};

const mailTo = async ({ mails }: Case, address: string): Promise<Mail | undefined> =>
  (await mails()).findLast(({ to }) => to === address);

const askPromise = async (about: Case, body: object): Promise<number> => {
  const order = { source: 'standard', id: about.order.id };
  return world.send(promiseRequest({ ...body, order, promise: 'visit-1' }, await world.now()));
};
const cancel = (about: Case) =>
  askPromise(about, { type: 'promise.cancel', reason: 'You told us that it works again.' });

/** What goes out while the clock runs there: how many minutes after `from`, to whom. */
const until = async (about: Case, instant: number, from: number): Promise<string[]> => {
  const known = new Set((await about.mails()).map(({ id }) => id));
  await world.goTo(iso(instant));
  return (await about.mails())
    .filter(({ id }) => !known.has(id))
    .map(({ to, at, text }) =>
      text.includes('this is your day')
        ? `list ${to}`
        : `${Math.round((Date.parse(at) - from) / MINUTE)} ${to}`,
    )
    .sort();
};

/** Everything of the old time has had its moment when the day is over. */
const throughOldTimes = (about: Case) => until(about, about.old + 6 * HOUR, about.old);

const DAY_BEFORE = -1440;
const reminders = ({ order }: Case, provider: string) =>
  [`-30 ${provider}`, `-25 ${MARA}`, `-15 ${order.email}`].sort();
/** And the owner finds it on the list of that morning. */
const allReminders = (about: Case, provider: string) =>
  [
    `${DAY_BEFORE} ${about.order.email}`,
    `${DAY_BEFORE} ${provider}`,
    `list ${ANA}`,
    ...reminders(about, provider),
  ].sort();

const filesTo = async (about: Case, address: string): Promise<Invitation[]> =>
  invitationsIn(
    world,
    (await about.mails()).filter(({ to }) => to === address),
  );
const shortly = (files: readonly Invitation[]) =>
  files.map(({ method, sequence, from }) => `${method} ${sequence} ${from}`);

/** One visit has one UID in every calendar; what comes later has a higher SEQUENCE. */
const expectOneEntry = (...calendars: readonly (readonly Invitation[])[]): void => {
  expect(new Set(calendars.flat().map(({ uid }) => uid)).size).toBe(1);
  for (const files of calendars) {
    const sequences = files.map(({ sequence }) => sequence);
    expect(sequences).toEqual([...new Set(sequences)].sort((a, b) => a - b));
    for (const { method, status } of files)
      expect(status).toBe(method === 'CANCEL' ? 'CANCELLED' : 'CONFIRMED');
  }
};

/** The new time passes reminder by reminder; then the visit is taken back, and both calendars let go of it. */
const expectNewTimesOnly = async (about: Case, provider: string): Promise<void> => {
  expect(await throughOldTimes(about)).toEqual([]);
  const sent = await until(about, about.next + 5 * MINUTE, about.next);
  expect(sent).toEqual(allReminders(about, provider));
  expect(await cancel(about)).toBe(200);
};

describe('a visit that was booked and gets another time', () => {
  /** An offer counts too: it may have taken the visit out of the calendar of who was to go. */
  const expectMoved = async (about: Case, change: () => Promise<unknown>, offers = 0): Promise<void> => {
    await change();
    await expectNewTimesOnly(about, BEN);
    const [customer, provider] = [await filesTo(about, about.order.email), await filesTo(about, BEN)];
    const moved = [`REQUEST 0 ${iso(about.old)}`, `REQUEST ${1 + offers} ${iso(about.next)}`];
    for (const files of [customer, provider])
      expect(shortly(files)).toEqual([...moved, `CANCEL ${2 + offers} ${iso(about.next)}`]);
    expectOneEntry(customer, provider);
  };

  test('because the customer accepts an offered time, is spoken of at the new time alone', async () => {
    const about = await booked();

    const accept = async () => {
      const offered = typedWindow('offer', about.next);
      const note = linkTo(await mailTo(about, BEN), 'p');
      await world.submit(note, { act: 'offer', ...offered, 'offer-reason': 'The part is late.' });
      const question = linkTo(await mailTo(about, about.order.email), 's');
      await world.submit(question, { act: 'accept-offer', promise: 'visit-1' });
    };

    await expectMoved(about, accept, 1);
  });

  test('because staff book it again, is spoken of at the new time alone', async () => {
    const about = await booked();

    await expectMoved(about, async () =>
      world.submit(linkTo(await mailTo(about, BEN), 'p'), {
        act: 'book',
        ...typedWindow('book', about.next),
        'book-provider': 'ben',
      }),
    );
  });

  test('because another system moves it, is spoken of at the new time alone', async () => {
    const about = await booked();

    await expectMoved(about, async () => {
      const visit = { from: iso(about.next), to: iso(about.next + 2 * HOUR) };
      expect(await askPromise(about, { type: 'promise.reschedule', visit })).toBe(200);
    });
  });

  test('and another provider: whoever went before hears that once and nothing else', async () => {
    const about = await booked();
    const visit = { from: iso(about.next), to: iso(about.next + 2 * HOUR), provider: 'ana' };

    expect(await askPromise(about, { type: 'promise.reschedule', visit })).toBe(200);
    await expectNewTimesOnly(about, ANA);

    const [ben, ana] = [await filesTo(about, BEN), await filesTo(about, ANA)];
    expect(shortly(ben)).toEqual([`REQUEST 0 ${iso(about.old)}`, `CANCEL 1 ${iso(about.old)}`]);
    expect(shortly(ana)).toEqual([`REQUEST 1 ${iso(about.next)}`, `CANCEL 2 ${iso(about.next)}`]);
    expectOneEntry(ben, ana, await filesTo(about, about.order.email));
  });
});

describe('a provider who is late', () => {
  test('is asked, and the customer told, by the new window; nobody hears of the old one', async () => {
    const about = await booked();
    const later = about.old + 2 * HOUR;
    await world.goTo(iso(about.old - 45 * MINUTE));
    await world.submit(linkTo(await mailTo(about, BEN), 'p'), { act: 'late', 'late-minutes': '120' });

    expect(await until(about, later - 31 * MINUTE, about.old)).toEqual([]);
    expect(await until(about, later + 5 * MINUTE, later)).toEqual(reminders(about, BEN));
    await cancel(about);

    const [customer, provider] = [await filesTo(about, about.order.email), await filesTo(about, BEN)];
    const [first, moved] = [`REQUEST 0 ${iso(about.old)}`, `REQUEST 1 ${iso(later)}`];
    expect(shortly(customer)).toEqual([first, moved, `CANCEL 2 ${iso(later)}`]);
    /* Who says that they are late is not told so. */
    expect(shortly(provider)).toEqual([first, `CANCEL 2 ${iso(later)}`]);
    expectOneEntry(customer, provider);
  });
});

describe('a visit that is handed over', () => {
  test('is the new provider’s: the one before is told once and reminded of nothing', async () => {
    const about = await booked('ben');
    expect(await askPromise(about, { type: 'promise.hand-over', to: 'ana' })).toBe(200);

    const sent = await until(about, about.old + 5 * MINUTE, about.old);
    expect(sent).toEqual(allReminders(about, ANA));
    await cancel(about);

    const [customer, ana] = [await filesTo(about, about.order.email), await filesTo(about, ANA)];
    const ben = await filesTo(about, BEN);
    expect(shortly(ben)).toEqual([`REQUEST 0 ${iso(about.old)}`, `CANCEL 1 ${iso(about.old)}`]);
    expect(shortly(ana)).toEqual([`REQUEST 1 ${iso(about.old)}`, `CANCEL 2 ${iso(about.old)}`]);
    expect(shortly(customer).at(-1)).toBe(`CANCEL 2 ${iso(about.old)}`);
    expectOneEntry(customer, ana, ben);
  });
});

describe('a visit that is taken back', () => {
  const refund = async ({ order }: Case) => {
    const at = await world.now();
    const body = { type: 'order.refunded', timestamp: iso(at), data: { orderId: order.id, full: true } };
    return world.send(standardRequest({ secret: STANDARD_SECRET, at, body }));
  };

  test.each<[string, (about: Case) => Promise<unknown>]>([
    [
      'by the customer',
      async (about) =>
        world.submit(linkTo(await mailTo(about, about.order.email), 's'), {
          act: 'no-longer-needed',
          promise: 'visit-1',
        }),
    ],
    [
      'because the order is cancelled',
      async ({ order }) => world.send(cancelledOrder(order, await world.now())),
    ],
    ['because the order is refunded', refund],
    ['by another system', cancel],
  ])('%s leaves both calendars, and its times pass in silence', async (_, change) => {
    const about = await booked();

    await change(about);

    expect((await world.sale('standard', about.order.id)).promises).toMatchObject([{ status: 'withdrawn' }]);
    const [customer, provider] = [await filesTo(about, about.order.email), await filesTo(about, BEN)];
    for (const files of [customer, provider])
      expect(shortly(files)).toEqual([`REQUEST 0 ${iso(about.old)}`, `CANCEL 1 ${iso(about.old)}`]);
    expectOneEntry(customer, provider);
    expect(await throughOldTimes(about)).toEqual([]);
  });
});
