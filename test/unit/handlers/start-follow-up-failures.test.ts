import { beforeEach, describe, expect, it } from 'vitest';
import { createHandler } from '../../../functions/start-follow-up/handler.ts';
import { configuration, configurationInput } from '../../fixtures/configuration.ts';
import { queueBatch, queueMessage } from '../../fixtures/invocations.ts';
import { type MemoryWorld, memoryWorld } from '../../fixtures/memory-ports.ts';
import { standardEvent, standardOrder, stripeCheckout, stripeRefund } from '../../fixtures/orders.ts';
import { at } from '../../fixtures/sales.ts';
import { type IntakeEvent as Event, intake, message, POTTERY, paid } from './intake-events.ts';
import { run } from './sale-on-file.ts';

let world: MemoryWorld;
const { take, saleOf } = intake(() => world);

beforeEach(() => {
  world = memoryWorld();
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

  it('of an order that is cancelled before its redelivery still gets the workflow that hears its customer', async () => {
    const cancelled: Event = { body: standardEvent('order.cancelled', { orderId: 'A-3007' }) };
    world.failOnce('workflows.start FollowUp', 'before');
    await run(createHandler(world.ports), queueBatch(queueMessage(message(paid), at(2))));

    await take(cancelled);

    expect(world.workflows.executions).toHaveLength(1);
    expect(await saleOf()).toMatchObject({ round: 1, isRoundOver: false });
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
