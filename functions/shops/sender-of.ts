/** For the intake of webhooks, which answers before it knows what they mean: the translators are a fifth of its start. */
import type { Sender, ShopKind } from './shop.ts';
import { shopifySender } from './shopify-sender.ts';
import { standardSender } from './standard-sender.ts';
import { stripeSender } from './stripe-sender.ts';
import { woocommerceSender } from './woocommerce-sender.ts';

const senders = {
  shopify: shopifySender,
  woocommerce: woocommerceSender,
  stripe: stripeSender,
  standard: standardSender,
} satisfies Record<ShopKind, Sender>;

export const senderOf = (kind: ShopKind): Sender => senders[kind];
