import * as z from 'zod';
import type { Customer, Order, OrderedVisit, Translation } from '../core/shop-event.ts';
import { codesOf } from './codes.ts';
import { countryOf, emailOf, localeOf, phoneOf, regionOf } from './contact.ts';
import { giftOf } from './gift.ts';
import { futureMoment, pastMoment } from './moment.ts';
import { plainText } from './plain-text.ts';
import type { Shop, Webhook } from './shop.ts';
import { StandardEvent, type StandardOrder } from './standard-event.ts';
import { standardSender } from './standard-sender.ts';
import {
  type EventDraft,
  eventIdOf,
  fingerprint,
  ignored,
  misunderstood,
  privacy,
  told,
  unconcerned,
} from './translation.ts';

const Typed = z.object({ type: z.string() });
const TYPES: ReadonlySet<string> = new Set(StandardEvent.options.map((option) => option.shape.type.value));

const customerOf = ({ customer }: StandardOrder): Customer => ({
  name: plainText(customer.name, 300),
  firstName: plainText(customer.firstName, 200),
  email: emailOf(customer.email),
  phone: phoneOf(customer.phone),
  locale: localeOf(customer.locale),
  country: countryOf(customer.country),
  region: regionOf(customer.region),
});

const orderOf = (
  data: StandardOrder,
  paidAt: string | undefined,
  seenAt: string,
  receivedAt: string,
): Order => ({
  number: plainText(data.number, 100) ?? data.orderId.slice(0, 100),
  placedAt: pastMoment(data.placedAt, receivedAt) ?? seenAt,
  paidAt: pastMoment(data.paidAt, receivedAt) ?? paidAt,
  lines: data.lines.map((line, index) => ({
    lineId: line.id ?? String(index + 1),
    title: plainText(line.title, 500) ?? '',
    sku: plainText(line.sku, 200),
    productType: plainText(line.type, 200),
    quantity: line.quantity,
  })),
  total: { amount: data.total.amount, currency: data.total.currency.toUpperCase() },
  tags: (data.tags ?? []).flatMap((tag) => plainText(tag, 200) ?? []),
  soldBy: plainText(data.soldBy, 320),
  ...codesOf(data.codes ?? []),
  ...giftOf(data.isGift === true),
});

/** A window that has no length or lies more than a year ahead is none. */
const visitOf = ({ visit }: StandardOrder, receivedAt: string): OrderedVisit | undefined => {
  const from = futureMoment(visit?.from, receivedAt);
  const to = futureMoment(visit?.to, receivedAt);
  if (!visit || from === undefined || to === undefined || from >= to) return undefined;
  const [place, bring, provider] = [
    plainText(visit.place, 500),
    plainText(visit.bring, 500),
    plainText(visit.provider, 40),
  ];
  return {
    from,
    to,
    ...(visit.zone ? { zone: visit.zone } : {}),
    ...(place === undefined ? {} : { place }),
    ...(bring === undefined ? {} : { bring }),
    ...(provider === undefined ? {} : { provider }),
  };
};

type PrivacyEvent = Extract<StandardEvent, { type: 'customer.erased' | 'customer.data-requested' }>;
type OrderEvent = Exclude<StandardEvent, PrivacyEvent>;

const isAboutPrivacy = (event: StandardEvent): event is PrivacyEvent =>
  event.type === 'customer.erased' || event.type === 'customer.data-requested';

const keyOfEvent = (event: StandardEvent, deliveryId: string | undefined): string =>
  deliveryId === undefined
    ? eventIdOf(event.type, event.data.orderId, fingerprint(event))
    : eventIdOf(deliveryId);

const privacyOf = (event: PrivacyEvent, { source, deliveryId }: Webhook): Translation =>
  privacy({
    kind: event.type === 'customer.erased' ? 'forget-person' : 'tell-person',
    source,
    eventId: keyOfEvent(event, deliveryId),
    orders: [event.data.orderId],
  });

const draftOf = (event: OrderEvent, { source, deliveryId, receivedAt }: Webhook): EventDraft => {
  const occurredAt = pastMoment(event.timestamp, receivedAt) ?? receivedAt;
  const { orderId } = event.data;
  const eventId = keyOfEvent(event, deliveryId);
  const shared = { source, orderId, eventId, occurredAt };
  switch (event.type) {
    case 'order.created':
    case 'order.paid': {
      const paidAt = event.type === 'order.paid' ? occurredAt : undefined;
      const order = orderOf(event.data, paidAt, occurredAt, receivedAt);
      const visit = visitOf(event.data, receivedAt);
      const customer = customerOf(event.data);
      return {
        ...shared,
        type: 'ordered',
        order,
        customer,
        ...(visit === undefined ? {} : { visit }),
        aliases: [],
      };
    }
    case 'order.fulfilled':
      return { ...shared, type: 'fulfilled', expectedAt: futureMoment(event.data.expectedAt, receivedAt) };
    case 'order.delivered':
      return { ...shared, type: 'delivered' };
    case 'order.reviewed':
      return { ...shared, type: 'reviewed' };
    case 'order.cancelled':
      return { ...shared, type: 'cancelled', reason: plainText(event.data.reason, 300) };
    case 'order.refunded': {
      const lines = (event.data.lines ?? []).map((line) => ({ lineId: line.id, quantity: line.quantity }));
      return { ...shared, type: 'refunded', isFull: event.data.full ?? lines.length === 0, lines };
    }
  }
};

const understood = (webhook: Webhook): Translation => {
  const parsed = StandardEvent.safeParse(webhook.body);
  if (!parsed.success) return misunderstood('the event', parsed.error);
  if (parsed.data.test === true && webhook.testOrders === 'ignore') return ignored('a test order');
  return isAboutPrivacy(parsed.data)
    ? privacyOf(parsed.data, webhook)
    : told(parsed.data.type, [draftOf(parsed.data, webhook)]);
};

export const standard: Shop = {
  ...standardSender,
  kind: 'standard',

  translate(webhook) {
    const type = Typed.safeParse(webhook.body);
    if (type.success && !TYPES.has(type.data.type)) {
      return unconcerned('type', type.data.type);
    }
    return understood(webhook);
  },
};
