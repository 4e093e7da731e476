import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { createHandler } from '../../../functions/start-follow-up/handler.ts';
import { configuration, configurationInput } from '../../fixtures/configuration.ts';
import { queueBatch, queueMessage } from '../../fixtures/invocations.ts';
import { type MemoryWorld, memoryWorld } from '../../fixtures/memory-ports.ts';
import { standardEvent, standardOrder, stripeCheckout, stripeRefund } from '../../fixtures/orders.ts';
import { at } from '../../fixtures/sales.ts';
import { CHAIR, type IntakeEvent as Event, intake, message, POTTERY, paid } from './intake-events.ts';
import { run } from './sale-on-file.ts';

let world: MemoryWorld;

beforeEach(() => {
  world = memoryWorld();
});

const { take, saleOf } = intake(() => world);

const told = (type: string, data: object, timestamp = '2026-11-03T10:00:00Z'): Event => ({
  body: standardEvent(type, { orderId: 'A-3007', ...data }, { timestamp }),
  deliveryId: `d-${type}-${JSON.stringify(data)}`,
  receivedAt: '2026-11-06T10:00:00.000Z',
});
const refund = told('order.refunded', {});
const cancel = told('order.cancelled', {});

describe('a new sale', () => {
  it('is kept, gets its journey and owner, and one workflow', async () => {
    await take(paid);

    const sale = await saleOf();
    expect(sale).toMatchObject({
      round: 1,
      record: {
        journeyName: 'goods',
        locale: 'pl',
        zone: 'Europe/Warsaw',
        zoneFrom: 'address',
        orderId: 'A-3007',
      },
      customer: { firstName: 'Marta', email: 'marta.nowak@example.org' },
    });
    expect(world.workflows.executions).toMatchObject([
      { machine: 'FollowUp', input: { saleId: CHAIR, round: 1 } },
    ]);
  });

  it('puts nothing personal into the workflow', async () => {
    await take(paid);

    expect(JSON.stringify(world.workflows.executions)).not.toMatch(/Marta|Nowak|example\.org|555 01/);
  });

  it('names its workflow by a digest, the same for every announcement', async () => {
    await take(paid);

    expect(world.workflows.executions[0]?.name).toMatch(/^s-[0-9a-f]{32}$/);
  });

  it('is owned by its seller when they work here', async () => {
    await take({ body: standardEvent('order.paid', standardOrder({ soldBy: 'lio@velowerk.example' })) });

    expect((await saleOf())?.record.owner).toBe('lio');
  });

  it('is followed up without an address as well: a person will ring', async () => {
    await take({ body: standardEvent('order.paid', standardOrder({ customer: { name: 'Marta Nowak' } })) });

    expect(world.workflows.executions).toHaveLength(1);
  });

  it('takes a compressed message for what it is', async () => {
    const body = gzipSync(JSON.stringify(paid.body)).toString('base64');
    const compressed = JSON.stringify({ ...JSON.parse(message(paid)), body, encoding: 'gzip' });

    await run(createHandler(world.ports), queueBatch(queueMessage(compressed, at(2))));

    expect(world.workflows.executions).toHaveLength(1);
  });

  it('keeps the journey it started with when the policy changes', async () => {
    await take(paid);
    const changed = memoryWorld(
      configuration({
        journeys: {
          ...configurationInput().journeys,
          quick: {
            ...configuration().journeys['goods'],
            kind: 'saas',
            checkIn: [{ after: 'paid', wait: { days: 1 } }],
            reminder: { days: 1 },
            person: { days: 1 },
          },
        },
        otherwise: 'quick',
      }),
    );
    const ports = { ...world.ports, settings: changed.ports.settings };

    await run(
      createHandler(ports),
      queueBatch(queueMessage(message(told('order.paid', standardOrder())), at(3))),
    );

    expect((await saleOf())?.record.journeyName).toBe('goods');
  });
});

describe('announcements as shops send them', () => {
  it('start one workflow however often they are repeated', async () => {
    await take(paid, paid, { ...paid, receivedAt: at(4) });

    expect(world.workflows.executions).toHaveLength(1);
    expect(world.sales.entries(CHAIR).filter(({ type }) => type === 'ordered')).toHaveLength(1);
  });

  it('tell the same sale in any order', async () => {
    const events = [
      paid,
      told('order.fulfilled', {}, '2026-11-03T10:00:00Z'),
      told('order.delivered', {}, '2026-11-05T10:00:00Z'),
      told('order.refunded', { full: false, lines: [{ id: '1', quantity: 1 }] }, '2026-11-05T11:00:00Z'),
    ];
    await take(...events);
    const expected = (await saleOf())?.facts;

    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(events, { minLength: 4 }), async (shuffled) => {
        world = memoryWorld();
        await take(...shuffled);

        expect((await saleOf())?.facts).toEqual(expected);
        expect(world.workflows.executions).toHaveLength(1);
      }),
      { numRuns: 24 },
    );
  });

  it('of a delivery tell a waiting workflow at once', async () => {
    await take(paid);
    await world.sales.wait(CHAIR, {
      key: 'FollowUp',
      position: 'use',
      token: 'token',
      until: at(13, '09:15:05.000'),
    });

    await take(told('order.delivered', {}, '2026-11-05T10:00:00Z'));

    expect(world.workflows.told).toMatchObject([{ error: 'Rescheduled', token: 'token' }]);
  });

  it('of a refund end a waiting workflow at once', async () => {
    await take(paid);
    await world.sales.wait(CHAIR, { key: 'FollowUp', position: 'ask', token: 'token', until: at(13) });

    await take(refund);

    expect(world.workflows.told).toMatchObject([{ error: 'SaleClosed' }]);
    expect(world.sales.entries(CHAIR).map(({ type }) => type)).toContain('ended');
  });

  it('of a partial refund leave the sale going, without what came back', async () => {
    const two = [
      { id: '1', title: 'Garden chair', quantity: 4 },
      { id: '2', title: 'Cushion', quantity: 1 },
    ];
    await take({ body: standardEvent('order.paid', standardOrder({ lines: two })) });
    await world.sales.wait(CHAIR, {
      key: 'FollowUp',
      position: 'use',
      token: 'token',
      until: at(13, '09:15:05.000'),
    });

    await take(told('order.refunded', { lines: [{ id: '1', quantity: 4 }] }));

    expect((await saleOf())?.facts.lines.map(({ title }) => title)).toEqual(['Cushion']);
    expect(world.workflows.told).toEqual([]);
  });

  it.each([
    ['refunded', refund],
    ['cancelled', cancel],
  ])('of an order %s before it was announced start nothing', async (_, event) => {
    await take(event, paid);

    expect(world.workflows.executions).toEqual([]);
    expect((await saleOf())?.facts.endedBy).toBeDefined();
  });

  it('of an order nobody announced are kept for later', async () => {
    await take(told('order.delivered', {}));

    expect(await saleOf()).toBeUndefined();
    expect(world.sales.entries(CHAIR)).toHaveLength(1);
    expect(world.parked.all()).toEqual([]);
  });
});

describe('an order of a thousand lines with long names', () => {
  it('is kept within what an item can hold', async () => {
    const lines = Array.from({ length: 1000 }, (_, index) => ({
      id: `${index}`,
      title: 'é'.repeat(480),
      quantity: 1,
    }));

    await take({ body: standardEvent('order.created', standardOrder({ lines })) });

    const kept = JSON.stringify(world.sales.entries(CHAIR).find(({ type }) => type === 'ordered'));
    expect(world.parked.all()).toEqual([]);
    expect(Buffer.byteLength(kept)).toBeLessThan(400_000);
  });
});

describe('a payment service that names an order in two ways', () => {
  const order: Event = { body: stripeCheckout(), source: 'till', receivedAt: '2026-11-05T09:00:00.000Z' };
  const refunded: Event = { body: stripeRefund(), source: 'till', receivedAt: '2026-11-06T09:00:00.000Z' };

  it('is understood when the order comes first', async () => {
    await take(order, refunded);

    expect((await saleOf(POTTERY))?.facts.endedBy).toBe('refunded');
  });

  it('is understood when the refund comes first', async () => {
    await take(refunded, order);

    expect((await saleOf(POTTERY))?.facts.endedBy).toBe('refunded');
    expect(world.workflows.executions).toEqual([]);
  });

  it('is understood when both are repeated', async () => {
    await take(refunded, order, refunded, order);

    expect(world.sales.entries(POTTERY).filter(({ type }) => type === 'refunded')).toHaveLength(1);
  });
  it('of Stripe that names no product is followed up as the order from the shop', async () => {
    await take({ body: stripeCheckout({ metadata: {} }), source: 'till' });

    expect(world.parked.all()).toEqual([]);
    expect(world.workflows.executions).toHaveLength(1);
  });
});
