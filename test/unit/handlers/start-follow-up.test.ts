import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { type SaleId, saleIdOf } from '../../../functions/core/ids.ts';
import type { IntakeMessage } from '../../../functions/core/intake.ts';
import { foldSale } from '../../../functions/core/sale.ts';
import { createHandler } from '../../../functions/start-follow-up/handler.ts';
import { configuration, configurationInput } from '../../fixtures/configuration.ts';
import { queueBatch, queueMessage } from '../../fixtures/invocations.ts';
import { type MemoryWorld, memoryWorld } from '../../fixtures/memory-ports.ts';
import { standardEvent, standardOrder, stripeCheckout, stripeRefund } from '../../fixtures/orders.ts';
import { at } from '../../fixtures/sales.ts';
import { run } from './sale-on-file.ts';

let world: MemoryWorld;
const CHAIR = saleIdOf('shop', 'A-3007');
const POTTERY = saleIdOf('till', 'cs_live_b1FixtureSession00000042');

beforeEach(() => {
  world = memoryWorld();
});

type Event = { body: unknown; source?: string; deliveryId?: string; receivedAt?: string };

const message = ({ body, source = 'shop', deliveryId, receivedAt = at(2, '09:15:06.000') }: Event): string =>
  JSON.stringify({
    v: 1,
    source,
    ...(deliveryId === undefined ? {} : { deliveryId }),
    receivedAt,
    body: typeof body === 'string' ? body : JSON.stringify(body),
    encoding: 'text',
  } satisfies IntakeMessage);

/** Each event in a batch of its own, as they come. */
const take = async (...events: Event[]) => {
  for (const [index, event] of events.entries()) {
    const sentAt = event.receivedAt ?? at(2, '09:15:06.000');
    const batch = queueBatch(queueMessage(message(event), sentAt, `message-${index}`));
    const { batchItemFailures } = await run(createHandler(world.ports), batch);
    expect(batchItemFailures).toEqual([]);
  }
};

const paid: Event = { body: standardEvent('order.paid', standardOrder()), deliveryId: 'd-paid' };
const told = (type: string, data: object, timestamp = '2026-11-03T10:00:00Z'): Event => ({
  body: standardEvent(type, { orderId: 'A-3007', ...data }, { timestamp }),
  deliveryId: `d-${type}-${JSON.stringify(data)}`,
  receivedAt: '2026-11-06T10:00:00.000Z',
});
const refund = told('order.refunded', {});
const cancel = told('order.cancelled', {});

const saleOf = async (id: SaleId = CHAIR) => {
  const stored = await world.sales.load(id);
  return stored === undefined ? undefined : foldSale(stored);
};

describe('a new sale', () => {
  it('is kept, gets its journey and owner, and one workflow', async () => {
    await take(paid);

    const sale = await saleOf();
    expect(sale).toMatchObject({
      round: 1,
      record: { journeyName: 'goods', locale: 'pl', zone: 'Europe/Zurich', orderId: 'A-3007' },
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

describe('what nobody can act on', () => {
  const noJourney = () => {
    const { otherwise: _, ...input } = configurationInput();
    return memoryWorld(configuration({ ...input, otherwise: undefined }));
  };

  it.each<[string, string, Event]>([
    [
      'no product',
      'at least one line',
      { body: standardEvent('order.created', standardOrder({ lines: [] })) },
    ],
    ['an unknown shape', 'orderId', { body: standardEvent('order.paid', { total: 1 }) }],
    ['a source that is gone', 'no longer in aftercare.config.ts', { body: {}, source: 'closed' }],
    ['no JSON', '', { body: '{"id":' }],
  ])('is parked at once with the reason: %s', async (_, reason, event) => {
    await take(event);

    expect(world.parked.all()).toHaveLength(1);
    expect(world.parked.all()[0]?.reason).toContain(reason);
    expect(world.workflows.executions).toEqual([]);
  });

  it('is parked when no journey fits', async () => {
    world = noJourney();

    await take(paid);

    expect(world.parked.all()).toMatchObject([{ source: 'shop', at: at(2, '09:15:06.000') }]);
    expect(world.workflows.executions).toEqual([]);
  });

  it('is parked when it is no message of ours, and comes back no more', async () => {
    const result = await run(createHandler(world.ports), queueBatch(queueMessage('garbage', at(2))));

    expect(result).toEqual({ batchItemFailures: [] });
    expect(world.parked.all()).toMatchObject([{ source: 'unknown', body: 'garbage' }]);
  });

  it('is left alone when it is none of our business', async () => {
    await take(
      { body: standardEvent('customer.updated', {}) },
      { body: standardEvent('order.paid', standardOrder(), { test: true }) },
    );

    expect(world.parked.all()).toEqual([]);
    expect(await saleOf()).toBeUndefined();
  });
});

describe('a failing message', () => {
  it('comes back alone', async () => {
    const other: Event = { body: standardEvent('order.paid', standardOrder({ orderId: 'A-1' })) };
    const third: Event = { body: standardEvent('order.paid', standardOrder({ orderId: 'A-2' })) };
    world.failOnce('sales.append shop#ordered#d-paid');
    const batch = queueBatch(
      queueMessage(message(other), at(2), 'first'),
      queueMessage(message(paid), at(2), 'second'),
      queueMessage(message(third), at(2), 'third'),
    );

    const result = await run(createHandler(world.ports), batch);

    expect(result).toEqual({ batchItemFailures: [{ itemIdentifier: 'second' }] });
    expect(world.workflows.executions).toHaveLength(2);
  });

  it.each([
    ['sales.append', 'before'],
    ['sales.append', 'after'],
    ['sales.saveCustomer', 'after'],
    ['sales.open', 'before'],
    ['sales.open', 'after'],
    ['sales.append round#1#started', 'before'],
    ['sales.append round#1#started', 'after'],
    ['workflows.start FollowUp', 'before'],
    ['workflows.start FollowUp', 'after'],
  ] as const)('is repaired by its redelivery after a crash at %s, %s it', async (operation, when) => {
    world.failOnce(operation, when);
    const batch = queueBatch(queueMessage(message(paid), at(2)));
    const first = await run(createHandler(world.ports), batch);

    await take(paid);

    expect(first.batchItemFailures).toHaveLength(1);
    expect(world.workflows.executions).toHaveLength(1);
    expect(await saleOf()).toMatchObject({ round: 1, customer: { firstName: 'Marta' } });
  });

  it.each(['sales.alias', 'sales.append', 'sales.resolve'])(
    'of a refund under another name is repaired after a crash at %s',
    async (operation) => {
      const refunded: Event = {
        body: stripeRefund(),
        source: 'till',
        receivedAt: '2026-11-06T09:00:00.000Z',
      };
      const order: Event = { body: stripeCheckout(), source: 'till', receivedAt: '2026-11-05T09:00:00.000Z' };
      for (const event of [refunded, order]) {
        world.failOnce(operation, 'after');
        await run(createHandler(world.ports), queueBatch(queueMessage(message(event), at(6))));
        world.heal();
        await take(event);
      }

      expect((await saleOf(POTTERY))?.facts.endedBy).toBe('refunded');
      expect(world.workflows.executions).toEqual([]);
    },
  );
});
