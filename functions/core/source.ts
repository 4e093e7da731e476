/** A connection to a shop. */
import * as z from 'zod';

const isOwnMachine = ({ hostname }: URL): boolean =>
  hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]';

/** Orders and the key to them travel on it. */
const PullUrl = z
  .url('an address, as https://shop.example')
  .max(300)
  .refine((text) => {
    /* zod has said so already, and asks all the same. */
    if (!URL.canParse(text)) return true;
    const url = new URL(text);
    const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && isOwnMachine(url));
    return isSafe && url.username === '' && url.search === '' && url.hash === '';
  }, 'an address that begins with https:// and has neither a key nor a query in it');

const PULL_URLS = {
  shopify: 'https://<name>.myshopify.com',
  woocommerce: 'https://shop.example',
  stripe: 'https://api.stripe.com',
} as const;

const isMyShopify = (text: string): boolean => {
  if (!URL.canParse(text)) return true;
  const url = new URL(text);
  return isOwnMachine(url) || (url.hostname.endsWith('.myshopify.com') && url.pathname === '/');
};

export const Source = z
  .strictObject({
    kind: z.literal(['shopify', 'woocommerce', 'stripe', 'standard']),
    /** What to do with orders the shop marks as tests. */
    testOrders: z.literal(['accept', 'ignore']).default('ignore'),
    /** Asks the shop once an hour for orders that its webhooks have not told; without it nobody asks. */
    pull: z.strictObject({ url: PullUrl.optional() }).optional(),
  })
  .superRefine(({ kind, pull }, ctx) => {
    const issue = (path: string[], message: string) => ctx.addIssue({ code: 'custom', path, message });
    if (pull === undefined) return;
    if (kind === 'standard') issue(['pull'], 'a source of kind `standard` has no API to ask; leave it out');
    else if (pull.url === undefined && kind !== 'stripe')
      issue(['pull', 'url'], `the address of the shop, as ${PULL_URLS[kind]}`);
    else if (pull.url !== undefined && kind === 'shopify' && !isMyShopify(pull.url))
      issue(['pull', 'url'], `the address that Shopify gave the shop, as ${PULL_URLS.shopify}`);
  });
export type Source = z.output<typeof Source>;

/** Where its API is asked; undefined when nobody asks. */
export const pullUrlOf = ({ kind, pull }: Source): string | undefined => {
  if (pull === undefined) return undefined;
  const url = pull.url ?? (kind === 'stripe' ? PULL_URLS.stripe : undefined);
  return url?.replace(/\/+$/, '');
};
