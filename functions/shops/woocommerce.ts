import * as z from 'zod';
import type { Translation } from '../core/shop-event.ts';
import { id } from './fields.ts';
import { pastMoment } from './moment.ts';
import type { Shop, Webhook } from './shop.ts';
import {
  type EventDraft,
  eventIdOf,
  fingerprint,
  ignored,
  misunderstood,
  parked,
  told,
  unconcerned,
} from './translation.ts';
import { customerOf, orderOf, WooOrder } from './woocommerce-order.ts';
import { woocommerceSender } from './woocommerce-sender.ts';

/** Any signed body can be sent again under another topic: only a body without an order's content may delete one. */
const Deleted = z.object({ id, line_items: z.undefined('expected an id and nothing else').optional() });

type Told = Webhook & { topic: string };

const CANCELLED = new Set(['cancelled', 'trash']);
/** Carts that the block checkout has begun to save: nobody has ordered anything yet. */
const DRAFTS = new Set(['checkout-draft', 'auto-draft', 'draft']);

/** The same key whichever body shows it, so that an order's later updates do not tell it anew. */
const shown = (order: WooOrder, { source }: Told, occurredAt: string, ...key: readonly string[]) => ({
  source,
  orderId: order.id,
  occurredAt,
  eventId: eventIdOf('order', order.id, ...key),
});

const consequences = (order: WooOrder, webhook: Told, seenAt: string): EventDraft[] => {
  const { status, refunds } = order;
  const events: EventDraft[] = [];
  if (status === 'completed') {
    const at = pastMoment(order.date_completed_gmt, webhook.receivedAt) ?? seenAt;
    events.push({ ...shown(order, webhook, at, 'fulfilled', at), type: 'fulfilled' });
  }
  if (CANCELLED.has(status)) {
    events.push({
      ...shown(order, webhook, seenAt, 'cancelled', seenAt),
      type: 'cancelled',
      reason: `status ${status}`,
    });
  }
  if (status === 'refunded') {
    events.push({ ...shown(order, webhook, seenAt, 'refunded'), type: 'refunded', isFull: true, lines: [] });
  } else if (refunds.length > 0) {
    // The order's body gives the sum of each refund and not the lines it was for.
    const ids = refunds.map((refund) => refund.id);
    events.push({
      ...shown(order, webhook, seenAt, 'refunded', ...ids),
      type: 'refunded',
      isFull: false,
      lines: [],
    });
  }
  return events;
};

/** The Delivery-ID is no dedupe key (two orders of one second share it), so the key is made of what the body says: the same,
 * whether a webhook brings it, under whichever topic, or it was asked for. */
const ordered = (
  order: WooOrder,
  { source, receivedAt }: Told,
  modifiedAt: string | undefined,
): EventDraft => ({
  source,
  orderId: order.id,
  eventId: eventIdOf('order', order.id, modifiedAt ?? 'undated', fingerprint(order)),
  occurredAt: modifiedAt ?? receivedAt,
  type: 'ordered',
  order: orderOf(order, receivedAt),
  customer: customerOf(order),
  aliases: [],
});

const ofOrder = (webhook: Told): Translation => {
  const parsed = WooOrder.safeParse(webhook.body);
  if (!parsed.success) return misunderstood(webhook.topic, parsed.error);
  if (DRAFTS.has(parsed.data.status)) return ignored('a draft, not an order yet');
  const modifiedAt = pastMoment(parsed.data.date_modified_gmt, webhook.receivedAt);
  return told(webhook.topic, [
    ordered(parsed.data, webhook, modifiedAt),
    ...consequences(parsed.data, webhook, modifiedAt ?? webhook.receivedAt),
  ]);
};

const ofDeletion = ({ body, source, topic, receivedAt }: Told): Translation => {
  const parsed = Deleted.safeParse(body);
  if (!parsed.success) return misunderstood(topic, parsed.error);
  const orderId = parsed.data.id;
  return told(topic, [
    {
      source,
      orderId,
      eventId: eventIdOf(topic, orderId),
      occurredAt: receivedAt,
      type: 'cancelled',
      reason: 'deleted in the shop',
    },
  ]);
};

const ORDER_TOPICS = new Set(['order.created', 'order.updated', 'order.restored']);

export const woocommerce: Shop = {
  ...woocommerceSender,
  kind: 'woocommerce',

  translate(webhook) {
    const { topic } = webhook;
    if (topic === undefined) return parked('the header x-wc-webhook-topic is missing');
    if (ORDER_TOPICS.has(topic)) return ofOrder({ ...webhook, topic });
    if (topic === 'order.deleted') return ofDeletion({ ...webhook, topic });
    return unconcerned('topic', topic);
  },
};
