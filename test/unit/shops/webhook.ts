/** What the shop tests share: a webhook as the consumer hands it to a shop, and the events read back. */
import { expect } from 'vitest';
import type { ShopEvent, Translation } from '../../../functions/core/shop-event.ts';
import { parseJson } from '../../../functions/shops/json.ts';
import type { ShopKind, SignedRequest, Webhook } from '../../../functions/shops/shop.ts';
import { shopOf } from '../../../functions/shops/shop-of.ts';
import type { ShopRequest } from '../../../lib/local/sample-orders/shop-requests.ts';

export const RECEIVED_AT = '2026-11-20T12:00:00.000Z';
export const RECEIVED_MS = 1_795_176_000_000;

export const signed = ({ headers, body }: ShopRequest, receivedAt = RECEIVED_MS): SignedRequest => ({
  headers,
  body: Buffer.from(body),
  receivedAt,
});

/** As the consumer does it: the topic and delivery id from the headers, the body from its bytes. */
export const translate = (
  kind: ShopKind,
  { headers, body }: ShopRequest,
  with_: Partial<Webhook> = {},
): Translation => {
  const parsed = parseJson(Buffer.from(body));
  if (!parsed.isJson) throw new Error(parsed.reason);
  return shopOf(kind).translate({
    source: kind,
    ...shopOf(kind).describe(headers),
    body: parsed.value,
    receivedAt: RECEIVED_AT,
    testOrders: 'accept',
    ...with_,
  });
};

export const eventsOf = (translation: Translation): ShopEvent[] => {
  if (translation.kind !== 'events') expect.fail(`${translation.kind}: ${translation.reason}`);
  return translation.events;
};

export const reasonOf = (translation: Translation): string =>
  translation.kind === 'events' ? 'understood' : `${translation.kind}: ${translation.reason}`;
