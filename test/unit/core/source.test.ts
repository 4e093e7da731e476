import { describe, expect, it } from 'vitest';
import { pullUrlOf, Source } from '../../../functions/core/source.ts';

const mistakeOf = (source: unknown): string =>
  Source.safeParse(source)
    .error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
    .join('; ') ?? 'none';

describe('a source that is asked for its orders', () => {
  it.each([
    ['shopify', { url: 'https://lindenhof.myshopify.com/' }, 'https://lindenhof.myshopify.com'],
    ['woocommerce', { url: 'https://shop.example/store/' }, 'https://shop.example/store'],
    ['stripe', {}, 'https://api.stripe.com'],
    ['stripe', { url: 'http://127.0.0.1:12111' }, 'http://127.0.0.1:12111'],
  ])('has an address: %s', (kind, pull, url) => {
    expect(pullUrlOf(Source.parse({ kind, pull }))).toBe(url);
  });

  it('has none when nobody asks', () => {
    expect(pullUrlOf(Source.parse({ kind: 'shopify' }))).toBeUndefined();
  });

  it.each([
    [{ kind: 'standard', pull: {} }, 'pull: a source of kind `standard` has no API to ask; leave it out'],
    [{ kind: 'woocommerce', pull: {} }, 'pull.url: the address of the shop, as https://shop.example'],
    [{ kind: 'shopify', pull: {} }, 'pull.url: the address of the shop, as https://<name>.myshopify.com'],
    [
      { kind: 'shopify', pull: { url: 'https://lindenhof.example' } },
      'pull.url: the address that Shopify gave the shop, as https://<name>.myshopify.com',
    ],
    ...['http://shop.example', 'https://ck:cs@shop.example', 'https://shop.example?consumer_key=ck'].map(
      (url): [unknown, string] => [
        { kind: 'woocommerce', pull: { url } },
        'pull.url: an address that begins with https:// and has neither a key nor a query in it',
      ],
    ),
    ...['shopify', 'woocommerce', 'stripe'].flatMap((kind) =>
      ['nonsense', 'http://', ''].map((url): [unknown, string] => [
        { kind, pull: { url } },
        'pull.url: an address, as https://shop.example',
      ]),
    ),
    [{ kind: 'stripe', pull: { key: 'rk' } }, 'pull: Unrecognized key: "key"'],
  ])('names its mistake: %j', (source, mistake) => {
    expect(mistakeOf(source)).toBe(mistake);
  });
});
