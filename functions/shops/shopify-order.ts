/** The order body of the `orders/*` topics: https://shopify.dev/docs/api/admin-rest/latest/resources/order */
import * as z from 'zod';
import type { Customer, Order, OrderLine } from '../core/shop-event.ts';
import { codesOf } from './codes.ts';
import {
  amount,
  country,
  currency,
  email,
  id,
  listOf,
  locale,
  maybe,
  moment,
  phone,
  quantity,
  region,
  text,
  title,
} from './fields.ts';
import { areDifferentPeople, giftOf, isGiftNote, isGiftTag } from './gift.ts';
import { pastMoment } from './moment.ts';

const Address = z.object({
  first_name: text(200),
  name: text(300),
  phone,
  country_code: country,
  province_code: region,
});

const Line = z.object({
  id,
  title,
  sku: text(200),
  quantity,
  /** What is left of `quantity` after refunds and order edits. */
  current_quantity: maybe(quantity),
  product_type: text(200),
  gift_card: maybe(z.boolean()),
});

const Fulfillment = z.object({
  status: text(40),
  shipment_status: text(40),
  created_at: moment,
  updated_at: moment,
});

export const ShopifyOrder = z.object({
  // `admin_graphql_api_id` ends in the same digits; `id` keeps them all when parseJson has read the body.
  id,
  name: text(100),
  order_number: text(100),
  test: maybe(z.boolean()),
  created_at: moment,
  processed_at: moment,
  /** Only of an order that was asked for: no webhook dates the payment. */
  paid_at: moment,
  updated_at: moment,
  cancelled_at: moment,
  cancel_reason: text(300),
  /** `pending`, `authorized`, `partially_paid`, `paid`, `partially_refunded`, `refunded`, `voided`. */
  financial_status: text(40),
  /** `null` (nothing yet), `partial`, `fulfilled`, `restocked`. */
  fulfillment_status: z.unknown().optional(),
  fulfillments: listOf(Fulfillment),
  total_price: amount,
  currency,
  email,
  contact_email: email,
  phone,
  customer_locale: locale,
  customer: maybe(z.object({ first_name: text(200), last_name: text(200), email, phone })),
  shipping_address: maybe(Address),
  billing_address: maybe(Address),
  line_items: z.array(Line, 'expected a list of lines'),
  /** Older bodies name the codes in the first, newer ones in both. */
  discount_codes: listOf(z.object({ code: text(100) })),
  discount_applications: listOf(z.object({ code: text(100) })),
  tags: text(20_000),
  /** The member of staff who took the order at the counter or entered it by hand. */
  user_id: text(320),
  note_attributes: listOf(z.object({ name: text(100), value: text(320) })),
});
export type ShopifyOrder = z.output<typeof ShopifyOrder>;

const hasBeenPaid = ({ financial_status: status }: ShopifyOrder): boolean =>
  status === 'paid' || status === 'partially_refunded' || status === 'refunded';

const paidAtOf = (order: ShopifyOrder, topic: string, receivedAt: string): string | undefined => {
  const isPaidTopic = topic === 'orders/paid';
  if (!isPaidTopic && !hasBeenPaid(order)) return undefined;
  const at = isPaidTopic ? order.updated_at : (order.paid_at ?? order.processed_at ?? order.created_at);
  return pastMoment(at, receivedAt) ?? receivedAt;
};

const lineOf = (line: z.output<typeof Line>): OrderLine => ({
  lineId: line.id,
  title: line.title,
  sku: line.sku,
  productType: line.product_type ?? (line.gift_card === true ? 'gift_card' : undefined),
  quantity: line.quantity,
});

/**
 * Lines of which nothing is left are dropped, unless nothing is left at all (a cancelled order must still say what it
 * was). The quantity is the one ordered: refunds are told apart, and `current_quantity` would count them twice.
 */
const linesOf = (lines: readonly z.output<typeof Line>[]): OrderLine[] => {
  const ordered = lines.filter((line) => line.quantity > 0);
  const left = ordered.filter((line) => line.current_quantity !== 0);
  return (left.length > 0 ? left : ordered).map(lineOf);
};

const sellerOf = ({ user_id: userId, note_attributes: attributes }: ShopifyOrder): string | undefined =>
  userId ?? attributes.find(({ name }) => name !== undefined && /^(sold_by|salesperson)$/i.test(name))?.value;

const tagsOf = ({ tags }: ShopifyOrder): string[] =>
  (tags ?? '')
    .split(',')
    .map((tag) => tag.trim().slice(0, 200))
    .filter((tag) => tag !== '')
    .slice(0, 250);

const isGift = (order: ShopifyOrder): boolean =>
  order.note_attributes.some(({ name, value }) => isGiftNote(name, value)) ||
  tagsOf(order).some(isGiftTag) ||
  areDifferentPeople(order.shipping_address?.name, order.billing_address?.name);

export const orderOf = (order: ShopifyOrder, topic: string, receivedAt: string): Order => ({
  number: order.name ?? order.order_number ?? order.id,
  placedAt: pastMoment(order.created_at, receivedAt) ?? receivedAt,
  paidAt: paidAtOf(order, topic, receivedAt),
  lines: linesOf(order.line_items),
  total: { amount: order.total_price, currency: order.currency },
  tags: tagsOf(order),
  soldBy: sellerOf(order),
  ...codesOf([...order.discount_codes, ...order.discount_applications].map(({ code }) => code)),
  ...giftOf(isGift(order)),
});

const nameOf = ({
  customer,
  shipping_address: shipping,
  billing_address: billing,
}: ShopifyOrder): string | undefined => {
  const own = [customer?.first_name, customer?.last_name].filter((part) => part !== undefined).join(' ');
  return own === '' ? (shipping?.name ?? billing?.name) : own.slice(0, 300);
};

export const customerOf = (order: ShopifyOrder): Customer => {
  const { customer, shipping_address: shipping, billing_address: billing } = order;
  return {
    name: nameOf(order),
    firstName: customer?.first_name ?? shipping?.first_name ?? billing?.first_name,
    email: order.email ?? order.contact_email ?? customer?.email,
    phone: order.phone ?? shipping?.phone ?? billing?.phone ?? customer?.phone,
    locale: order.customer_locale,
    // A download or a class is delivered nowhere; the country of the bill is the best that is known then.
    country: shipping?.country_code ?? billing?.country_code,
    region: (shipping?.country_code === undefined ? billing : shipping)?.province_code,
  };
};
