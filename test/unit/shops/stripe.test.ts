import { describe, expect, it } from 'vitest';
import { stripeRequest } from '../../../lib/local/sample-orders/shop-requests.ts';
import { stripeCheckout, stripeRefund } from '../../fixtures/orders.ts';
import { eventsOf, RECEIVED_MS, reasonOf, translate } from './webhook.ts';

const told = (body: unknown, testOrders: 'accept' | 'ignore' = 'accept') =>
  translate('stripe', stripeRequest({ body, secret: 's', at: RECEIVED_MS }), { testOrders });
const orderedBy = (session: Record<string, unknown>) => {
  const [event] = eventsOf(told(stripeCheckout(session)));
  if (event?.type !== 'ordered') expect.fail('the first event is "ordered"');
  return event;
};

describe('a checkout of Stripe', () => {
  it('is an order, known by its session and also by its payment', () => {
    expect(eventsOf(told(stripeCheckout()))).toEqual([
      {
        type: 'ordered',
        source: 'stripe',
        orderId: 'cs_live_b1FixtureSession00000042',
        eventId: 'evt_1QFixtureCheckout0001',
        occurredAt: '2026-11-02T09:15:30.000Z',
        aliases: ['pi_3QFixturePayment0001'],
        order: {
          number: '#00000042',
          placedAt: '2026-11-02T09:15:00.000Z',
          paidAt: '2026-11-02T09:15:30.000Z',
          lines: [
            {
              lineId: '1',
              title: 'Pottery class, 3 hours',
              sku: 'CLASS-3H',
              productType: 'class',
              quantity: 1,
            },
          ],
          total: { amount: '49.90', currency: 'EUR' },
          tags: [],
        },
        customer: { name: 'Noor Haddad', email: 'noor.haddad@example.com', locale: 'nl', country: 'NL' },
      },
    ]);
  });

  it.each([
    ['paid', 'checkout.session.completed', '2026-11-02T09:15:30.000Z'],
    ['no_payment_required', 'checkout.session.completed', '2026-11-02T09:15:30.000Z'],
    ['unpaid', 'checkout.session.completed', undefined],
    ['paid', 'checkout.session.async_payment_succeeded', '2026-11-02T09:15:30.000Z'],
  ])('that is %s by %s', (status, type, paidAt) => {
    expect(eventsOf(told(stripeCheckout({ payment_status: status }, {}, type)))).toMatchObject([
      { type: 'ordered', order: paidAt === undefined ? {} : { paidAt } },
    ]);
    expect(orderedBy({ payment_status: 'unpaid' }).order).not.toHaveProperty('paidAt');
  });

  it('whose payment failed in the end is cancelled', () => {
    const body = stripeCheckout({ payment_status: 'unpaid' }, {}, 'checkout.session.async_payment_failed');

    expect(eventsOf(told(body))).toMatchObject([{ type: 'cancelled', reason: 'the payment failed' }]);
  });

  it('of a subscription is also known by that, and references may be expanded', () => {
    const session = {
      payment_intent: { id: 'pi_9', amount: 1 },
      subscription: 'sub_7',
      mode: 'subscription',
    };

    expect(orderedBy(session).aliases).toEqual(['pi_9', 'sub_7']);
  });

  it("is not known by client_reference_id, which may be the customer's and shared by all their orders", () => {
    expect(orderedBy({ client_reference_id: 'customer-5' }).aliases).not.toContain('customer-5');
  });

  it('takes the lines from the items when they are expanded', () => {
    const data = [
      {
        id: 'li_1',
        description: 'Bowl workshop',
        quantity: 2,
        price: { product: { name: 'Bowl', metadata: { sku: 'BOWL', product_type: 'class' } } },
      },
      { id: 'li_2', quantity: null, price: { product: { name: 'Clay' } } },
      { id: 'li_3', quantity: 0, description: 'Nothing' },
    ];

    expect(orderedBy({ line_items: { object: 'list', data } }).order.lines).toEqual([
      { lineId: 'li_1', title: 'Bowl workshop', sku: 'BOWL', productType: 'class', quantity: 2 },
      { lineId: 'li_2', title: 'Clay', quantity: 1 },
    ]);
  });

  it.each([
    [
      { product: 'Clay', quantity: '3', order_number: '#77' },
      [{ lineId: '1', title: 'Clay', quantity: 3 }],
      '#77',
    ],
    [{ sku: 'CLAY-1' }, [{ lineId: '1', title: 'CLAY-1', sku: 'CLAY-1', quantity: 1 }], '#00000042'],
    [{ description: 'Clay', quantity: 'many' }, [{ lineId: '1', title: 'Clay', quantity: 1 }], '#00000042'],
    [{}, [{ lineId: '1', title: '', quantity: 1 }], '#00000042'],
    [null, [{ lineId: '1', title: '', quantity: 1 }], '#00000042'],
  ])('takes lines and number from the metadata %j', (metadata, lines, number) => {
    expect(orderedBy({ metadata }).order).toMatchObject({ lines, number });
  });

  it.each([
    [{ shipping: { name: 'S', address: { country: 'BE' } } }, 'BE'],
    [{ shipping_details: { address: { country: 'FR' } } }, 'FR'],
    [{ collected_information: { shipping_details: { address: { country: 'LU' } } } }, 'LU'],
  ])('is delivered where %j says', (session, country) => {
    expect(orderedBy(session).customer.country).toBe(country);
  });

  it.each([
    ['jpy', 4990, '4990', 'JPY'],
    ['kwd', 4990, '4.990', 'KWD'],
    ['usd', 5, '0.05', 'USD'],
  ])('counts %s in its own minor units', (currency, minor, amount, code) => {
    expect(orderedBy({ currency, amount_total: minor }).order.total).toEqual({ amount, currency: code });
  });
});

describe('a refund of Stripe', () => {
  it.each([
    ['in full', { refunded: true }, true],
    ['in part', { refunded: false, amount_refunded: 500 }, false],
  ])('%s refers to the payment', (_, charge, isFull) => {
    expect(eventsOf(told(stripeRefund(charge)))).toEqual([
      {
        type: 'refunded',
        source: 'stripe',
        orderId: 'pi_3QFixturePayment0001',
        eventId: 'evt_1QFixtureRefund00001',
        occurredAt: '2026-11-05T17:33:20.000Z',
        isFull,
        lines: [],
      },
    ]);
  });

  it('of a charge made outside checkout is ignored', () => {
    expect(reasonOf(told(stripeRefund({ payment_intent: null })))).toBe(
      'ignored: a refund of a charge that no checkout made',
    );
  });
});

describe('everything else from Stripe', () => {
  it('in test mode is ignored or taken as the source says', () => {
    expect(reasonOf(told(stripeCheckout({}, { livemode: false }), 'ignore'))).toBe('ignored: a test order');
    expect(reasonOf(told(stripeRefund({}, { livemode: false }), 'ignore'))).toBe('ignored: a test order');
    expect(told(stripeCheckout({}, { livemode: false }), 'accept').kind).toBe('events');
    expect(told(stripeCheckout(), 'ignore').kind).toBe('events');
  });

  it('is read by its shape whatever its version', () => {
    expect(told(stripeCheckout({}, { api_version: '2031-01-01.future' })).kind).toBe('events');
  });

  it.each([
    [
      { id: 'evt_1', object: 'v2.core.event', type: 'v1.x' },
      'ignored: a thin event, which tells nothing of the sale',
    ],
    [{ id: 'evt_1', type: 'invoice.paid' }, 'ignored: the type invoice.paid concerns no sale'],
    [stripeCheckout({ mode: 'setup' }), 'ignored: a checkout that only saved a payment method'],
    [
      stripeCheckout({ amount_total: 49.9 }),
      'parked: checkout.session.completed: amount_total: expected a whole amount',
    ],
    [
      stripeCheckout({ currency: null }),
      'parked: checkout.session.completed: currency: expected a currency such as "EUR"',
    ],
    [stripeRefund({ refunded: 'yes' }), 'parked: charge.refunded: refunded: expected true or false'],
    [
      stripeCheckout({}, { data: null }),
      'parked: checkout.session.completed: the body: Invalid input: expected object, received undefined',
    ],
    [{ type: 'checkout.session.completed' }, 'parked: the event: id: expected an id'],
    ['null', 'parked: the event: the body: Invalid input: expected object, received null'],
  ])('says what it is: %#', (body, reason) => {
    expect(reasonOf(told(body))).toBe(reason);
  });
});
