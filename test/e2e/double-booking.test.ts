/** Nobody can be at two places at once: of two bookings at one moment one stands, and the other leaves nothing behind. */
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import * as z from 'zod';
import { invitationsIn } from './invitations.ts';
import { newStandardOrder, ordered, promiseRequest, type StandardOrder } from './standard-orders.ts';
import { type OpenWorld, openWorld } from './world.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const BEN = 'ben@shop.example';

let world: OpenWorld;
beforeAll(async () => {
  world = await openWorld({ assembly: inject('assembly') });
});
afterAll(() => world.close());

const iso = (ms: number) => new Date(ms).toISOString();
const Answered = z.looseObject({ type: z.string().optional(), promise: z.string().optional() });

/** Goods: nothing is owed for them from the moment of sale. */
const sold = async (): Promise<StandardOrder> => {
  const order = newStandardOrder(await world.now());
  await world.send(ordered(order, { type: 'goods', title: 'Garden bench', soldBy: 'ana' }));
  return order;
};

let asked = 0;
const ask = async (order: StandardOrder, body: object) => {
  asked += 1;
  const id = `msg_busy_${asked}`;
  const whole = { ...body, order: { source: 'standard', id: order.id } };
  const { path, headers, body: text } = promiseRequest(whole, await world.now(), id);
  const response = await fetch(`${world.url}${path}`, { method: 'POST', headers, body: text });
  return { status: response.status, body: Answered.parse(await response.json()) };
};

/** Hours of a day that no other test uses. */
const window = (start: number, from: number, hours = 2) => ({
  from: iso(start + from * HOUR),
  to: iso(start + (from + hours) * HOUR),
  provider: 'ben',
});
const create = (order: StandardOrder, visit: object) =>
  ask(order, { type: 'promise.create', kind: 'visit', visit });
const move = (order: StandardOrder, visit: object) =>
  ask(order, { type: 'promise.reschedule', promise: 'visit-1', visit });

let days = 2;
const freshDay = async (): Promise<number> => {
  days += 1;
  const now = await world.now();
  return now - (now % HOUR) + days * DAY;
};

const view = ({ id }: StandardOrder) => world.sale('standard', id);
const filesTo = async (to: string) => invitationsIn(world, await world.mailsTo(to));
const bensTimes = async (from: number, to: number) =>
  (await filesTo(BEN)).filter((file) => file.from >= iso(from) && file.from < iso(to));

/** As if nobody had ever asked: no promise, no entry, no workflow, no mail, no row on the desk. */
const expectNothingOf = async (order: StandardOrder): Promise<void> => {
  const { promises, journal, executions } = await view(order);
  expect(promises).toEqual([]);
  expect(journal.map(({ type }) => type)).toEqual(['ordered', 'started']);
  expect(executions.map(({ machine }) => machine)).toEqual(['FollowUp']);
  expect(await world.mailsTo(order.email)).toEqual([]);
};

describe('two visits for one provider at overlapping times', () => {
  test.each<[string, (day: number) => [object, object]]>([
    ['the same time', (day) => [window(day, 2), window(day, 2)]],
    ['an hour in common', (day) => [window(day, 2), window(day, 3)]],
    ['one within the other', (day) => [window(day, 2, 4), window(day, 3, 1)]],
  ])('asked for at the same moment, with %s: one stands and the other leaves nothing', async (_, windows) => {
    const [first, second] = [await sold(), await sold()];
    const day = await freshDay();
    const [one, other] = windows(day);

    const answers = await Promise.all([create(first, one), create(second, other)]);
    await world.idle();

    const statuses = answers.map(({ status }) => status);
    expect(statuses.toSorted()).toEqual([201, 409]);
    const [winner, loser] = statuses[0] === 201 ? [first, second] : [second, first];
    expect(answers.find(({ status }) => status === 409)?.body.type).toBe(
      'urn:problem-type:aftercare:provider-busy',
    );
    expect((await view(winner)).promises).toMatchObject([{ id: 'visit-1', status: 'open' }]);
    await expectNothingOf(loser);
    expect(await bensTimes(day, day + DAY)).toHaveLength(1);
    await world.advance('PT2H');
    await expectNothingOf(loser);
  });

  test('six at once: no more than one stands', async () => {
    const orders = await Promise.all(Array.from({ length: 6 }, sold));
    const day = await freshDay();

    const answers = await Promise.all(orders.map((order) => create(order, window(day, 2))));
    await world.idle();

    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(1);
    const refused = answers.filter(({ body }) => body.type === 'urn:problem-type:aftercare:provider-busy');
    expect(refused.map(({ status }) => status)).toEqual([409, 409, 409, 409, 409]);
    for (const [index, order] of orders.entries()) if (statuses[index] === 409) await expectNothingOf(order);
  });

  test('of one order and another provider, or one after the other, both stand', async () => {
    const [first, second, third] = [await sold(), await sold(), await sold()];
    const day = await freshDay();

    const answers = await Promise.all([
      create(first, window(day, 2)),
      create(second, window(day, 4)),
      create(third, { ...window(day, 2), provider: 'ana' }),
    ]);

    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
  });
});

describe('a time that is freed', () => {
  test('by a new time can be booked by the other, and the new time is taken', async () => {
    const [first, second] = [await sold(), await sold()];
    const day = await freshDay();
    expect((await create(first, window(day, 2))).status).toBe(201);
    expect((await create(second, window(day, 3))).status).toBe(409);

    expect((await move(first, window(day, 6))).status).toBe(200);

    expect((await create(second, window(day, 7))).status).toBe(409);
    expect((await create(second, window(day, 3))).status).toBe(201);
    await world.idle();
    expect((await view(second)).promises).toMatchObject([{ id: 'visit-1', status: 'open' }]);
  });

  test('by a cancellation can be booked by the other', async () => {
    const [first, second] = [await sold(), await sold()];
    const day = await freshDay();
    await create(first, window(day, 2));
    expect((await create(second, window(day, 2))).status).toBe(409);

    const body = { type: 'promise.cancel', promise: 'visit-1', reason: 'It works again.' };
    expect((await ask(first, body)).status).toBe(200);

    expect((await create(second, window(day, 2))).status).toBe(201);
  });

  test('is not freed by a move that is refused: both keep what they had', async () => {
    const [first, second] = [await sold(), await sold()];
    const day = await freshDay();
    await create(first, window(day, 2));
    await create(second, window(day, 6));

    const moved = await move(first, window(day, 5));

    expect(moved).toMatchObject({ status: 409, body: { type: 'urn:problem-type:aftercare:provider-busy' } });
    expect((await view(first)).promises[0]?.visits).toMatchObject([{ from: window(day, 2).from }]);
    const third = await sold();
    expect((await create(third, window(day, 2))).status).toBe(409);
    expect((await create(third, window(day, 4, 1))).status).toBe(201);
  });

  test('is given to one of two who are moved to it at the same moment', async () => {
    const [first, second] = [await sold(), await sold()];
    const day = await freshDay();
    await create(first, window(day, 2));
    await create(second, window(day, 6));

    const answers = await Promise.all([move(first, window(day, 4)), move(second, window(day, 4))]);
    await world.idle();

    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    const froms = (await Promise.all([first, second].map(view))).map(
      ({ promises }) => promises[0]?.visits.at(-1)?.from,
    );
    expect(froms.filter((from) => from === window(day, 4).from)).toHaveLength(1);
  });
});
