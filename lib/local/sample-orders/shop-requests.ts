/** Webhook requests, signed as the shops sign them: what functions/shops verifies, from the other side. */
import { createHmac } from 'node:crypto';

export type ShopRequest = { path: string; headers: Record<string, string>; body: string };

type Asked = {
  /** The source's name in the address; the kind's name when left out. */
  source?: string;
  /** Sent as it stands if it is text, as JSON otherwise. */
  body: unknown;
  secret: string;
};

/** `at` is when the shop signs, in epoch milliseconds. */
type Timed = Asked & { at: number };

const textOf = (body: unknown): string => (typeof body === 'string' ? body : JSON.stringify(body));

const hmac = (key: string | Buffer, text: string, encoding: 'base64' | 'hex'): string =>
  createHmac('sha256', key).update(text).digest(encoding);

const shortHash = (text: string): string =>
  createHmac('sha256', 'id').update(text).digest('hex').slice(0, 24);

const json = { 'content-type': 'application/json' };

export const shopifyRequest = ({
  source = 'shopify',
  topic,
  body,
  secret,
  eventId,
}: Asked & { topic: string; eventId?: string }): ShopRequest => {
  const text = textOf(body);
  return {
    path: `/webhooks/${source}`,
    headers: {
      ...json,
      'x-shopify-topic': topic,
      'x-shopify-hmac-sha256': hmac(secret, text, 'base64'),
      'x-shopify-shop-domain': 'alpenschuh.myshopify.example',
      'x-shopify-api-version': '2026-10',
      'x-shopify-webhook-id': shortHash(`${topic} ${text}`),
      'x-shopify-event-id': eventId ?? shortHash(text),
    },
    body: text,
  };
};

export const wooRequest = ({
  source = 'woocommerce',
  topic,
  body,
  secret,
}: Asked & { topic: string }): ShopRequest => {
  const text = textOf(body);
  const [resource = '', event = ''] = topic.split('.');
  return {
    path: `/webhooks/${source}`,
    headers: {
      ...json,
      'x-wc-webhook-source': 'https://roastery.example/',
      'x-wc-webhook-topic': topic,
      'x-wc-webhook-resource': resource,
      'x-wc-webhook-event': event,
      'x-wc-webhook-signature': hmac(secret, text, 'base64'),
      'x-wc-webhook-id': '7',
      'x-wc-webhook-delivery-id': shortHash(text).slice(0, 8),
    },
    body: text,
  };
};

export const stripeRequest = ({ source = 'stripe', body, secret, at }: Timed): ShopRequest => {
  const text = textOf(body);
  const seconds = Math.floor(at / 1000);
  const v1 = hmac(secret, `${seconds}.${text}`, 'hex');
  return {
    path: `/webhooks/${source}`,
    headers: { ...json, 'stripe-signature': `t=${seconds},v1=${v1}` },
    body: text,
  };
};

export const standardRequest = ({
  source = 'standard',
  body,
  secret,
  at,
  id,
}: Timed & { id?: string }): ShopRequest => {
  const text = textOf(body);
  const seconds = Math.floor(at / 1000);
  const webhookId = id ?? `msg_${shortHash(text)}`;
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  return {
    path: `/webhooks/${source}`,
    headers: {
      ...json,
      'webhook-id': webhookId,
      'webhook-timestamp': String(seconds),
      'webhook-signature': `v1,${hmac(key, `${webhookId}.${seconds}.${text}`, 'base64')}`,
    },
    body: text,
  };
};
