import { describe, expect, it } from 'vitest';
import { wooRequest } from '../../../lib/local/sample-orders/shop-requests.ts';
import { wooOrder } from '../../fixtures/orders.ts';
import { eventsOf, RECEIVED_AT, reasonOf, translate } from './webhook.ts';

const told = (body: unknown, topic = 'order.updated') =>
  translate('woocommerce', wooRequest({ topic, body, secret: 's' }));
const orderedBy = (with_: Record<string, unknown>) => {
  const [event] = eventsOf(told(wooOrder(with_)));
  if (event?.type !== 'ordered') expect.fail('the first event is "ordered"');
  return event;
};

describe('an order of WooCommerce', () => {
  it('is told with its lines, its customer and its total, all times in UTC', () => {
    const [event, ...others] = eventsOf(told(wooOrder(), 'order.created'));

    expect(others).toEqual([]);
    expect(event).toEqual({
      type: 'ordered',
      source: 'woocommerce',
      orderId: '1204',
      eventId: expect.stringMatching(/^order:1204:2026-11-02T09:16:30\.000Z:[\da-f]{16}$/),
      occurredAt: '2026-11-02T09:16:30.000Z',
      aliases: [],
      order: {
        number: '1204',
        placedAt: '2026-11-02T09:15:00.000Z',
        paidAt: '2026-11-02T09:16:28.000Z',
        lines: [{ lineId: '501', title: 'Espresso – dark roast', sku: 'ESP-D', quantity: 2 }],
        total: { amount: '74.80', currency: 'EUR' },
        tags: [],
      },
      customer: {
        name: 'Jonas Weber',
        firstName: 'Jonas',
        email: 'jonas.weber@example.net',
        phone: '030 555 0180',
        country: 'AT',
      },
    });
  });

  it.each([
    ['pending', { status: 'pending', date_paid_gmt: null }, ['ordered'], undefined],
    ['on-hold', { status: 'on-hold', date_paid_gmt: null }, ['ordered'], undefined],
    ['failed, which can still be paid', { status: 'failed', date_paid_gmt: null }, ['ordered'], undefined],
    [
      'processing with cash on delivery',
      { status: 'processing', date_paid_gmt: null },
      ['ordered'],
      undefined,
    ],
    ['processing', {}, ['ordered'], '2026-11-02T09:16:28.000Z'],
    [
      'processing where the date is not told',
      { date_paid_gmt: undefined },
      ['ordered'],
      '2026-11-02T09:16:30.000Z',
    ],
    ['completed', { status: 'completed' }, ['ordered', 'fulfilled'], '2026-11-02T09:16:28.000Z'],
    ['cancelled', { status: 'cancelled' }, ['ordered', 'cancelled'], '2026-11-02T09:16:28.000Z'],
    ['trash', { status: 'trash' }, ['ordered', 'cancelled'], '2026-11-02T09:16:28.000Z'],
    ['refunded', { status: 'refunded' }, ['ordered', 'refunded'], '2026-11-02T09:16:28.000Z'],
    ["a shop's own status", { status: 'packing' }, ['ordered'], '2026-11-02T09:16:28.000Z'],
  ])('in the status %s', (_, with_, types, paidAt) => {
    const events = eventsOf(told(wooOrder(with_)));

    expect(events.map(({ type }) => type)).toEqual(types);
    expect(orderedBy(with_).order.paidAt).toBe(paidAt);
  });

  it('was fulfilled when it was completed, also if that is told again later', () => {
    const completed = { status: 'completed', date_completed_gmt: '2026-11-04T10:00:00' };
    const [, first] = eventsOf(told(wooOrder(completed)));
    const [, again] = eventsOf(told(wooOrder({ ...completed, date_modified_gmt: '2026-11-06T10:00:00' })));

    expect(first).toMatchObject({ type: 'fulfilled', occurredAt: '2026-11-04T10:00:00.000Z' });
    expect(again?.eventId).toBe(first?.eventId);
  });

  it('is refunded in part, without lines, once for each refund', () => {
    const one = eventsOf(told(wooOrder({ refunds: [{ id: 91, total: '-5.00', reason: '' }] })));
    const two = eventsOf(told(wooOrder({ refunds: [{ id: 91 }, { id: 92 }] })));

    expect(one[1]).toMatchObject({ type: 'refunded', isFull: false, lines: [] });
    expect(two[1]?.eventId).not.toBe(one[1]?.eventId);
  });

  it('is the same announcement when delivered twice, and another once anything in it changed', () => {
    const body = wooOrder();
    const sameSecond = wooOrder({ billing: { email: 'new@example.net' } });

    expect(told(body)).toEqual(told(body));
    expect(eventsOf(told(sameSecond))[0]?.eventId).not.toBe(eventsOf(told(body))[0]?.eventId);
  });

  it('has no dedupe id in its headers, as the Delivery-ID is shared by orders of one second', () => {
    const { headers } = wooRequest({ topic: 'order.created', body: wooOrder(), secret: 's' });

    expect(headers).toHaveProperty('x-wc-webhook-delivery-id');
    expect(translate('woocommerce', { path: '/', headers: {}, body: '{}' })).toMatchObject({
      kind: 'parked',
    });
    expect(eventsOf(told(wooOrder({ id: 1 })))[0]?.eventId).not.toBe(
      eventsOf(told(wooOrder({ id: 2 })))[0]?.eventId,
    );
  });

  it('takes the seller, the language and the kind of product from where plugins note them', () => {
    const { order, customer } = orderedBy({
      meta_data: [
        { id: 1, key: '_sold_by', value: 'ana@shop.example' },
        { id: 2, key: 'wpml_language', value: 'de' },
        { id: 3, key: 'odd', value: { deep: [1] } },
      ],
      line_items: [
        { id: 1, name: 'Beans', quantity: 1, meta_data: [{ key: 'product_type', value: 'coffee' }] },
      ],
    });

    expect(order).toMatchObject({ soldBy: 'ana@shop.example', lines: [{ productType: 'coffee' }] });
    expect(customer.locale).toBe('de');
  });

  it('falls back to the address of the bill for the country and to the delivery for the name', () => {
    const { customer } = orderedBy({
      billing: { first_name: '', last_name: '', country: 'DE', email: 'x@example.net' },
      shipping: { first_name: 'Pia', last_name: 'D&#039;Angelo', country: '' },
    });

    expect(customer).toEqual({
      name: "Pia D'Angelo",
      firstName: 'Pia',
      email: 'x@example.net',
      country: 'DE',
    });
  });
});

describe('everything else from WooCommerce', () => {
  it('cancels an order that was deleted, of which only the id is told', () => {
    expect(eventsOf(told({ id: 1204 }, 'order.deleted'))).toMatchObject([
      { type: 'cancelled', orderId: '1204', occurredAt: RECEIVED_AT },
    ]);
  });

  it.each([
    ['order.deleted', wooOrder(), 'parked: order.deleted: line_items: expected an id and nothing else'],
    ['order.created', wooOrder({ status: 'checkout-draft' }), 'ignored: a draft, not an order yet'],
    ['order.created', wooOrder({ id: null }), 'parked: order.created: id: expected an id'],
    ['order.created', wooOrder({ status: 7 }), 'parked: order.created: status: expected a status'],
    [
      'order.created',
      wooOrder({ total: '' }),
      'parked: order.created: total: expected an amount such as "129.90"',
    ],
    ['product.updated', {}, 'ignored: the topic product.updated concerns no sale'],
    ['action.woocommerce_x', {}, 'ignored: the topic action.woocommerce_x concerns no sale'],
  ])('says what is wrong: %s %#', (topic, body, reason) => {
    expect(reasonOf(told(body, topic))).toBe(reason);
  });
});
