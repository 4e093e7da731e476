import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { orderEventSchema } from '../../../functions/shops/standard-schema.ts';
import { standardRequest } from '../../../lib/local/sample-orders/shop-requests.ts';
import { standardEvent, standardOrder } from '../../fixtures/orders.ts';
import { eventsOf, RECEIVED_AT, RECEIVED_MS, reasonOf, translate } from './webhook.ts';

const told = (body: unknown, testOrders: 'accept' | 'ignore' = 'accept') =>
  translate('standard', standardRequest({ body, secret: 'c2VjcmV0', at: RECEIVED_MS, id: 'msg_1' }), {
    testOrders,
  });
const orderedBy = (data: Record<string, unknown>, type = 'order.created') => {
  const [event] = eventsOf(told(standardEvent(type, standardOrder(data))));
  if (event?.type !== 'ordered') expect.fail('the event is "ordered"');
  return event;
};
const shared = {
  source: 'standard',
  orderId: 'A-3007',
  eventId: 'msg_1',
  occurredAt: '2026-11-02T09:15:05.000Z',
};

describe('an order of any other shop', () => {
  it('is told with its lines, its customer and its total', () => {
    expect(eventsOf(told(standardEvent('order.created', standardOrder())))).toEqual([
      {
        ...shared,
        type: 'ordered',
        aliases: [],
        order: {
          number: '#3007',
          placedAt: '2026-11-02T09:15:00.000Z',
          lines: [
            { lineId: '1', title: 'Garden chair', sku: 'CHAIR-G', productType: 'furniture', quantity: 4 },
          ],
          total: { amount: '436.00', currency: 'PLN' },
          tags: ['spring'],
          soldBy: 'piotr@example.org',
        },
        customer: {
          name: 'Marta Nowak',
          firstName: 'Marta',
          email: 'marta.nowak@example.org',
          phone: '+48 22 555 01 40',
          locale: 'pl',
          country: 'PL',
        },
      },
    ]);
  });

  it('needs no more than an id, a title and a total', () => {
    const body = {
      type: 'order.created',
      data: { orderId: 7, lines: [{ title: 'Chair' }], total: { amount: 12.5, currency: 'eur' } },
    };

    expect(eventsOf(told(body))).toEqual([
      {
        ...shared,
        orderId: '7',
        occurredAt: RECEIVED_AT,
        type: 'ordered',
        aliases: [],
        order: {
          number: '7',
          placedAt: RECEIVED_AT,
          lines: [{ lineId: '1', title: 'Chair', quantity: 1 }],
          total: { amount: '12.5', currency: 'EUR' },
          tags: [],
        },
        customer: {},
      },
    ]);
  });

  it('keeps every digit of an id that is a number', () => {
    const body = JSON.stringify(standardEvent('order.delivered', { orderId: 'X' })).replace(
      '"X"',
      '820982911946154508',
    );

    expect(eventsOf(told(body))[0]?.orderId).toBe('820982911946154508');
  });

  it.each([
    ['order.created', {}, undefined],
    ['order.created', { paidAt: '2026-11-02T10:15:00+01:00' }, '2026-11-02T09:15:00.000Z'],
    ['order.paid', {}, '2026-11-02T09:15:05.000Z'],
    ['order.paid', { paidAt: '2026-11-02T09:15:01Z' }, '2026-11-02T09:15:01.000Z'],
  ])('by %s with %j is paid at %s', (type, data, paidAt) => {
    expect(orderedBy(data, type).order.paidAt).toBe(paidAt);
  });

  it('leaves out contact data that cannot be used', () => {
    const customer = { email: 'a@b', phone: 'none', locale: 'Polish', country: 'Poland', name: 'M\0' };

    expect(orderedBy({ customer }).customer).toEqual({ name: 'M' });
  });

  it.each([
    ['order.fulfilled', {}, { type: 'fulfilled' }],
    [
      'order.fulfilled',
      { expectedAt: '2026-11-25T17:00:00+01:00' },
      { type: 'fulfilled', expectedAt: '2026-11-25T16:00:00.000Z' },
    ],
    ['order.delivered', {}, { type: 'delivered' }],
    ['order.cancelled', { reason: 'twice' }, { type: 'cancelled', reason: 'twice' }],
    ['order.refunded', {}, { type: 'refunded', isFull: true, lines: [] }],
    ['order.refunded', { full: false }, { type: 'refunded', isFull: false, lines: [] }],
    [
      'order.refunded',
      { lines: [{ id: 1 }] },
      { type: 'refunded', isFull: false, lines: [{ lineId: '1', quantity: 1 }] },
    ],
    [
      'order.refunded',
      { full: true, lines: [{ id: 'a', quantity: 2 }] },
      { type: 'refunded', isFull: true, lines: [{ lineId: 'a', quantity: 2 }] },
    ],
  ])('%s with %j', (type, data, expected) => {
    expect(eventsOf(told(standardEvent(type, { orderId: 'A-3007', ...data })))).toEqual([
      { ...shared, ...expected },
    ]);
  });

  it('that is a test is ignored or taken as the source says', () => {
    const body = standardEvent('order.delivered', { orderId: 'A' }, { test: true });

    expect(reasonOf(told(body, 'ignore'))).toBe('ignored: a test order');
    expect(told(body, 'accept').kind).toBe('events');
  });

  it.each([
    [standardEvent('order.shipped', {}), 'ignored: the type order.shipped concerns no sale'],
    [standardEvent('lea@example.org', {}), 'ignored: an unknown type'],
    [
      { data: {} },
      "parked: the event: type: Invalid discriminator value. Expected 'order.created' | 'order.paid' | 'order.fulfilled' | 'order.delivered' | 'order.reviewed' | 'customer.erased' | 'customer.data-requested' | 'order.cancelled' | 'order.refunded'",
    ],
    [
      standardEvent('order.delivered', {}),
      'parked: the event: data.orderId: expected text of 1-200 letters, digits or . : ~ + = @ # - _, or a whole number',
    ],
    [
      standardEvent('order.delivered', { orderId: 'a/b' }),
      'parked: the event: data.orderId: an order id of 1-200 letters, digits or . : ~ + = @ # - _',
    ],
    [
      standardEvent('order.created', standardOrder({ lines: [] })),
      'parked: the event: data.lines: expected at least one line',
    ],
    [
      standardEvent('order.created', standardOrder({ lines: [{ title: '\0' }] })),
      'parked: the event: data.lines.0.title: expected text',
    ],
    [
      standardEvent('order.created', standardOrder({ placedAt: 'yesterday' })),
      'parked: the event: data.placedAt: expected a time such as "2026-11-22T09:30:00Z"',
    ],
    [
      standardEvent('order.created', standardOrder({ total: { amount: '1e400', currency: 'EUR' } })),
      'parked: the event: data.total.amount: expected an amount such as "129.90"',
    ],
    [
      standardEvent('order.created', standardOrder({ customer: { email: 7 } })),
      'parked: the event: data.customer.email: expected text',
    ],
  ])('is refused by naming the path and what was expected: %#', (body, reason) => {
    expect(reasonOf(told(body))).toBe(reason);
  });
});

describe('the published schema', () => {
  const folder = new URL('../../../docs/schemas/', import.meta.url);
  const read = (path: string): unknown => JSON.parse(readFileSync(new URL(path, folder), 'utf8'));
  const examples = readdirSync(new URL('examples/', folder)).filter((file) => !file.startsWith('promise-'));
  const ajv = new Ajv2020({
    strict: true,
    allowUnionTypes: true,
    formats: { 'date-time': /^\d{4}-\d\d-\d\dT/ },
  });
  const isValid = ajv.compile(orderEventSchema());

  it('is the one that bodies are checked against (scripts/write-schemas.ts writes it)', () => {
    expect(read('order-event.schema.json')).toEqual(orderEventSchema());
  });

  it('has an example of every type, and of an order with a visit', () => {
    expect(examples.toSorted()).toEqual(
      [
        'customer-data-requested',
        'customer-erased',
        ...[
          'cancelled',
          'created',
          'delivered',
          'fulfilled',
          'paid',
          'refunded',
          'reviewed',
          'with-visit',
        ].map((name) => `order-${name}`),
      ].map((name) => `${name}.json`),
    );
  });

  it.each(examples)('accepts the example %s, and so do we', (file) => {
    const example = read(`examples/${file}`);

    expect(isValid(example), ajv.errorsText(isValid.errors)).toBe(true);
    expect(told(example).kind).toBe(file.startsWith('customer-') ? 'privacy' : 'events');
  });

  it.each([
    ['no order id', standardEvent('order.delivered', {})],
    ['an unknown type', standardEvent('order.shipped', { orderId: 'A' })],
    ['no lines', standardEvent('order.created', standardOrder({ lines: [] }))],
    [
      'half a unit',
      standardEvent('order.created', standardOrder({ lines: [{ title: 'Chair', quantity: 0.5 }] })),
    ],
    [
      'a negative amount',
      standardEvent('order.created', standardOrder({ total: { amount: '-1', currency: 'EUR' } })),
    ],
  ])('refuses %s, and so do we', (_, body) => {
    expect(isValid(body)).toBe(false);
    expect(told(body).kind).not.toBe('events');
  });
});

describe('a request about privacy', () => {
  it.each([
    ['customer.erased', 'forget-person'],
    ['customer.data-requested', 'tell-person'],
  ])('%s is about the person behind the order', (type, kind) => {
    expect(told(standardEvent(type, { orderId: 'A-1' }))).toMatchObject({
      kind: 'privacy',
      request: { kind, orders: ['A-1'] },
    });
  });
});
