import { plainText } from './plain-text.ts';
import type { Sender } from './shop.ts';
import { isMac } from './signature.ts';

/** Shopify signs the raw body alone, with the app's client secret or, for webhooks made by hand, the admin's own secret. */
export const shopifySender: Sender = {
  isSigned({ headers, body }, secrets) {
    const { topic, deliveryId } = shopifySender.describe(headers);
    // Shopify sends no webhook without them, and nothing could be told apart without them.
    if (topic === undefined || deliveryId === undefined) return false;
    const given = headers['x-shopify-hmac-sha256'] ?? '';
    return secrets.some((key) => isMac({ key, parts: [body], encoding: 'base64' }, [given]));
  },

  isPing: () => false,

  describe: (headers) => ({
    topic: plainText(headers['x-shopify-topic'], 100),
    deliveryId: plainText(headers['x-shopify-event-id'] ?? headers['x-shopify-webhook-id'], 200),
  }),
};
