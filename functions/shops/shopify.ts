import type { Shop } from './shop.ts';
import { translatorOf } from './shopify-events.ts';
import { privacyOf } from './shopify-privacy.ts';
import { shopifySender } from './shopify-sender.ts';
import { parked, unconcerned } from './translation.ts';

export const shopify: Shop = {
  ...shopifySender,
  kind: 'shopify',

  translate(webhook) {
    const { topic } = webhook;
    if (topic === undefined) return parked('the header x-shopify-topic is missing');
    const privacy = privacyOf({ ...webhook, topic });
    if (privacy !== undefined) return privacy;
    const translator = translatorOf.get(topic);
    return translator ? translator({ ...webhook, topic }) : unconcerned('topic', topic);
  },
};
