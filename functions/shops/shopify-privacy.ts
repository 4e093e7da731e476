/**
 * The privacy webhooks, https://shopify.dev/docs/apps/build/compliance/privacy-law-compliance. The headers are not signed, so
 * the topic says nothing: a captured order sent again as `shop/redact` must erase nobody, and a request to be forgotten is
 * one under whatever topic it comes. Each body is known by its own shape, and by nothing that does not belong to it.
 */
import * as z from 'zod';
import type { Translation } from '../core/shop-event.ts';
import { email, id, text } from './fields.ts';
import type { Webhook } from './shop.ts';
import { eventIdOf, fingerprint, misunderstood, parked, privacy } from './translation.ts';

const PRIVACY_TOPICS: ReadonlySet<string> = new Set([
  'customers/data_request',
  'customers/redact',
  'shop/redact',
]);

const shop = { shop_id: id, shop_domain: text(300).pipe(z.string('expected a domain')) };
const customer = z.strictObject({ id: z.unknown().optional(), email, phone: z.unknown().optional() });
const orders = z.array(id, 'expected a list of order ids').max(1000);

const Redact = z.strictObject({ ...shop, customer, orders_to_redact: orders });
const DataRequest = z.strictObject({
  ...shop,
  customer,
  orders_requested: orders,
  data_request: z.strictObject({ id: z.unknown().optional() }),
});
const ShopRedact = z.strictObject(shop);

const Keys = z.record(z.string(), z.unknown());

const ofPerson = (orderIds: string[], address: string | undefined) => ({
  orders: orderIds,
  ...(address === undefined ? {} : { email: address }),
});

const asked = ({ source, deliveryId, body }: Webhook, what: string) => ({
  source,
  eventId: deliveryId === undefined ? eventIdOf(what, fingerprint(body)) : eventIdOf(what, deliveryId),
});

const ofRedact = (webhook: Webhook): Translation => {
  const parsed = Redact.safeParse(webhook.body);
  if (!parsed.success) return misunderstood('customers/redact', parsed.error);
  const { orders_to_redact: ids, customer: who } = parsed.data;
  if (ids.length === 0 && who.email === undefined)
    return parked('customers/redact: it names neither an order nor an address, so nobody was forgotten');
  return privacy({ kind: 'forget-person', ...asked(webhook, 'redact'), ...ofPerson(ids, who.email) });
};

const ofDataRequest = (webhook: Webhook): Translation => {
  const parsed = DataRequest.safeParse(webhook.body);
  if (!parsed.success) return misunderstood('customers/data_request', parsed.error);
  const { orders_requested: ids, customer: who } = parsed.data;
  return privacy({ kind: 'tell-person', ...asked(webhook, 'data-request'), ...ofPerson(ids, who.email) });
};

/** Undefined when neither the body nor the topic is about privacy. */
export const privacyOf = (webhook: Webhook & { topic: string }): Translation | undefined => {
  const { body, topic } = webhook;
  const keys = Keys.safeParse(body).data ?? {};
  if ('orders_to_redact' in keys) return ofRedact(webhook);
  if ('orders_requested' in keys || 'data_request' in keys) return ofDataRequest(webhook);
  if (ShopRedact.safeParse(body).success)
    return privacy({ kind: 'forget-shop', ...asked(webhook, 'shop-redact') });
  return PRIVACY_TOPICS.has(topic)
    ? parked(`${topic}: the body is not what this topic brings, so nothing was done; a person looks`)
    : undefined;
};
