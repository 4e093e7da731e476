import { plainText } from './plain-text.ts';
import type { Shop } from './shop.ts';
import { translatorOf } from './shopify-events.ts';
import { privacyOf } from './shopify-privacy.ts';
import { isMac } from './signature.ts';
import { parked, unconcerned } from './translation.ts';

/** Shopify signs the raw body alone, with the app's client secret or, for webhooks made by hand, the admin's own secret. */
export const shopify: Shop = {
  kind: 'shopify',

  isSigned({ headers, body }, secrets) {
    const { topic, deliveryId } = shopify.describe(headers);
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

  translate(webhook) {
    const { topic } = webhook;
    if (topic === undefined) return parked('the header x-shopify-topic is missing');
    const privacy = privacyOf({ ...webhook, topic });
    if (privacy !== undefined) return privacy;
    const translator = translatorOf.get(topic);
    return translator ? translator({ ...webhook, topic }) : unconcerned('topic', topic);
  },
};
