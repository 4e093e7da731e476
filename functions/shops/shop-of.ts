import type { Shop, ShopKind } from './shop.ts';
import { shopify } from './shopify.ts';
import { standard } from './standard.ts';
import { stripe } from './stripe.ts';
import { woocommerce } from './woocommerce.ts';

const shops = { shopify, woocommerce, stripe, standard } satisfies Record<ShopKind, Shop>;

export const shopOf = (kind: ShopKind): Shop => shops[kind];
