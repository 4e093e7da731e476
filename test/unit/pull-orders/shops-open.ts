/** Three shops that are open, and all that asking them touches, in memory. */
import { createShopLine } from '../../../functions/adapters/shop-line.ts';
import { saleIdOf } from '../../../functions/core/ids.ts';
import { createHandler } from '../../../functions/pull-orders/handler.ts';
import { createHandler as createConsumer } from '../../../functions/start-follow-up/handler.ts';
import { configuration } from '../../fixtures/configuration.ts';
import { context, queueBatch, queueMessage } from '../../fixtures/invocations.ts';
import { memoryWorld } from '../../fixtures/memory-ports.ts';
import { memoryCursors } from '../../fixtures/memory-pull.ts';
import { SHOPIFY_TOKEN, serveShopify } from '../../fixtures/shop-apis/shopify-api.ts';
import { STRIPE_KEY, serveStripe } from '../../fixtures/shop-apis/stripe-api.ts';
import { serveWooCommerce, WOO_KEY } from '../../fixtures/shop-apis/woocommerce-api.ts';

type Body = Record<string, unknown>;

/** Of the fixtures: 09:15 on the second of November, paid a minute later. */
export const NOON = '2026-11-02T12:00:00Z';

export const shopsOpen = async () => {
  const woo: Body[] = [];
  const shopify: Body[] = [];
  const stripe: Body[] = [];
  const servers = {
    roastery: await serveWooCommerce(woo),
    web: await serveShopify(shopify),
    till: await serveStripe(stripe),
  };
  const credentials: Record<string, string> = { roastery: WOO_KEY, web: SHOPIFY_TOKEN, till: STRIPE_KEY };
  const config = configuration({
    sources: {
      shop: { kind: 'standard' },
      roastery: { kind: 'woocommerce', pull: { url: servers.roastery.url } },
      web: { kind: 'shopify', pull: { url: servers.web.url } },
      till: { kind: 'stripe', pull: { url: servers.till.url }, testOrders: 'accept' },
    },
  });
  const world = memoryWorld(config);
  const cursors = memoryCursors();
  const queue: string[] = [];
  const queueFaults: string[] = [];
  const handler = createHandler({
    settings: { config },
    sales: world.ports.sales,
    cursors,
    credentials: { of: async (source) => credentials[source] },
    queue: {
      send: async (body) => {
        const fault = queueFaults.shift();
        if (fault !== undefined) throw new Error(fault);
        queue.push(body);
      },
    },
    line: { ...createShopLine(), pause: async () => undefined },
  });
  const consume = async () => {
    for (const body of queue.splice(0))
      await createConsumer(world.ports)(queueBatch(queueMessage(body, NOON)), context);
  };
  return {
    ...{ woo, shopify, stripe, servers, credentials, world, cursors, queue, queueFaults, consume },
    pull: (time = NOON, remainingMs = 30_000) =>
      handler({ time }, { ...context, getRemainingTimeInMillis: () => remainingMs }),
    /** As the shop announces it, at the moment it happened. */
    webhook: (source: string, message: { topic?: string; deliveryId?: string; body: unknown }) =>
      createConsumer(world.ports)(
        queueBatch(
          queueMessage(
            JSON.stringify({
              v: 1,
              source,
              ...message,
              receivedAt: '2026-11-02T09:20:00.000Z',
              body: JSON.stringify(message.body),
              encoding: 'text',
            }),
            '2026-11-02T09:20:00.000Z',
          ),
        ),
        context,
      ),
    entries: async (source: string, orderId: string) =>
      (await world.ports.sales.load(saleIdOf(source, orderId)))?.entries ?? [],
  };
};
