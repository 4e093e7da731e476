import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ShopKind } from '../../../functions/shops/shop.ts';
import { shopOf } from '../../../functions/shops/shop-of.ts';
import {
  type ShopRequest,
  shopifyRequest,
  standardRequest,
  stripeRequest,
  wooRequest,
} from '../../../lib/local/sample-orders/shop-requests.ts';
import {
  shopifyOrder,
  standardEvent,
  standardOrder,
  stripeCheckout,
  wooOrder,
} from '../../fixtures/orders.ts';
import { wooPing } from '../../fixtures/woo-ping.ts';
import { RECEIVED_MS, signed } from './webhook.ts';

const at = RECEIVED_MS;
const key = (text: string) => `whsec_${Buffer.from(text).toString('base64')}`;
const SECRET = {
  shopify: 'shpss-one',
  woocommerce: 'woo-one',
  stripe: 'whsec_stripe-one',
  standard: key('a'.repeat(24)),
};
const OTHER = {
  shopify: 'shpss-two',
  woocommerce: 'woo-two',
  stripe: 'whsec_stripe-two',
  standard: key('b'.repeat(24)),
};
const SIGNATURE = {
  shopify: 'x-shopify-hmac-sha256',
  woocommerce: 'x-wc-webhook-signature',
  stripe: 'stripe-signature',
  standard: 'webhook-signature',
};
const kinds: readonly ShopKind[] = ['shopify', 'woocommerce', 'stripe', 'standard'];

const requestOf = (kind: ShopKind, secret: string = SECRET[kind]): ShopRequest => {
  switch (kind) {
    case 'shopify':
      return shopifyRequest({ topic: 'orders/create', body: shopifyOrder(), secret });
    case 'woocommerce':
      return wooRequest({ topic: 'order.created', body: wooOrder(), secret });
    case 'stripe':
      return stripeRequest({ body: stripeCheckout(), secret, at });
    case 'standard':
      return standardRequest({ body: standardEvent('order.created', standardOrder()), secret, at });
  }
};

const withHeader = (request: ShopRequest, name: string, value: string): ShopRequest => ({
  ...request,
  headers: { ...request.headers, [name]: value },
});

const flipped = (bytes: Buffer, index: number, bit: number): Buffer => {
  const copy = Buffer.from(bytes);
  copy.writeUInt8(copy.readUInt8(index) ^ (1 << bit), index);
  return copy;
};

describe.each(kinds)('a webhook of %s', (kind) => {
  const shop = shopOf(kind);
  const request = signed(requestOf(kind));
  const secrets = [SECRET[kind]];

  it('is taken when its secret signed it', () => {
    expect(shop.isSigned(request, secrets)).toBe(true);
  });

  it('is taken with either secret while they are rotated', () => {
    const rotating = [OTHER[kind], SECRET[kind]];

    expect(shop.isSigned(request, rotating)).toBe(true);
    expect(shop.isSigned(signed(requestOf(kind, OTHER[kind])), rotating)).toBe(true);
  });

  it('is refused under another secret, an empty one and none', () => {
    expect(shop.isSigned(request, [OTHER[kind]])).toBe(false);
    expect(shop.isSigned(signed(requestOf(kind, OTHER[kind])), secrets)).toBe(false);
    expect(shop.isSigned(request, [])).toBe(false);
  });

  it('is refused when an empty secret signed it, even if an empty secret is configured', () => {
    expect(shop.isSigned(signed(requestOf(kind, '')), ['', 'whsec_'])).toBe(false);
  });

  it('is refused without its signature header', () => {
    const { [SIGNATURE[kind]]: _, ...headers } = request.headers;

    expect(shop.isSigned({ ...request, headers }, secrets)).toBe(false);
  });

  it('is refused when any byte of the body has one bit changed', () => {
    fc.assert(
      fc.property(fc.nat(request.body.length - 1), fc.nat(7), (index, bit) => {
        const body = flipped(request.body, index, bit);

        expect(shop.isSigned({ ...request, body }, secrets)).toBe(false);
      }),
      { numRuns: 500 },
    );
    for (let index = 0; index < request.body.length; index += 1) {
      expect(shop.isSigned({ ...request, body: flipped(request.body, index, index % 8) }, secrets)).toBe(
        false,
      );
    }
  });

  it('is refused when any bit of the signature header is changed', () => {
    const header = request.headers[SIGNATURE[kind]] ?? '';
    const bytes = Buffer.from(header);

    for (let index = 0; index < bytes.length; index += 1) {
      for (let bit = 0; bit < 8; bit += 1) {
        const changed = flipped(bytes, index, bit).toString('latin1');
        const headers = { ...request.headers, [SIGNATURE[kind]]: changed };

        expect(shop.isSigned({ ...request, headers }, secrets), changed).toBe(false);
      }
    }
  });

  it('is refused when the same JSON is written differently, cut or lengthened', () => {
    const text = request.body.toString();
    const bodies = [JSON.stringify(JSON.parse(text), null, 1), text.slice(0, -1), `${text} `, ''];

    for (const body of bodies)
      expect(shop.isSigned({ ...request, body: Buffer.from(body) }, secrets)).toBe(false);
  });

  it('is answered without an error whatever the headers hold', () => {
    const names = [
      'stripe-signature',
      'webhook-id',
      'webhook-timestamp',
      'webhook-signature',
      'x-shopify-topic',
    ];
    const header = fc.constantFrom(...names, ...Object.values(SIGNATURE), 'x-shopify-event-id');
    const value = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.constantFrom('t=,v1=', 'v1,', 't=1,t=2,v1=x'),
    );

    fc.assert(
      fc.property(fc.dictionary(header, value), fc.uint8Array(), (headers, body) => {
        const any = { headers, body: Buffer.from(body), receivedAt: at };

        expect(shop.isSigned(any, secrets)).toBe(false);
        expect(typeof shop.isPing(any)).toBe('boolean');
        expect(shop.describe(headers)).toHaveProperty('topic');
      }),
      { numRuns: 300 },
    );
  });
});

describe.each(['stripe', 'standard'] as const)('the replay window of %s', (kind) => {
  const shop = shopOf(kind);
  const request = requestOf(kind);

  it.each([
    ['300 s old', 300_000, true],
    ['300.9 s old, which is still 300 whole seconds', 300_999, true],
    ['301 s old', 301_000, false],
    ['300 s ahead', -300_000, true],
    ['301 s ahead', -301_000, false],
  ])('is judged by whole seconds: %s', (_, later, isTaken) => {
    expect(shop.isSigned(signed(request, at + later), [SECRET[kind]])).toBe(isTaken);
  });
});

describe('the signature of Shopify', () => {
  it('is not enough without a topic, or without any id to tell deliveries apart', () => {
    const { headers, ...rest } = signed(requestOf('shopify'));
    const { 'x-shopify-topic': topic, ...withoutTopic } = headers;
    const { 'x-shopify-event-id': event, 'x-shopify-webhook-id': webhook, ...withoutIds } = headers;
    const shop = shopOf('shopify');

    expect([topic, event, webhook]).not.toContain(undefined);
    expect(shop.isSigned({ ...rest, headers: withoutTopic }, [SECRET.shopify])).toBe(false);
    expect(shop.isSigned({ ...rest, headers: withoutIds }, [SECRET.shopify])).toBe(false);
    expect(
      shop.isSigned({ ...rest, headers: { ...withoutIds, 'x-shopify-webhook-id': 'w' } }, [SECRET.shopify]),
    ).toBe(true);
  });
});

describe('the signature of WooCommerce', () => {
  it('is made with the decoded secret, whichever form is configured', () => {
    const request = signed(requestOf('woocommerce', `p&q<'"> `));

    expect(shopOf('woocommerce').isSigned(request, [`p&q<'"> `])).toBe(true);
    expect(shopOf('woocommerce').isSigned(request, ['p&amp;q&lt;&#039;&quot;&gt; '])).toBe(true);
    expect(shopOf('woocommerce').isSigned(request, ['p&amp;amp;q&lt;&#039;&quot;&gt; '])).toBe(false);
  });

  it('is not on the ping, which is known by its form body', () => {
    const ping = signed(wooPing());

    expect(shopOf('woocommerce').isPing(ping)).toBe(true);
    expect(shopOf('woocommerce').isSigned(ping, [SECRET.woocommerce])).toBe(false);
  });

  it.each([
    ['a signed request', { 'x-wc-webhook-signature': 'x' }, 'webhook_id=7'],
    ['an order', {}, '{"id":7}'],
    ['more than the one field', {}, 'webhook_id=7&x=1'],
    ['an empty body', {}, ''],
  ])('is asked for from all but the ping: %s is none', (_, headers, body) => {
    const request = { headers, body: Buffer.from(body), receivedAt: at };

    expect(kinds.filter((kind) => shopOf(kind).isPing(request))).toEqual([]);
  });
});

describe('the signature of Stripe', () => {
  const request = requestOf('stripe');
  const header = request.headers['stripe-signature'] ?? '';
  const isTaken = (value: string) =>
    shopOf('stripe').isSigned(signed(withHeader(request, 'stripe-signature', value)), [SECRET.stripe]);

  it('is found among several', () => {
    expect(isTaken(header.replace('v1=', `v1=${'0'.repeat(64)},v1=`))).toBe(true);
    expect(isTaken(`${header},v0=${'0'.repeat(64)}`)).toBe(true);
  });

  it('counts for nothing as v0, in capitals, under another or a second time', () => {
    const { at: _, ...later } = { at, body: request.body, secret: SECRET.stripe };
    const laterHeader = stripeRequest({ ...later, at: at + 1000 }).headers['stripe-signature'] ?? '';

    expect(isTaken(header.replace('v1=', 'v0='))).toBe(false);
    expect(isTaken(header.replace(/v1=.*/, (value) => value.toUpperCase().replace('V1', 'v1')))).toBe(false);
    expect(isTaken(header.replace(/t=\d+/, laterHeader.split(',')[0] ?? ''))).toBe(false);
    expect(isTaken(`t=1,${header}`)).toBe(false);
  });
});

describe('the signature of Standard Webhooks', () => {
  const request = requestOf('standard');
  const header = request.headers['webhook-signature'] ?? '';
  const isTaken = (value: string, secret = SECRET.standard) =>
    shopOf('standard').isSigned(signed(withHeader(request, 'webhook-signature', value)), [secret]);

  it('is found among several separated by blanks', () => {
    expect(isTaken(`v1a,${'A'.repeat(86)}== v1,${'A'.repeat(43)}= ${header}`)).toBe(true);
  });

  it('counts for nothing as v1a or without its version', () => {
    expect(isTaken(header.replace('v1,', 'v1a,'))).toBe(false);
    expect(isTaken(header.replace('v1,', ''))).toBe(false);
  });

  it('is made with the same key whether or not the secret has its prefix', () => {
    expect(isTaken(header, SECRET.standard.replace('whsec_', ''))).toBe(true);
  });

  it('covers the id', () => {
    expect(
      shopOf('standard').isSigned(signed(withHeader(request, 'webhook-id', 'msg_2')), [SECRET.standard]),
    ).toBe(false);
    expect(
      shopOf('standard').isSigned(signed(withHeader(request, 'webhook-id', '')), [SECRET.standard]),
    ).toBe(false);
  });
});
