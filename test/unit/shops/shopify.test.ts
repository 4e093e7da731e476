import { describe, expect, it } from 'vitest';
import { shopifyRequest } from '../../../lib/local/sample-orders/shop-requests.ts';
import {
  shopifyFulfillment,
  shopifyLine,
  shopifyOrder,
  shopifyRefund,
  shopifyShipmentEvent,
} from '../../fixtures/orders.ts';
import { eventsOf, RECEIVED_AT, reasonOf, translate } from './webhook.ts';

const told = (topic: string, body: unknown, eventId = 'e-1') =>
  translate('shopify', shopifyRequest({ topic, body, secret: 's', eventId }));
const typesOf = (topic: string, body: unknown) => eventsOf(told(topic, body)).map(({ type }) => type);
const orderedBy = (topic: string, with_: Record<string, unknown>) => {
  const [event] = eventsOf(told(topic, shopifyOrder(with_)));
  if (event?.type !== 'ordered') expect.fail('the first event is "ordered"');
  return event;
};

describe('an order of Shopify', () => {
  it('is told with its lines, its customer and its total', () => {
    const [event, ...others] = eventsOf(told('orders/create', shopifyOrder()));

    expect(others).toEqual([]);
    expect(event).toEqual({
      type: 'ordered',
      source: 'shopify',
      orderId: '5500001001',
      eventId: expect.stringMatching(/^order:5500001001:2026-11-02T09:15:04\.000Z:[\da-f]{16}$/),
      occurredAt: '2026-11-02T09:15:04.000Z',
      aliases: [],
      order: {
        number: '#2041',
        placedAt: '2026-11-02T09:15:00.000Z',
        lines: [
          { lineId: '7710001', title: 'Walking boot Rigi', sku: 'RIGI-39', quantity: 1 },
          { lineId: '7710002', title: 'Wool socks', sku: 'SOCK-3', quantity: 3 },
        ],
        total: { amount: '378.00', currency: 'CHF' },
        tags: ['hiking', 'VIP'],
      },
      customer: {
        name: 'Lea Steiner',
        firstName: 'Lea',
        email: 'lea.steiner@example.org',
        phone: '+41 61 555 01 20',
        locale: 'de-CH',
        country: 'CH',
      },
    });
  });

  it('keeps every digit of an id beyond 2^53', () => {
    const body = JSON.stringify(shopifyOrder()).replaceAll('5500001001', '820982911946154508');

    const [event] = eventsOf(told('orders/create', body));

    expect(event?.orderId).toBe('820982911946154508');
  });

  it('is the same announcement as long as it says the same, under whichever topic and event id', () => {
    const idOf = (topic: string, eventId: string, with_ = {}) =>
      eventsOf(told(topic, shopifyOrder(with_), eventId))[0]?.eventId;
    const first = idOf('orders/create', 'e-1');

    expect(idOf('orders/updated', 'e-2')).toBe(first);
    expect(
      new Set([
        first,
        idOf('orders/paid', 'e-1'),
        idOf('orders/create', 'e-1', { tags: 'hiking' }),
        idOf('orders/create', 'e-1', { updated_at: '2026-11-02T10:15:05+01:00' }),
      ]).size,
    ).toBe(4);
  });

  it('by a clock ahead of ours, or without a date, is known by the delivery', () => {
    const idOf = (eventId: string, with_: object) =>
      eventsOf(told('orders/create', shopifyOrder({ created_at: null, ...with_ }), eventId))[0]?.eventId;

    expect(idOf('e-1', { updated_at: null })).toBe('orders/create:e-1');
    expect(idOf('e-2', { updated_at: '2099-01-01T00:00:00Z' })).toBe('orders/create:e-2');
  });

  it('that was asked for is paid when its payment says', () => {
    const body = { financial_status: 'paid', paid_at: '2026-11-09T08:30:00Z' };

    expect(orderedBy('orders/updated', body).order.paidAt).toBe('2026-11-09T08:30:00.000Z');
  });

  it.each([
    ['orders/paid, since then', 'orders/paid', {}, '2026-11-02T09:15:04.000Z'],
    [
      'orders/create of a paid order, since it was processed',
      'orders/create',
      { financial_status: 'paid' },
      '2026-11-02T09:15:01.000Z',
    ],
    [
      'orders/updated after some was paid back',
      'orders/updated',
      { financial_status: 'partially_refunded' },
      '2026-11-02T09:15:01.000Z',
    ],
    ['not while pending', 'orders/create', { financial_status: 'pending' }, undefined],
    ['not while only authorized', 'orders/updated', { financial_status: 'authorized' }, undefined],
  ])('is paid by %s', (_, topic, with_, paidAt) => {
    expect(orderedBy(topic, with_).order.paidAt).toBe(paidAt);
  });

  it.each([
    ['email', {}, 'lea.steiner@example.org'],
    ['contact_email', { email: null, contact_email: 'c@example.org' }, 'c@example.org'],
    [
      "the customer's own",
      { email: '', contact_email: null, customer: { email: 'k@example.org' } },
      'k@example.org',
    ],
    [
      'contact_email when email is no address',
      { email: 'a@b\r\nBcc: x@y.zz', contact_email: 'c@example.org' },
      'c@example.org',
    ],
    ['none', { email: null, contact_email: null, customer: null }, undefined],
  ])('takes the e-mail address from %s', (_, with_, email) => {
    expect(orderedBy('orders/create', with_).customer.email).toBe(email);
  });

  it('of a download has the country and the phone of the bill', () => {
    const { customer } = orderedBy('orders/create', {
      shipping_address: null,
      customer: null,
      billing_address: { name: 'Tim Roth', first_name: 'Tim', country_code: 'at', phone: '+43 1 555 0123' },
    });

    expect(customer).toMatchObject({
      name: 'Tim Roth',
      firstName: 'Tim',
      country: 'AT',
      phone: '+43 1 555 0123',
    });
  });

  it.each([
    ['user_id', { user_id: 548_380_009 }, '548380009'],
    [
      'the note sold_by',
      {
        note_attributes: [
          { name: 'gift', value: 'yes' },
          { name: 'Sold_By', value: 'mara' },
        ],
      },
      'mara',
    ],
    [
      'the note salesperson',
      { note_attributes: [{ name: 'salesperson', value: 'mara@shop.example' }] },
      'mara@shop.example',
    ],
    ['nobody', {}, undefined],
  ])('was sold by whom %s names', (_, with_, soldBy) => {
    expect(orderedBy('orders/create', with_).order.soldBy).toBe(soldBy);
  });

  it('leaves out removed lines but counts returned units, which the refund tells', () => {
    const lines = [
      shopifyLine({ id: 1, quantity: 1, current_quantity: 0 }),
      shopifyLine({ id: 2, quantity: 3, current_quantity: 1 }),
      shopifyLine({ id: 3, quantity: 0, current_quantity: 0 }),
      shopifyLine({ id: 4, quantity: 2, current_quantity: undefined, gift_card: true }),
    ];

    expect(orderedBy('orders/updated', { line_items: lines }).order.lines).toMatchObject([
      { lineId: '2', quantity: 3 },
      { lineId: '4', quantity: 2, productType: 'gift_card' },
    ]);
  });

  it('still says what it was when everything has been taken out', () => {
    const lines = [shopifyLine({ id: 1, current_quantity: 0 })];

    expect(orderedBy('orders/cancelled', { line_items: lines }).order.lines).toMatchObject([
      { lineId: '1', quantity: 1 },
    ]);
  });

  it('that is a test is ignored or taken as the source says', () => {
    const request = shopifyRequest({
      topic: 'orders/create',
      body: shopifyOrder({ test: true }),
      secret: 's',
    });

    expect(reasonOf(translate('shopify', request, { testOrders: 'ignore' }))).toBe('ignored: a test order');
    expect(translate('shopify', request, { testOrders: 'accept' }).kind).toBe('events');
  });

  it('cannot have been placed after it was received', () => {
    const { order, occurredAt } = orderedBy('orders/create', {
      created_at: '2099-01-01T00:00:00Z',
      updated_at: 'yesterday',
    });

    expect([order.placedAt, occurredAt]).toEqual([RECEIVED_AT, RECEIVED_AT]);
  });
});

describe('what the body of an order shows', () => {
  const sent = shopifyFulfillment();
  const arrived = shopifyFulfillment({
    shipment_status: 'delivered',
    updated_at: '2026-11-05T14:31:00+01:00',
  });

  it.each([
    [
      'fulfilled',
      'orders/fulfilled',
      { fulfillment_status: 'fulfilled', fulfillments: [sent] },
      ['ordered', 'fulfilled'],
    ],
    [
      'fulfilled by the topic where the body is silent',
      'orders/fulfilled',
      { fulfillment_status: undefined },
      ['ordered', 'fulfilled'],
    ],
    [
      'fulfilled under any topic',
      'orders/updated',
      { fulfillment_status: 'fulfilled' },
      ['ordered', 'fulfilled'],
    ],
    [
      'not fulfilled under a topic that the body denies',
      'orders/fulfilled',
      { fulfillment_status: null },
      ['ordered'],
    ],
    [
      'not fulfilled in part',
      'orders/partially_fulfilled',
      { fulfillment_status: 'partial', fulfillments: [sent] },
      ['ordered'],
    ],
    [
      'delivered',
      'orders/updated',
      { fulfillment_status: 'fulfilled', fulfillments: [arrived] },
      ['ordered', 'fulfilled', 'delivered'],
    ],
    [
      'not delivered in part',
      'orders/updated',
      { fulfillment_status: 'fulfilled', fulfillments: [arrived, sent] },
      ['ordered', 'fulfilled'],
    ],
    [
      'cancelled',
      'orders/cancelled',
      { cancelled_at: '2026-11-03T08:00:00+01:00' },
      ['ordered', 'cancelled'],
    ],
    [
      'cancelled by the topic where the body is silent',
      'orders/cancelled',
      { cancelled_at: undefined },
      ['ordered', 'cancelled'],
    ],
    [
      'not cancelled by a captured body under that topic',
      'orders/cancelled',
      { cancelled_at: null },
      ['ordered'],
    ],
    ['refunded', 'orders/updated', { financial_status: 'refunded' }, ['ordered', 'refunded']],
    ['not refunded in part', 'orders/updated', { financial_status: 'partially_refunded' }, ['ordered']],
  ])('is %s', (_, topic, with_, types) => {
    expect(typesOf(topic, shopifyOrder(with_))).toEqual(types);
  });

  it('is nothing more than an order where the body is silent and the topic says no more', () => {
    const silent = { cancelled_at: undefined, fulfillment_status: undefined, financial_status: undefined };

    expect(typesOf('orders/create', shopifyOrder({ ...silent, fulfillments: undefined }))).toEqual([
      'ordered',
    ]);
  });

  it('has happened when the shop says', () => {
    const body = shopifyOrder({
      fulfillment_status: 'fulfilled',
      fulfillments: [
        arrived,
        shopifyFulfillment({ status: 'cancelled', created_at: '2026-11-09T00:00:00Z' }),
      ],
      cancelled_at: '2026-11-10T08:00:00+01:00',
      cancel_reason: 'customer',
      financial_status: 'refunded',
    });

    expect(eventsOf(told('orders/updated', body)).slice(1)).toMatchObject([
      { type: 'fulfilled', occurredAt: '2026-11-03T15:00:00.000Z' },
      { type: 'delivered', occurredAt: '2026-11-05T13:31:00.000Z' },
      { type: 'cancelled', occurredAt: '2026-11-10T07:00:00.000Z', reason: 'customer' },
      { type: 'refunded', isFull: true, lines: [] },
    ]);
  });

  it('has one key under whichever topic it is seen, and each event of a body its own', () => {
    const body = shopifyOrder({ fulfillment_status: 'fulfilled', cancelled_at: '2026-11-10T08:00:00Z' });
    const idsOf = (topic: string, eventId: string) =>
      eventsOf(told(topic, body, eventId)).map((event) => event.eventId);

    const [first, ...shown] = idsOf('orders/fulfilled', 'e-1');
    const [second, ...shownAgain] = idsOf('orders/updated', 'e-2');

    expect(shown).toEqual(shownAgain);
    expect(first).toBe(second);
    expect(new Set([first, ...shown]).size).toBe(3);
  });
});

describe('a refund of Shopify', () => {
  it('names the units that came back and never says it is all', () => {
    expect(eventsOf(told('refunds/create', shopifyRefund()))).toEqual([
      {
        type: 'refunded',
        source: 'shopify',
        orderId: '5500001001',
        eventId: 'refunds/create:e-1',
        occurredAt: '2026-11-09T08:00:02.000Z',
        isFull: false,
        lines: [{ lineId: '7710002', quantity: 2 }],
      },
    ]);
  });

  it('of money only has no lines', () => {
    expect(eventsOf(told('refunds/create', shopifyRefund({ refund_line_items: [] })))).toMatchObject([
      { type: 'refunded', isFull: false, lines: [] },
    ]);
  });

  it('reads the line from its object as well', () => {
    const items = [{ quantity: 1, line_item: { id: 7 } }];

    expect(eventsOf(told('refunds/create', shopifyRefund({ refund_line_items: items })))).toMatchObject([
      { lines: [{ lineId: '7', quantity: 1 }] },
    ]);
  });
});

describe('a shipment of Shopify', () => {
  it.each([
    ['fulfillment_events/create', shopifyShipmentEvent(), '2026-11-05T13:20:00.000Z'],
    ['fulfillments/update', shopifyFulfillment({ shipment_status: 'delivered' }), '2026-11-03T15:00:00.000Z'],
    ['fulfillments/create', shopifyFulfillment({ shipment_status: 'delivered' }), '2026-11-03T15:00:00.000Z'],
  ])('has arrived by %s', (topic, body, occurredAt) => {
    expect(eventsOf(told(topic, body))).toMatchObject([
      { type: 'delivered', orderId: '5500001001', occurredAt },
    ]);
  });

  it.each([
    ['fulfillment_events/create', shopifyShipmentEvent({ status: 'in_transit' })],
    ['fulfillment_events/create', shopifyShipmentEvent({ status: 'failure' })],
    ['fulfillments/create', shopifyFulfillment()],
  ])('is on its way: %s is ignored', (topic, body) => {
    expect(reasonOf(told(topic, body))).toBe('ignored: a shipment that has not arrived yet');
  });
});

describe('everything else from Shopify', () => {
  it('cancels an order that was deleted', () => {
    expect(eventsOf(told('orders/delete', '{"id":820982911946154508}'))).toMatchObject([
      { type: 'cancelled', orderId: '820982911946154508', occurredAt: RECEIVED_AT },
    ]);
  });

  it.each([
    ['orders/delete', shopifyOrder(), 'parked: orders/delete: line_items: expected an id and nothing else'],
    [
      'refunds/create',
      shopifyOrder(),
      'parked: refunds/create: order_id: expected an id; refund_line_items: expected a list of lines',
    ],
    ['fulfillments/update', shopifyOrder(), 'parked: fulfillments/update: order_id: expected an id'],
    [
      'orders/create',
      shopifyOrder({ line_items: [shopifyLine({ quantity: 'two' })] }),
      'parked: orders/create: line_items.0.quantity: expected a whole number',
    ],
    [
      'orders/create',
      shopifyOrder({ line_items: [shopifyLine({ title: '\0' })] }),
      'parked: orders/create: line_items.0.title: expected a title',
    ],
    [
      'orders/create',
      shopifyOrder({ id: 'a b' }),
      'parked: orders/create: id: expected an id of 1-200 letters, digits or . : ~ + = @ # - _',
    ],
    [
      'orders/create',
      shopifyOrder({ total_price: '1e400' }),
      'parked: orders/create: total_price: expected an amount such as "129.90"',
    ],
    [
      'orders/create',
      shopifyOrder({ total_price: '-1.00' }),
      'parked: orders/create: total_price: expected an amount such as "129.90"',
    ],
    [
      'orders/create',
      shopifyOrder({ total_price: 'NaN' }),
      'parked: orders/create: total_price: expected an amount such as "129.90"',
    ],
    [
      'orders/create',
      shopifyOrder({ currency: 'XXX' }),
      'parked: orders/create: currency: expected a currency such as "EUR"',
    ],
    [
      'orders/create',
      shopifyOrder({ currency: undefined }),
      'parked: orders/create: currency: expected a currency such as "EUR"',
    ],
    ['orders/create', [], 'parked: orders/create: the body: Invalid input: expected object, received array'],
    [
      'customers/redact',
      { shop_domain: 'lea.example', customer: { id: 1, email: 'lea@example.org' }, orders_to_redact: [] },
      'parked: customers/redact: shop_id: expected an id',
    ],
    [
      'customers/redact',
      shopifyOrder(),
      'parked: customers/redact: the body is not what this topic brings, so nothing was done; a person looks',
    ],
    ['products/update', {}, 'ignored: the topic products/update concerns no sale'],
    ['toString', {}, 'ignored: the topic toString concerns no sale'],
  ])('says what is wrong: %s %#', (topic, body, reason) => {
    expect(reasonOf(told(topic, body))).toBe(reason);
  });

  it('takes a free order and a currency in small letters', () => {
    const { order } = orderedBy('orders/create', { total_price: '0.00', currency: 'chf' });

    expect(order.total).toEqual({ amount: '0.00', currency: 'CHF' });
  });

  it('is parked without a topic', () => {
    const request = shopifyRequest({ topic: 'orders/create', body: shopifyOrder(), secret: 's' });

    expect(reasonOf(translate('shopify', request, { topic: undefined }))).toBe(
      'parked: the header x-shopify-topic is missing',
    );
  });
});
