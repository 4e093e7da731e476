import { majorUnits, type SampleSale } from './sample-sale.ts';
import { isoOf, type SampleShop, type Told } from './sample-shop.ts';
import { wooRequest } from './shop-requests.ts';

/** Local times of a shop in UTC carry no offset, as WordPress writes them. */
const wordpressTime = (at: number): string => isoOf(at).slice(0, 19);

type Stand = { status: string; completedAt?: number; refundedAt?: number };

const orderBody = (sale: SampleSale, at: number, { status, completedAt, refundedAt }: Stand) => {
  const { person, journey, serial } = sale;
  const names = { first_name: person.firstName, last_name: person.lastName, country: person.country };
  const total = majorUnits(sale.totalCents);
  const placedAt = wordpressTime(sale.placedAt);
  return {
    id: Number(serial),
    parent_id: 0,
    number: sale.number,
    status,
    currency: 'EUR',
    total,
    date_created: placedAt,
    date_created_gmt: placedAt,
    date_modified: wordpressTime(at),
    date_modified_gmt: wordpressTime(at),
    date_paid_gmt: placedAt,
    date_completed_gmt: completedAt === undefined ? null : wordpressTime(completedAt),
    customer_id: 31,
    billing: { ...names, email: person.email, phone: person.phone, city: person.city },
    shipping: names,
    line_items: sale.lines.map((line, index) => ({
      id: index + 1,
      name: line.title,
      product_id: 70 + index,
      quantity: line.quantity,
      sku: line.sku,
      total: majorUnits(line.cents * line.quantity),
      price: line.cents / 100,
      meta_data: journey === 'goods' ? [] : [{ id: 1, key: 'product_type', value: journey }],
    })),
    meta_data: [{ id: 2, key: 'wpml_language', value: person.locale.slice(0, 2) }],
    refunds: refundedAt === undefined ? [] : [{ id: refundedAt, reason: '', total: `-${total}` }],
  };
};

const send = ({ sale, at, source, secret }: Told, topic: string, stand: Stand) =>
  wooRequest({ source, secret, topic, body: orderBody(sale, at, stand) });

export const woocommerceSample: SampleShop = {
  orderId: ({ serial }) => serial,
  order: (told) => send(told, 'order.created', { status: 'processing' }),
  later: {
    /* WooCommerce knows no delivery: "completed" is the last it says, and we take it as sent. */
    delivered: (told) => send(told, 'order.updated', { status: 'completed', completedAt: told.at }),
    refunded: (told) => send(told, 'order.updated', { status: 'refunded', refundedAt: told.at }),
    cancelled: (told) => send(told, 'order.updated', { status: 'cancelled' }),
  },
};
