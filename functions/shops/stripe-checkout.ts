/** The Checkout Session and the Charge as the events carry them: https://docs.stripe.com/api/checkout/sessions/object */
import * as z from 'zod';
import { OrderId } from '../core/ids.ts';
import type { Customer, Order, OrderLine } from '../core/shop-event.ts';
import { codesOf } from './codes.ts';
import {
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
} from './fields.ts';
import { areDifferentPeople, giftOf } from './gift.ts';
import { pastMoment } from './moment.ts';
import { majorUnits } from './money.ts';
import { plainText } from './plain-text.ts';

/** An id, or the object it stands for where the event's version expands it. */
const reference = z
  .unknown()
  .optional()
  .transform((value) => {
    const plain = OrderId.safeParse(value);
    if (plain.success) return plain.data;
    const expanded = z.object({ id: OrderId }).safeParse(value);
    return expanded.success ? expanded.data.id : undefined;
  });

/** What stands on it for the customer, as far as the event says. */
const discount = z
  .unknown()
  .optional()
  .transform((value): (string | undefined)[] => {
    if (typeof value === 'string') return [value];
    const expanded = z.object({ id: text(200), code: text(100), name: text(100) }).safeParse(value);
    return expanded.success ? [expanded.data.code, expanded.data.id, expanded.data.name] : [];
  });

const minorUnits = z
  .unknown()
  .optional()
  .transform((value) => (typeof value === 'number' ? String(value) : value))
  .pipe(z.string('expected a whole amount').regex(/^\d{1,20}$/, 'expected a whole amount'));

const Metadata = z.record(z.string(), z.unknown()).optional().catch(undefined);

const Product = z.object({ name: text(500), metadata: Metadata });

const Item = z.object({
  id: maybe(id),
  description: text(500),
  quantity: maybe(quantity),
  price: maybe(z.object({ product: maybe(Product), metadata: Metadata })),
});

const Address = z.object({ country, state: region });
const Shipping = z.object({ name: text(300), phone, address: maybe(Address) });

export const CheckoutSession = z.object({
  id,
  created: moment,
  /** `payment`, `subscription`, or `setup`, which sells nothing. */
  mode: text(40),
  /** `paid`, `unpaid` (a bank transfer under way), `no_payment_required` (a trial, a full discount). */
  payment_status: text(40),
  amount_total: minorUnits,
  currency,
  payment_intent: reference,
  subscription: reference,
  customer_email: email,
  customer_details: maybe(z.object({ email, name: text(300), phone, address: maybe(Address) })),
  // Three places over the years: since 2025-03-31, before, and before 2022-11-15.
  collected_information: maybe(z.object({ shipping_details: maybe(Shipping) })),
  shipping_details: maybe(Shipping),
  shipping: maybe(Shipping),
  locale,
  line_items: maybe(z.object({ data: listOf(Item) })),
  /** Ids, unless they were expanded: a coupon's id may be the code itself, a promotion code has one of its own. */
  discounts: listOf(z.object({ coupon: discount, promotion_code: discount })),
  metadata: Metadata,
});
export type CheckoutSession = z.output<typeof CheckoutSession>;

export const Charge = z.object({
  payment_intent: reference,
  refunded: z.boolean('expected true or false'),
});

const noted = (
  metadata: z.output<typeof Metadata>,
  keys: readonly string[],
  max: number,
): string | undefined => {
  for (const key of keys) {
    const value = plainText(metadata?.[key], max);
    if (value !== undefined) return value;
  }
  return undefined;
};

const unitsOf = (text: string | undefined): number =>
  text !== undefined && /^[1-9]\d{0,5}$/.test(text) ? Number(text) : 1;

const itemLine = (item: z.output<typeof Item>, index: number): OrderLine[] => {
  const title = item.description ?? item.price?.product?.name;
  if (title === undefined || item.quantity === 0) return [];
  const metadata = { ...item.price?.product?.metadata, ...item.price?.metadata };
  return [
    {
      lineId: item.id ?? String(index + 1),
      title,
      sku: noted(metadata, ['sku'], 200),
      productType: noted(metadata, ['product_type', 'type'], 200),
      quantity: item.quantity ?? 1,
    },
  ];
};

/** Something was bought, and nobody says what: mails then speak of the order. */
const NAMELESS = '';

/** Stripe leaves the items out of the event unless they were expanded; the shop's own metadata may name the product. */
const linesOf = ({ line_items: items, metadata }: CheckoutSession): OrderLine[] => {
  const expanded = (items?.data ?? []).flatMap(itemLine);
  if (expanded.length > 0) return expanded;
  const sku = noted(metadata, ['sku'], 200);
  const title = noted(metadata, ['product_name', 'product', 'description'], 500) ?? sku ?? NAMELESS;
  const productType = noted(metadata, ['product_type'], 200);
  return [{ lineId: '1', title, sku, productType, quantity: unitsOf(noted(metadata, ['quantity'], 10)) }];
};

const numberOf = ({ id: sessionId, metadata }: CheckoutSession): string =>
  noted(metadata, ['order_number', 'order_id', 'order'], 100) ?? `#${sessionId.slice(-8).toUpperCase()}`;

const shippingOf = (session: CheckoutSession) =>
  session.collected_information?.shipping_details ?? session.shipping_details ?? session.shipping;

const codesIn = ({ discounts, metadata }: CheckoutSession) =>
  codesOf([
    noted(metadata, ['discount_code', 'promo_code', 'promotion_code', 'coupon', 'referral_code'], 100),
    ...discounts.flatMap(({ coupon, promotion_code: promotion }) => [...promotion, ...coupon]),
  ]);

/** `paidAt` is when the payment was told, since the session does not date it. */
export const orderOf = (session: CheckoutSession, toldAt: string, receivedAt: string): Order => {
  const isPaid = session.payment_status === 'paid' || session.payment_status === 'no_payment_required';
  return {
    number: numberOf(session),
    placedAt: pastMoment(session.created, receivedAt) ?? toldAt,
    paidAt: isPaid ? toldAt : undefined,
    lines: linesOf(session),
    total: { amount: majorUnits(session.amount_total, session.currency), currency: session.currency },
    tags: [],
    soldBy: noted(session.metadata, ['sold_by', 'salesperson'], 320),
    ...codesIn(session),
    ...giftOf(areDifferentPeople(shippingOf(session)?.name, session.customer_details?.name)),
  };
};

export const customerOf = (session: CheckoutSession): Customer => {
  const { customer_details: details } = session;
  const shipping = shippingOf(session);
  return {
    name: details?.name ?? shipping?.name,
    // Stripe keeps one name, and its first word is not everyone's first name.
    firstName: noted(session.metadata, ['first_name'], 200),
    email: details?.email ?? session.customer_email,
    phone: details?.phone ?? shipping?.phone,
    locale: session.locale,
    country: shipping?.address?.country ?? details?.address?.country,
    region: (shipping?.address?.country === undefined ? details?.address : shipping.address)?.state,
  };
};

/**
 * Later events speak of the payment or the subscription. Not `client_reference_id`: no later event carries it, and Stripe
 * says it may be the customer's id, under which one customer's sales would be taken for one.
 */
export const aliasesOf = ({ payment_intent: payment, subscription }: CheckoutSession): string[] =>
  [payment, subscription].filter((alias) => alias !== undefined);
