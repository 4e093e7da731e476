import { describe, expect, it } from 'vitest';
import type { Translation } from '../../../functions/core/shop-event.ts';
import { shopify } from '../../../functions/shops/shopify.ts';
import { shopifyOrder } from '../../fixtures/orders.ts';
import { RECEIVED_AT } from './webhook.ts';

const translate = (topic: string, body: unknown): Translation =>
  shopify.translate({
    ...{ source: 'shopify', topic, body, receivedAt: RECEIVED_AT },
    ...{ deliveryId: 'd-1', testOrders: 'accept' },
  });

const shop = { shop_id: 954_889, shop_domain: 'velowerk.myshopify.example' };
const customer = { id: 191_167, email: 'Selma@Example.org', phone: '555-625-1199' };
const redact = { ...shop, customer, orders_to_redact: ['299938', 280_263] };
const dataRequest = { ...shop, customer, orders_requested: [299_938], data_request: { id: 9999 } };

const forgetting = {
  kind: 'privacy',
  request: {
    kind: 'forget-person',
    source: 'shopify',
    orders: ['299938', '280263'],
    email: 'Selma@example.org',
  },
};

describe('a request to be forgotten', () => {
  it('names orders and an address', () => {
    expect(translate('customers/redact', redact)).toMatchObject(forgetting);
  });

  it.each(['orders/create', 'shop/redact', 'customers/data_request', 'app/uninstalled'])(
    'is one under the topic %s too, because topics are not signed',
    (topic) => {
      expect(translate(topic, redact)).toMatchObject(forgetting);
    },
  );

  it('may name an address and no order', () => {
    expect(translate('customers/redact', { ...redact, orders_to_redact: [] })).toMatchObject({
      request: { kind: 'forget-person', orders: [], email: 'Selma@example.org' },
    });
  });

  it('is parked when it names nobody', () => {
    const nobody = { ...redact, customer: { id: 1, email: null, phone: null }, orders_to_redact: [] };

    expect(translate('customers/redact', nobody)).toMatchObject({ kind: 'parked' });
  });

  it('is parked when there is anything in it that does not belong there', () => {
    expect(translate('customers/redact', { ...redact, line_items: [] })).toMatchObject({ kind: 'parked' });
  });
});

describe('a request of a shop that is gone', () => {
  it('is its id and its domain', () => {
    expect(translate('shop/redact', shop)).toMatchObject({
      kind: 'privacy',
      request: { kind: 'forget-shop', source: 'shopify' },
    });
  });

  it.each([
    ['an order', shopifyOrder()],
    ['an order with the id of the shop in it', { ...shopifyOrder(), ...shop }],
    ['nothing', {}],
    ['a list', [shop]],
    ['text', 'shop'],
  ])('erases nobody when the body is %s', (_, body) => {
    const translation = translate('shop/redact', body);

    expect(translation).toMatchObject({ kind: 'parked' });
    expect('reason' in translation && translation.reason).toContain('nothing was done');
  });
});

describe('a request for what is kept', () => {
  it('names orders and an address', () => {
    expect(translate('customers/data_request', dataRequest)).toMatchObject({
      kind: 'privacy',
      request: { kind: 'tell-person', orders: ['299938'], email: 'Selma@example.org' },
    });
  });

  it('never forgets anybody, whatever the topic says', () => {
    expect(translate('customers/redact', dataRequest)).toMatchObject({ request: { kind: 'tell-person' } });
  });
});
