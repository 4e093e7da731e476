import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ShopEvent } from '../../../functions/core/shop-event.ts';
import type { ShopKind } from '../../../functions/shops/shop.ts';
import { shopOf } from '../../../functions/shops/shop-of.ts';
import {
  shopifyFulfillment,
  shopifyLine,
  shopifyOrder,
  shopifyRefund,
  shopifyShipmentEvent,
  standardEvent,
  standardOrder,
  stripeCheckout,
  stripeRefund,
  wooOrder,
} from '../../fixtures/orders.ts';
import { RECEIVED_AT } from './webhook.ts';

const NEEDLE = 'needle.7f3a@example.org';

const bodies: readonly (readonly [ShopKind, string | undefined, unknown])[] = [
  ['shopify', 'orders/create', shopifyOrder({ email: NEEDLE, fulfillments: [shopifyFulfillment()] })],
  [
    'shopify',
    'orders/cancelled',
    shopifyOrder({ cancelled_at: '2026-11-03T00:00:00Z', cancel_reason: 'customer' }),
  ],
  ['shopify', 'orders/delete', { id: 1 }],
  ['shopify', 'refunds/create', shopifyRefund()],
  ['shopify', 'fulfillments/update', shopifyFulfillment({ shipment_status: 'delivered' })],
  ['shopify', 'fulfillment_events/create', shopifyShipmentEvent()],
  ['woocommerce', 'order.updated', wooOrder({ status: 'completed', refunds: [{ id: 1 }] })],
  ['woocommerce', 'order.deleted', { id: 1 }],
  ['stripe', undefined, stripeCheckout({ customer_details: { email: NEEDLE } })],
  ['stripe', undefined, stripeRefund()],
  ['standard', undefined, standardEvent('order.created', standardOrder())],
  [
    'standard',
    undefined,
    standardEvent('order.refunded', { orderId: 'A', lines: [{ id: '1', quantity: 1 }] }),
  ],
];

const odd = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom(
    NEEDLE,
    '',
    '\0',
    '9'.repeat(400),
    -1,
    1e308,
    null,
    [],
    {},
    [[]],
    '2026-13-45T99:00:00Z',
    true,
  ),
);

type Path = readonly (string | number)[];

const pathsOf = (value: unknown, at: Path = []): Path[] => {
  if (typeof value !== 'object' || value === null) return [at];
  const entries = Array.isArray(value)
    ? value.map((element, index) => [index, element] as const)
    : Object.entries(value);
  return [at, ...entries.flatMap(([key, inner]) => pathsOf(inner, [...at, key]))];
};

/** The value with what stands at the path replaced, or taken out if the replacement is undefined. */
const replaced = (value: unknown, [key, ...rest]: Path, by: unknown): unknown => {
  if (key === undefined) return by;
  if (Array.isArray(value))
    return value.map((element, index) => (index === key ? replaced(element, rest, by) : element));
  if (typeof value !== 'object' || value === null) return by;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, name === key ? replaced(inner, rest, by) : inner]),
  );
};

const outcome = (kind: ShopKind, topic: string | undefined, body: unknown) =>
  shopOf(kind).translate({
    source: kind,
    topic,
    deliveryId: 'd-1',
    body,
    receivedAt: RECEIVED_AT,
    testOrders: 'ignore',
  });

describe.each(bodies)('%s %s %#', (kind, topic, body) => {
  const paths = pathsOf(body);

  it('is understood as it stands', () => {
    expect(outcome(kind, topic, body).kind).toBe('events');
  });

  it('never throws for any JSON value as the body', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(['parked', 'ignored', 'events']).toContain(outcome(kind, topic, value).kind);
      }),
      { numRuns: 100 },
    );
  });

  it('gives well-formed events or a reason without personal data, whatever is changed or missing', () => {
    const change = fc.tuple(fc.constantFrom(...paths), fc.option(odd, { nil: undefined }));

    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
        const changed = changes.reduce<unknown>((value, [path, by]) => replaced(value, path, by), body);

        const told = outcome(kind, topic, changed);

        if (told.kind === 'events') {
          expect(told.events.map((event) => ShopEvent.safeParse(event).success)).not.toContain(false);
          expect(told.events).not.toEqual([]);
          expect(JSON.parse(JSON.stringify(told.events))).toStrictEqual(told.events);
        } else {
          expect(told.reason).not.toContain('needle');
          expect(told.reason.length).toBeLessThan(700);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('the customer of a webhook', () => {
  it('never brings a line break or a control character into an event', () => {
    const nasty = 'Lea\r\nBcc: x@example.org\0\u001b[0m';
    const everywhere = (value: unknown): unknown => {
      if (typeof value === 'string') return /^[A-Z][a-z]+( [A-Z][a-z]+)?$/.test(value) ? nasty : value;
      if (Array.isArray(value)) return value.map(everywhere);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, everywhere(inner)]));
    };

    for (const [kind, topic, body] of bodies) {
      const told = outcome(kind, topic, everywhere(body));

      expect(JSON.stringify(told)).not.toMatch(/\\[rnu]/);
    }
  });
});

describe('an order with texts that are too long', () => {
  const long = 'x'.repeat(40_000);

  it('is taken with the texts cut', () => {
    const body = shopifyOrder({
      name: long,
      tags: `${long},${'t,'.repeat(400)}`,
      note_attributes: [{ name: 'sold_by', value: long }],
      customer: { first_name: long, last_name: long },
      line_items: [shopifyLine({ title: long, sku: long, product_type: long })],
    });

    const told = outcome('shopify', 'orders/create', body);

    expect(told).toMatchObject({
      kind: 'events',
      events: [
        { order: { lines: [{ title: 'x'.repeat(500), sku: 'x'.repeat(200) }], soldBy: 'x'.repeat(320) } },
      ],
    });
  });

  it('is parked when it has more lines than we keep', () => {
    const body = shopifyOrder({
      line_items: Array.from({ length: 1001 }, (_, index) => shopifyLine({ id: index })),
    });

    expect(outcome('shopify', 'orders/create', body)).toMatchObject({
      kind: 'parked',
      reason: expect.stringContaining('order.lines'),
    });
  });
});
