/** What each Shopify topic tells: https://shopify.dev/docs/api/webhooks */
import * as z from 'zod';
import type { Customer, Order, Translation } from '../core/shop-event.ts';
import { id, maybe, moment, quantity, text } from './fields.ts';
import { pastMoment } from './moment.ts';
import type { Webhook } from './shop.ts';
import { customerOf, orderOf, ShopifyOrder } from './shopify-order.ts';
import { type EventDraft, eventIdOf, fingerprint, ignored, misunderstood, told } from './translation.ts';

type Told = Webhook & { topic: string };

const Refund = z.object({
  order_id: id,
  created_at: moment,
  processed_at: moment,
  refund_line_items: z.array(
    z.object({
      line_item_id: maybe(id),
      line_item: maybe(z.object({ id: maybe(id) })),
      quantity,
    }),
    'expected a list of lines',
  ),
});

const Shipment = z.object({ order_id: id, shipment_status: text(40), updated_at: moment });

const ShipmentEvent = z.object({ order_id: id, status: text(40), happened_at: moment, created_at: moment });

/** Any signed body can be sent again under another topic: only a body without an order's content may delete one. */
const Deleted = z.object({ id, line_items: z.undefined('expected an id and nothing else').optional() });

/** One purchase is announced with the same event id under several topics, so the topic is part of the key. */
const announced = ({ source, deliveryId, topic }: Told, orderId: string, occurredAt: string) => ({
  source,
  orderId,
  occurredAt,
  eventId: deliveryId === undefined ? eventIdOf(topic, orderId, occurredAt) : eventIdOf(topic, deliveryId),
});

/**
 * The order itself: the same content of the same moment is the same announcement, under whichever topic it comes, and also
 * when nobody sent it and it was asked for. The topic and the delivery's id are not signed anyway.
 */
const announcedOrder = (
  webhook: Told,
  seenAt: string,
  { order, customer, orderId }: { order: Order; customer: Customer; orderId: string },
) =>
  /* Undated, or by a clock that runs ahead of ours: the same body would look different at its next delivery. */
  seenAt >= webhook.receivedAt
    ? announced(webhook, orderId, seenAt)
    : {
        source: webhook.source,
        orderId,
        occurredAt: seenAt,
        eventId: eventIdOf('order', orderId, seenAt, fingerprint([order, customer])),
      };

/** What an order's body shows to have come about has the same key under whichever topic it is seen. */
const shown = ({ source }: Told, orderId: string, occurredAt: string, ...key: readonly string[]) => ({
  source,
  orderId,
  occurredAt,
  eventId: eventIdOf('order', orderId, ...key),
});

/** A field that the body has decides; the topic, which is not signed, speaks only where the body is silent. */
const isShown = (field: unknown, byBody: boolean, byTopic: boolean): boolean =>
  field === undefined ? byTopic : byBody;

const shipmentsOf = (order: ShopifyOrder) => order.fulfillments.filter(({ status }) => status === 'success');

const last = (moments: readonly unknown[], receivedAt: string): string | undefined =>
  moments
    .flatMap((moment) => pastMoment(moment, receivedAt) ?? [])
    .toSorted()
    .at(-1);

const sentEvents = (order: ShopifyOrder, webhook: Told, seenAt: string): EventDraft[] => {
  const { fulfillment_status: status } = order;
  if (!isShown(status, status === 'fulfilled', webhook.topic === 'orders/fulfilled')) return [];
  const shipments = shipmentsOf(order);
  const sentAt =
    last(
      shipments.map((shipment) => shipment.created_at),
      webhook.receivedAt,
    ) ?? seenAt;
  const fulfilled: EventDraft = {
    ...shown(webhook, order.id, sentAt, 'fulfilled', sentAt),
    type: 'fulfilled',
  };
  const hasArrived =
    shipments.length > 0 && shipments.every((shipment) => shipment.shipment_status === 'delivered');
  if (!hasArrived) return [fulfilled];
  const arrivedAt =
    last(
      shipments.map((shipment) => shipment.updated_at),
      webhook.receivedAt,
    ) ?? seenAt;
  return [fulfilled, { ...shown(webhook, order.id, arrivedAt, 'delivered'), type: 'delivered' }];
};

const endEvents = (order: ShopifyOrder, webhook: Told, seenAt: string): EventDraft[] => {
  const { cancelled_at: at, cancel_reason: reason } = order;
  const events: EventDraft[] = [];
  if (isShown(at, at !== null, webhook.topic === 'orders/cancelled')) {
    const occurredAt = pastMoment(at, webhook.receivedAt) ?? seenAt;
    events.push({ ...shown(webhook, order.id, occurredAt, 'cancelled'), type: 'cancelled', reason });
  }
  if (order.financial_status === 'refunded') {
    events.push({
      ...shown(webhook, order.id, seenAt, 'refunded'),
      type: 'refunded',
      isFull: true,
      lines: [],
    });
  }
  return events;
};

/** Every `orders/*` body is the whole order as it stands, so each tells all that has come about, also what was missed. */
const ofOrder = (webhook: Told): Translation => {
  const parsed = ShopifyOrder.safeParse(webhook.body);
  if (!parsed.success) return misunderstood(webhook.topic, parsed.error);
  const order = parsed.data;
  if (order.test === true && webhook.testOrders === 'ignore') return ignored('a test order');
  const seenAt = pastMoment(order.updated_at ?? order.created_at, webhook.receivedAt) ?? webhook.receivedAt;
  const content = {
    order: orderOf(order, webhook.topic, webhook.receivedAt),
    customer: customerOf(order),
  };
  return told(webhook.topic, [
    {
      ...announcedOrder(webhook, seenAt, { ...content, orderId: order.id }),
      type: 'ordered',
      ...content,
      aliases: [],
    },
    ...sentEvents(order, webhook, seenAt),
    ...endEvents(order, webhook, seenAt),
  ]);
};

/** A refund body does not tell the order's total, so it never says "full"; the core compares its lines with the order's. */
const ofRefund = (webhook: Told): Translation => {
  const parsed = Refund.safeParse(webhook.body);
  if (!parsed.success) return misunderstood(webhook.topic, parsed.error);
  const {
    order_id: orderId,
    processed_at: processed,
    created_at: created,
    refund_line_items: items,
  } = parsed.data;
  const at = pastMoment(processed ?? created, webhook.receivedAt) ?? webhook.receivedAt;
  const lines = items.flatMap(({ line_item_id: direct, line_item: line, quantity: units }) => {
    const lineId = direct ?? line?.id;
    return lineId === undefined ? [] : [{ lineId, quantity: units }];
  });
  return told(webhook.topic, [
    { ...announced(webhook, orderId, at), type: 'refunded', isFull: false, lines },
  ]);
};

const arrival = (webhook: Told, orderId: string, status: string | undefined, at: unknown): Translation => {
  if (status !== 'delivered') return ignored('a shipment that has not arrived yet');
  const occurredAt = pastMoment(at, webhook.receivedAt) ?? webhook.receivedAt;
  return told(webhook.topic, [{ ...announced(webhook, orderId, occurredAt), type: 'delivered' }]);
};

const ofShipment = (webhook: Told): Translation => {
  const parsed = Shipment.safeParse(webhook.body);
  if (!parsed.success) return misunderstood(webhook.topic, parsed.error);
  return arrival(webhook, parsed.data.order_id, parsed.data.shipment_status, parsed.data.updated_at);
};

const ofShipmentEvent = (webhook: Told): Translation => {
  const parsed = ShipmentEvent.safeParse(webhook.body);
  if (!parsed.success) return misunderstood(webhook.topic, parsed.error);
  const { order_id: orderId, status, happened_at: happened, created_at: created } = parsed.data;
  return arrival(webhook, orderId, status, happened ?? created);
};

const ofDeletion = (webhook: Told): Translation => {
  const parsed = Deleted.safeParse(webhook.body);
  if (!parsed.success) return misunderstood(webhook.topic, parsed.error);
  const { id: orderId } = parsed.data;
  return told(webhook.topic, [
    { ...announced(webhook, orderId, webhook.receivedAt), type: 'cancelled', reason: 'deleted in the shop' },
  ]);
};

export const translatorOf: ReadonlyMap<string, (webhook: Told) => Translation> = new Map([
  ['orders/create', ofOrder],
  ['orders/paid', ofOrder],
  ['orders/updated', ofOrder],
  ['orders/partially_fulfilled', ofOrder],
  ['orders/fulfilled', ofOrder],
  ['orders/cancelled', ofOrder],
  ['orders/delete', ofDeletion],
  ['refunds/create', ofRefund],
  ['fulfillments/create', ofShipment],
  ['fulfillments/update', ofShipment],
  ['fulfillment_events/create', ofShipmentEvent],
]);
