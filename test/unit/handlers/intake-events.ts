/** Orders as they lie in the intake queue, and a consumer that takes them one by one. */
import { expect } from 'vitest';
import { type SaleId, saleIdOf } from '../../../functions/core/ids.ts';
import type { IntakeMessage } from '../../../functions/core/intake.ts';
import { foldSale } from '../../../functions/core/sale.ts';
import { createHandler } from '../../../functions/start-follow-up/handler.ts';
import { queueBatch, queueMessage } from '../../fixtures/invocations.ts';
import type { MemoryWorld } from '../../fixtures/memory-ports.ts';
import { standardEvent, standardOrder } from '../../fixtures/orders.ts';
import { at } from '../../fixtures/sales.ts';
import { run } from './sale-on-file.ts';

export const CHAIR = saleIdOf('shop', 'A-3007');
export const POTTERY = saleIdOf('till', 'cs_live_b1FixtureSession00000042');

export type IntakeEvent = { body: unknown; source?: string; deliveryId?: string; receivedAt?: string };

export const paid: IntakeEvent = {
  body: standardEvent('order.paid', standardOrder()),
  deliveryId: 'd-paid',
};

export const message = ({
  body,
  source = 'shop',
  deliveryId,
  receivedAt = at(2, '09:15:06.000'),
}: IntakeEvent): string =>
  JSON.stringify({
    v: 1,
    source,
    ...(deliveryId === undefined ? {} : { deliveryId }),
    receivedAt,
    body: typeof body === 'string' ? body : JSON.stringify(body),
    encoding: 'text',
  } satisfies IntakeMessage);

export const intake = (world: () => MemoryWorld) => ({
  /** Each event in a batch of its own, as they come. */
  take: async (...events: IntakeEvent[]): Promise<void> => {
    for (const [index, event] of events.entries()) {
      const sentAt = event.receivedAt ?? at(2, '09:15:06.000');
      const batch = queueBatch(queueMessage(message(event), sentAt, `message-${index}`));
      const { batchItemFailures } = await run(createHandler(world().ports), batch);
      expect(batchItemFailures).toEqual([]);
    }
  },
  saleOf: async (id: SaleId = CHAIR) => {
    const stored = await world().sales.load(id);
    return stored === undefined ? undefined : foldSale(stored);
  },
});
