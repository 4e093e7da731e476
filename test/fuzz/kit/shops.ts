/** The four kinds of shop, what they send, and how they sign it. */
import {
  type ShopRequest,
  shopifyRequest,
  standardRequest,
  stripeRequest,
  wooRequest,
} from '../../../lib/local/sample-orders/shop-requests.ts';
import {
  shopifyFulfillment,
  shopifyOrder,
  shopifyRefund,
  shopifyShipmentEvent,
  standardEvent,
  standardOrder,
  stripeCheckout,
  stripeRefund,
  wooOrder,
} from '../../fixtures/orders.ts';

export const SECRET = 'whsec_dGVzdC1zZWNyZXQ=';

export type Said = { topic: string; body: unknown };
export type FuzzedShop = {
  /** The source's name in test/fixtures/configuration.ts. */
  source: string;
  said: readonly Said[];
  /** Where the signature stands. */
  signatureHeader: string;
  sign(said: Said, at: number): ShopRequest;
};

const told = (topic: string, body: unknown): Said => ({ topic, body });

export const SHOPS: readonly FuzzedShop[] = [
  {
    source: 'web',
    signatureHeader: 'x-shopify-hmac-sha256',
    said: [
      told('orders/create', shopifyOrder()),
      told('orders/paid', shopifyOrder({ financial_status: 'paid' })),
      told('orders/updated', shopifyOrder({ fulfillment_status: 'fulfilled' })),
      told('orders/cancelled', shopifyOrder({ cancelled_at: '2026-11-03T10:00:00+01:00' })),
      told('refunds/create', shopifyRefund()),
      told('fulfillments/create', shopifyFulfillment()),
      told('fulfillment_events/create', shopifyShipmentEvent()),
      told('customers/redact', {
        shop_domain: 'alpenschuh.myshopify.example',
        customer: { id: 9_100_200, email: 'lea.steiner@example.org' },
        orders_to_redact: [5_500_001_001],
      }),
    ],
    sign: ({ topic, body }) => shopifyRequest({ source: 'web', topic, body, secret: SECRET }),
  },
  {
    source: 'roastery',
    signatureHeader: 'x-wc-webhook-signature',
    said: [
      told('order.created', wooOrder()),
      told('order.updated', wooOrder({ status: 'completed', date_completed_gmt: '2026-11-04T09:00:00' })),
      told('order.updated', wooOrder({ status: 'refunded', refunds: [{ id: 9, total: '-74.80' }] })),
      told('order.deleted', { id: 1204 }),
    ],
    sign: ({ topic, body }) => wooRequest({ source: 'roastery', topic, body, secret: SECRET }),
  },
  {
    source: 'till',
    signatureHeader: 'stripe-signature',
    said: [
      told('', stripeCheckout()),
      told('', stripeCheckout({ payment_status: 'unpaid' })),
      told('', stripeRefund()),
      told('', { id: 'evt_thin', object: 'v2.core.event', type: 'v1.billing.meter.no_meter_found' }),
    ],
    sign: ({ body }, at) => stripeRequest({ source: 'till', body, secret: SECRET, at }),
  },
  {
    source: 'shop',
    signatureHeader: 'webhook-signature',
    said: [
      told('', standardEvent('order.paid', standardOrder())),
      told('', standardEvent('order.fulfilled', { orderId: 'A-3007', expectedAt: '2026-11-05T09:00:00Z' })),
      told('', standardEvent('order.delivered', { orderId: 'A-3007' })),
      told('', standardEvent('order.cancelled', { orderId: 'A-3007', reason: 'changed their mind' })),
      told('', standardEvent('order.refunded', { orderId: 'A-3007', isFull: true, lines: [] })),
    ],
    sign: ({ body }, at) => standardRequest({ source: 'shop', body, secret: SECRET, at }),
  },
];
