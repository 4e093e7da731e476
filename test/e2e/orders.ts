/** Orders of one customer, as Shopify announces them, at the world's own time. */

import { type ShopRequest, shopifyRequest } from '../../lib/local/sample-orders/shop-requests.ts';
import { shopifyLine, shopifyOrder, shopifyRefund, shopifyShipmentEvent } from '../fixtures/orders.ts';

const SECRET = 'local-secret';

export type Placed = { id: string; email: string; at: string };

let count = 0;

/** Eighteen digits: more than a double can hold. */
export const newOrder = (at: number): Placed => {
  count += 1;
  return {
    id: String(820_982_911_946_150_000n + BigInt(count)),
    email: `lea.${count}@example.org`,
    at: new Date(at).toISOString(),
  };
};

const bodyOf = ({ id, email, at }: Placed, more: Record<string, unknown> = {}) =>
  shopifyOrder({
    id: 'REPLACED',
    admin_graphql_api_id: `gid://shopify/Order/${id}`,
    name: `#${id.slice(-4)}`,
    email,
    contact_email: email,
    customer: { id: 1, first_name: 'Lea', last_name: 'Steiner', email, phone: null },
    customer_locale: 'en',
    financial_status: 'paid',
    created_at: at,
    processed_at: at,
    updated_at: at,
    ...more,
  });

/** Writes the id as a bare number, digit for digit, as Shopify does and JSON.stringify cannot. */
const textOf = (body: unknown, id: string) => JSON.stringify(body).replace('"REPLACED"', id);

const send = (order: Placed, topic: string, body: unknown): ShopRequest =>
  shopifyRequest({ topic, body: textOf(body, order.id), secret: SECRET });

export const placed = (order: Placed, more: Record<string, unknown> = {}) =>
  send(order, 'orders/create', bodyOf(order, more));
export const paid = (order: Placed) => send(order, 'orders/paid', bodyOf(order));
export const cancelled = (order: Placed, at: number) =>
  send(
    order,
    'orders/cancelled',
    bodyOf(order, {
      cancelled_at: new Date(at).toISOString(),
      cancel_reason: 'customer',
      updated_at: new Date(at).toISOString(),
    }),
  );
export const delivered = (order: Placed, at: number) =>
  send(
    order,
    'fulfillment_events/create',
    shopifyShipmentEvent({
      order_id: 'REPLACED',
      status: 'delivered',
      happened_at: new Date(at).toISOString(),
    }),
  );
/** `lines` of the standard order: 7710001 the boots (1), 7710002 the socks (3). */
export const refunded = (order: Placed, at: number, lines: readonly { id: number; quantity: number }[]) =>
  send(
    order,
    'refunds/create',
    shopifyRefund({
      order_id: 'REPLACED',
      created_at: new Date(at).toISOString(),
      processed_at: new Date(at).toISOString(),
      refund_line_items: lines.map(({ id, quantity }) => ({
        id: id + 1,
        line_item_id: id,
        quantity,
        line_item: shopifyLine({ id }),
      })),
    }),
  );

export const ALL_LINES = [
  { id: 7_710_001, quantity: 1 },
  { id: 7_710_002, quantity: 3 },
];
