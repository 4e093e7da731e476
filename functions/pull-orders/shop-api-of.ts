import type { Source } from '../core/source.ts';
import type { ShopApi } from './shop-api.ts';
import { shopify } from './shopify.ts';
import { stripe } from './stripe.ts';
import { woocommerce } from './woocommerce.ts';

/** None for the standard source: whoever sends its webhooks keeps them until they are taken. */
export const shopApiOf = (kind: Source['kind']): ShopApi | undefined => {
  switch (kind) {
    case 'shopify':
      return shopify;
    case 'woocommerce':
      return woocommerce;
    case 'stripe':
      return stripe;
    case 'standard':
      return undefined;
  }
};
