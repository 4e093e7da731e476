import { beforeEach, describe, expect, it } from 'vitest';
import { createHandler } from '../../../functions/start-follow-up/handler.ts';
import { configuration, configurationInput } from '../../fixtures/configuration.ts';
import { queueBatch, queueMessage } from '../../fixtures/invocations.ts';
import { type MemoryWorld, memoryWorld } from '../../fixtures/memory-ports.ts';
import { standardEvent, standardOrder } from '../../fixtures/orders.ts';
import { WINDOW } from '../../fixtures/promise-entries.ts';
import { at } from '../../fixtures/sales.ts';
import { type IntakeEvent, intake, message } from './intake-events.ts';
import { run } from './sale-on-file.ts';

let world: MemoryWorld;
const { take, saleOf } = intake(() => world);

/** The shop says on its page that a trainer rings within a week. */
const promising = () => {
  const { journeys } = configurationInput();
  const says = 'A trainer rings you within a week.';
  const call = { kind: 'call' as const, within: { days: 7 }, says };
  const goods = journeys['goods'];
  if (goods === undefined) throw new Error('The shop has no journey for goods');
  return memoryWorld(configuration({ journeys: { ...journeys, goods: { ...goods, promises: [call] } } }));
};
const order = (visit?: object): IntakeEvent => ({
  body: standardEvent(
    'order.paid',
    standardOrder({ soldBy: 'nora', ...(visit === undefined ? {} : { visit }) }),
  ),
  deliveryId: 'd-paid',
});
const refund: IntakeEvent = {
  body: standardEvent('order.refunded', { orderId: 'A-3007' }, { timestamp: '2026-11-06T10:00:00Z' }),
  deliveryId: 'd-refund',
  receivedAt: '2026-11-06T10:00:00.000Z',
};
const started = () => world.workflows.executions.map(({ machine }) => machine).sort();

beforeEach(() => {
  world = promising();
});

describe('what is owed from the moment of sale', () => {
  it('is the published call, with a workflow of its own and a line on the desk', async () => {
    await take(order());

    expect((await saleOf())?.promises).toMatchObject([
      { id: 'call-1', because: 'published', owner: 'nora', words: 'A trainer rings you within a week.' },
    ]);
    expect(started()).toEqual(['FollowUp', 'Promise']);
    expect(world.lists.open()).toMatchObject([{ promise: 'call-1', owner: 'nora' }]);
  });

  it('is a visit with its window, and that time of the provider is taken', async () => {
    await take(order({ ...WINDOW, place: 'Rebgasse 9', provider: 'lio' }));

    expect((await saleOf())?.promises).toMatchObject([
      { id: 'call-1' },
      {
        id: 'visit-1',
        because: 'booked',
        booking: { n: 1, provider: 'lio', place: 'Rebgasse 9', ...WINDOW },
      },
    ]);
    expect(started()).toEqual(['FollowUp', 'Promise', 'Promise']);
    expect(await world.ports.bookings.reserve('lio', WINDOW.from, WINDOW.to, 'shop/other#visit-1')).toBe(
      false,
    );
  });

  it('is owed once, however often the order is announced', async () => {
    await take(order({ ...WINDOW }), order({ ...WINDOW }), {
      ...order({ ...WINDOW }),
      deliveryId: 'd-again',
    });

    expect((await saleOf())?.promises).toHaveLength(2);
    expect(started()).toHaveLength(3);
  });

  it.each([
    ['sales.append shop#ordered', 'after'],
    ['sales.append promise#call-1#promised', 'before'],
    ['sales.append promise#call-1#promised', 'after'],
    ['sales.append promise#visit-1#promised', 'after'],
    ['sales.append promise#visit-1#booked', 'before'],
    ['sales.append promise#visit-1#booked', 'after'],
    ['sales.open', 'before'],
    ['sales.open', 'after'],
    ['workflows.start FollowUp', 'after'],
    ['workflows.start Promise', 'before'],
    ['workflows.start Promise', 'after'],
  ] as const)('is made whole by the redelivery after a crash at %s, %s it', async (operation, when) => {
    const event = order({ ...WINDOW });
    world.failOnce(operation, when);
    const first = await run(createHandler(world.ports), queueBatch(queueMessage(message(event), at(2))));

    await take(event);

    expect(first.batchItemFailures).toHaveLength(1);
    expect((await saleOf())?.promises).toMatchObject([
      { id: 'call-1' },
      { id: 'visit-1', booking: { n: 1 } },
    ]);
    expect(started()).toEqual(['FollowUp', 'Promise', 'Promise']);
    expect(
      world.lists
        .open()
        .map(({ promise }) => promise)
        .sort(),
    ).toEqual(['call-1', 'visit-1']);
  });

  it('is taken back when the order ends, and the time of the provider is free again', async () => {
    await take(order({ ...WINDOW, provider: 'lio' }), refund);

    expect((await saleOf())?.promises).toMatchObject([{ status: 'withdrawn' }, { status: 'withdrawn' }]);
    expect(world.lists.open()).toEqual([]);
    expect(await world.ports.bookings.reserve('lio', WINDOW.from, WINDOW.to, 'shop/other#visit-1')).toBe(
      true,
    );
  });

  it('is owed by nobody for an order that was refunded before it was announced', async () => {
    await take(refund, { ...order({ ...WINDOW }), receivedAt: '2026-11-06T11:00:00.000Z' });

    expect((await saleOf())?.promises.filter(({ status }) => status !== 'withdrawn')).toEqual([]);
    expect(started()).toEqual([]);
  });

  it('is nothing to a customer who was forgotten before the order came, and no place is kept', async () => {
    await take({
      body: standardEvent('customer.erased', { orderId: 'A-3007' }, { timestamp: '2026-11-02T08:00:00Z' }),
      deliveryId: 'd-erased',
      receivedAt: '2026-11-02T08:00:00.000Z',
    });
    await take(order({ ...WINDOW, place: 'Rebgasse 9', provider: 'lio' }));

    expect((await saleOf())?.promises).toEqual([]);
    expect(world.workflows.executions).toEqual([]);
    expect(JSON.stringify(world.sales.dump())).not.toMatch(/Rebgasse|customer \{"data":\{"/);
    expect(world.lists.open()).toEqual([]);
  });

  it('stays owed as a visit to arrange when the provider has another one then', async () => {
    await world.ports.bookings.reserve('lio', WINDOW.from, WINDOW.to, 'shop/other#visit-1');

    await take(order({ ...WINDOW, provider: 'lio' }));

    expect((await saleOf())?.promises).toMatchObject([
      { id: 'call-1' },
      { id: 'visit-1', booking: undefined },
    ]);
    expect(started()).toHaveLength(3);
  });
});
