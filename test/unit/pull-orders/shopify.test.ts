import { afterEach, describe, expect, it } from 'vitest';
import { shopify } from '../../../functions/pull-orders/shopify.ts';
import { shopOf } from '../../../functions/shops/shop-of.ts';
import { shopifyRequest } from '../../../lib/local/sample-orders/shop-requests.ts';
import { shopifyFulfillment, shopifyLine, shopifyOrder } from '../../fixtures/orders.ts';
import {
  SHOPIFY_APP,
  SHOPIFY_TOKEN,
  type ShopifyServer,
  serveShopify,
} from '../../fixtures/shop-apis/shopify-api.ts';
import { eventsOf, RECEIVED_AT, translate } from '../shops/webhook.ts';
import { connectionTo, idsOf, pagesOf } from './asking.ts';

let server: ShopifyServer | undefined;
afterEach(() => server?.close());

type Order = Record<string, unknown>;
const order = (id: number, updated: string, with_: Order = {}): Order =>
  shopifyOrder({ id, name: `#${id}`, updated_at: `2026-11-02T${updated}Z`, ...with_ });
const serve = async (orders: Order[], credential = SHOPIFY_TOKEN) => {
  const started = await serveShopify(orders);
  server = started;
  return { server: started, ...connectionTo(started.url, credential) };
};

const eventsAsPulled = async (body: Order) => {
  const { connection } = await serve([body]);
  const [page] = await pagesOf(shopify, connection);
  const [pulled] = page?.orders ?? [];
  if (pulled === undefined) expect.fail('the shop gives one order');
  return eventsOf(
    shopOf('shopify').translate({
      source: 'shopify',
      topic: pulled.topic,
      deliveryId: undefined,
      body: pulled.body,
      receivedAt: RECEIVED_AT,
      testOrders: 'accept',
    }),
  );
};

describe('an order that was asked for', () => {
  const arrived = shopifyFulfillment({
    shipment_status: 'delivered',
    updated_at: '2026-11-05T14:31:00+01:00',
  });

  it.each<[string, Order]>([
    ['unpaid', {}],
    ['paid', { financial_status: 'paid' }],
    ['sent in part', { fulfillment_status: 'partial', fulfillments: [shopifyFulfillment()] }],
    ['sent', { fulfillment_status: 'fulfilled', fulfillments: [shopifyFulfillment()] }],
    ['delivered', { fulfillment_status: 'fulfilled', fulfillments: [arrived] }],
    ['cancelled', { cancelled_at: '2026-11-03T08:00:00Z', cancel_reason: 'customer' }],
    ['refunded', { financial_status: 'refunded' }],
    ['without a customer or an address', { customer: null, shipping_address: null, billing_address: null }],
    ['in yen', { currency: 'JPY', total_price: '37800' }],
  ])('tells the very events that its webhook tells, with the same keys: %s', async (_, with_) => {
    const body = shopifyOrder({ fulfillments: [], ...with_ });

    const told = eventsOf(
      translate('shopify', shopifyRequest({ topic: 'orders/create', body, secret: 's', eventId: 'e-1' })),
    );

    expect(await eventsAsPulled(body)).toEqual(told);
  });

  it('has all its lines, however many', async () => {
    const lines = Array.from({ length: 135 }, (_, n) => shopifyLine({ id: n + 1 }));

    const [event] = await eventsAsPulled(shopifyOrder({ line_items: lines }));

    if (event?.type !== 'ordered') expect.fail('it is an order');
    expect(event.order.lines.map(({ lineId }) => lineId)).toEqual(lines.map(({ id }) => String(id)));
  });
});

describe('Shopify is asked for its orders', () => {
  it('that changed since, page after page, the oldest change first', async () => {
    const many = Array.from({ length: 45 }, (_, n) => order(n + 1, `10:00:${String(n).padStart(2, '0')}`));
    const { connection } = await serve([order(999, '08:59:59'), ...many]);

    const pages = await pagesOf(shopify, connection);

    expect(idsOf(pages)).toEqual(many.map(({ id }) => String(id)));
    expect(pages.map(({ through }) => through)).toEqual([
      '2026-11-02T10:00:19.000Z',
      '2026-11-02T10:00:39.000Z',
      '2026-11-02T10:00:44.000Z',
    ]);
  });

  it('and skips none when one changes while they are given', async () => {
    const many = Array.from({ length: 30 }, (_, n) => order(n + 1, `10:00:${String(n).padStart(2, '0')}`));
    const { connection, server } = await serve(many);
    server.meanwhile = (n) => {
      if (n === 2) many[3] = order(4, '10:30:00');
    };

    const ids = idsOf(await pagesOf(shopify, connection));

    expect(new Set(ids).size).toBe(30);
    expect(ids.filter((id) => id === '4')).toHaveLength(2);
  });

  it('with the token that it gives an app for its id and secret', async () => {
    const { connection, server } = await serve([order(1, '10:00:00')], SHOPIFY_APP);

    expect(idsOf(await pagesOf(shopify, connection))).toEqual(['1']);
    expect(server.asked.map(({ url }) => url.pathname)).toEqual([
      '/admin/oauth/access_token',
      '/admin/api/2026-10/graphql.json',
    ]);
  });

  it('no faster than its bucket fills: before the next page, and when it was refused', async () => {
    const many = Array.from({ length: 25 }, (_, n) => order(n + 1, '10:00:00'));
    const { connection, pauses, server } = await serve(many);
    server.bucket.available = 500;

    const pages = await pagesOf(shopify, connection);

    expect(idsOf(pages)).toHaveLength(25);
    expect(pauses).toEqual([3000]);
  });

  it('for fewer at once when a question costs too much', async () => {
    const { connection, server } = await serve(
      Array.from({ length: 12 }, (_, n) => order(n + 1, '10:00:00')),
    );
    server.bucket.most = 300;

    const pages = await pagesOf(shopify, connection);

    expect(pages.map(({ orders }) => orders.length)).toEqual([5, 5, 2]);
  });

  it.each([
    ['a token it does not know', 'shpat_other', [], 'does not accept the credential'],
    ['an app it does not know', 'client-1:wrong', [], 'The shop answered 400'],
    [
      'a scope that is missing',
      SHOPIFY_TOKEN,
      [{ body: { data: null, errors: [{ extensions: { code: 'ACCESS_DENIED' } }] } }],
      'read_orders and read_customers',
    ],
    [
      'an answer of another shape',
      SHOPIFY_TOKEN,
      [{ body: { data: { orders: [] } } }],
      'not what its API gives',
    ],
    ['no object at all', SHOPIFY_TOKEN, [{ body: '[]' }], 'not what its API gives'],
  ])('and says why it is given none: %s', async (_, credential, faults, because) => {
    const { connection, server } = await serve([], credential);
    server.faults.push(...faults);

    await expect(pagesOf(shopify, connection)).rejects.toThrow(because);
  });
});
