/** What a shop told us, in our words: every source's webhooks are translated into these and nothing else. */
import * as z from 'zod';
import { Zone } from './calendar.ts';
import { Instant, OrderId, SourceName } from './ids.ts';
import type { PrivacyRequest } from './privacy/request.ts';

export const OrderLine = z.strictObject({
  lineId: z.string().max(200),
  title: z.string().max(500),
  sku: z.string().max(200).optional(),
  productType: z.string().max(200).optional(),
  quantity: z.int().min(0),
});
export type OrderLine = z.output<typeof OrderLine>;

/** Personal data: kept apart from the journal so that erasure can reach it. */
export const Customer = z.strictObject({
  name: z.string().max(300).optional(),
  firstName: z.string().max(200).optional(),
  email: z.string().max(320).optional(),
  phone: z.string().max(60).optional(),
  /** BCP 47, as `de-CH`. */
  locale: z.string().max(35).optional(),
  /** ISO 3166-1 alpha-2 of the delivery address. */
  country: z.string().length(2).optional(),
  /** ISO 3166-2 of the same address, without the country: `ZH`, `CA`, `NSW`. */
  region: z.string().max(3).optional(),
});
export type Customer = z.output<typeof Customer>;

export const Order = z.strictObject({
  /** What the customer calls it, as `#1001`. */
  number: z.string().max(100),
  placedAt: Instant,
  paidAt: Instant.optional(),
  lines: z.array(OrderLine).max(1000),
  /** Major units as text, as `129.90`; never a float. */
  total: z.strictObject({ amount: z.string().max(40), currency: z.string().max(10) }),
  tags: z.array(z.string().max(200)).max(250),
  /** The shop's name, id or address of the member of staff who sold it. */
  soldBy: z.string().max(320).optional(),
  /** Bought for somebody else: the buyer can tell how the buying went, and nothing of the product. */
  isGift: z.literal(true).optional(),
  /** Discount codes it was bought with, as the customer wrote them. */
  codes: z.array(z.string().max(100)).max(20).optional(),
});
export type Order = z.output<typeof Order>;

const told = {
  source: SourceName,
  orderId: OrderId,
  /** One announcement, however often it is delivered: the dedupe key within the source. */
  eventId: z.string().min(1).max(300),
  /** When it happened in the shop, by the shop's clock. */
  occurredAt: Instant,
};

/** A visit that was booked with the order. The place is personal data: it goes into the private part of the journal. */
const OrderedVisit = z.strictObject({
  from: Instant,
  to: Instant,
  /** The venue's, where it is not the sale's. */
  zone: Zone.optional(),
  place: z.string().max(500).optional(),
  bring: z.string().max(500).optional(),
  /** Staff id of who goes there. */
  provider: z.string().max(40).optional(),
});
export type OrderedVisit = z.output<typeof OrderedVisit>;

export const ShopEvent = z.discriminatedUnion('type', [
  z.strictObject({
    ...told,
    type: z.literal('ordered'),
    order: Order,
    customer: Customer,
    visit: OrderedVisit.optional(),
    /** Other ids under which this source may later speak of the same order (Stripe: the payment intent). */
    aliases: z.array(OrderId).max(5),
  }),
  z.strictObject({ ...told, type: z.literal('fulfilled'), expectedAt: Instant.optional() }),
  z.strictObject({ ...told, type: z.literal('delivered') }),
  /** The customer wrote a review, wherever the shop collects them. */
  z.strictObject({ ...told, type: z.literal('reviewed') }),
  z.strictObject({ ...told, type: z.literal('cancelled'), reason: z.string().max(300).optional() }),
  z.strictObject({
    ...told,
    type: z.literal('refunded'),
    isFull: z.boolean(),
    /** Units taken back per line; empty when the shop refunds money only or does not say. */
    lines: z.array(z.strictObject({ lineId: z.string().max(200), quantity: z.int().min(0) })).max(1000),
  }),
]);
export type ShopEvent = z.output<typeof ShopEvent>;
export type OrderedEvent = Extract<ShopEvent, { type: 'ordered' }>;

/** What became of one webhook body. */
export type Translation =
  | { kind: 'events'; events: ShopEvent[] }
  /** Somebody wants to be forgotten, or to know what is kept about them. */
  | { kind: 'privacy'; reason: string; request: PrivacyRequest }
  /** Nothing to do and nothing wrong (a ping, a test order, a topic that does not concern a sale). */
  | { kind: 'ignored'; reason: string }
  /** Signed by the shop but not understood: kept for a person to look at. */
  | { kind: 'parked'; reason: string };
