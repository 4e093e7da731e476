import { majorUnits, nameOf, type SampleLine, type SampleSale } from './sample-sale.ts';
import { isoOf, type SampleShop, type Told } from './sample-shop.ts';
import { shopifyRequest } from './shop-requests.ts';

/** 18 digits, as Shopify's are by now: more than a double holds. */
const orderId = ({ serial }: SampleSale): string => `8204${serial}`;
const lineId = ({ placedAt }: SampleSale, index: number): string => `1630${placedAt}${index}`;

/** Shopify writes ids as numbers that JSON.stringify cannot: they are put in as text and lose their quotes here. */
const withNumbers = (body: unknown): string => JSON.stringify(body).replace(/"(\d{18})"/g, '$1');

const addressOf = ({ person }: SampleSale) => ({
  first_name: person.firstName,
  last_name: person.lastName,
  name: nameOf(person),
  address1: '12 Weavers Row',
  city: person.city,
  country_code: person.country,
  phone: person.phone,
});

const lineOf = (sale: SampleSale, line: SampleLine, index: number) => {
  const id = lineId(sale, index);
  return {
    id,
    admin_graphql_api_id: `gid://shopify/LineItem/${id}`,
    title: line.title,
    name: line.title,
    sku: line.sku,
    quantity: line.quantity,
    current_quantity: line.quantity,
    price: majorUnits(line.cents),
    gift_card: false,
    requires_shipping: sale.journey === 'goods',
    properties: [],
  };
};

const orderBody = (sale: SampleSale, at: number) => {
  const { person, journey, number } = sale;
  const placedAt = isoOf(sale.placedAt);
  const id = orderId(sale);
  return {
    id,
    admin_graphql_api_id: `gid://shopify/Order/${id}`,
    name: `#${number}`,
    order_number: Number(number),
    test: false,
    created_at: placedAt,
    processed_at: placedAt,
    updated_at: isoOf(at),
    cancelled_at: null,
    cancel_reason: null,
    financial_status: 'paid',
    fulfillment_status: null,
    fulfillments: [],
    currency: 'EUR',
    total_price: majorUnits(sale.totalCents),
    email: person.email,
    contact_email: person.email,
    phone: null,
    customer_locale: person.locale,
    customer: { first_name: person.firstName, last_name: person.lastName, email: person.email, phone: null },
    shipping_address: addressOf(sale),
    billing_address: addressOf(sale),
    line_items: sale.lines.map((line, index) => lineOf(sale, line, index)),
    tags: journey === 'goods' ? 'newsletter' : `newsletter, ${journey}`,
    user_id: null,
    note_attributes: [],
    refunds: [],
  };
};

const send = ({ source, secret }: Told, topic: string, body: unknown) =>
  shopifyRequest({ source, secret, topic, body: withNumbers(body) });

export const shopifySample: SampleShop = {
  orderId,
  order: (told) => send(told, 'orders/create', orderBody(told.sale, told.at)),
  later: {
    delivered: (told) =>
      send(told, 'fulfillment_events/create', {
        id: told.at,
        fulfillment_id: told.sale.placedAt,
        order_id: orderId(told.sale),
        status: 'delivered',
        happened_at: isoOf(told.at),
        created_at: isoOf(told.at),
      }),
    refunded: (told) =>
      send(told, 'refunds/create', {
        id: told.at,
        order_id: orderId(told.sale),
        created_at: isoOf(told.at),
        processed_at: isoOf(told.at),
        restock: true,
        refund_line_items: told.sale.lines.map((line, index) => ({
          id: told.at + index,
          line_item_id: lineId(told.sale, index),
          quantity: line.quantity,
          restock_type: 'return',
          subtotal: majorUnits(line.cents * line.quantity),
        })),
        transactions: [{ id: told.at, amount: majorUnits(told.sale.totalCents), kind: 'refund' }],
      }),
    cancelled: (told) =>
      send(told, 'orders/cancelled', {
        ...orderBody(told.sale, told.at),
        cancelled_at: isoOf(told.at),
        cancel_reason: 'customer',
      }),
  },
};
