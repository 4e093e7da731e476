import { majorUnits, nameOf, type SampleSale } from './sample-sale.ts';
import { isoOf, type SampleShop, type Told } from './sample-shop.ts';
import { standardRequest } from './shop-requests.ts';

const orderId = ({ serial }: SampleSale): string => `S-${serial}`;

const send = ({ sale, at, source, secret }: Told, type: string, data: object) =>
  standardRequest({
    source,
    secret,
    at,
    body: { type, timestamp: isoOf(at), data: { orderId: orderId(sale), ...data } },
  });

const orderData = ({ person, lines, journey, number, placedAt, totalCents }: SampleSale) => ({
  number: `#${number}`,
  placedAt: isoOf(placedAt),
  paidAt: isoOf(placedAt),
  customer: {
    name: nameOf(person),
    firstName: person.firstName,
    email: person.email,
    phone: person.phone,
    locale: person.locale,
    country: person.country,
  },
  lines: lines.map((line, index) => ({
    id: String(index + 1),
    title: line.title,
    sku: line.sku,
    ...(journey === 'goods' ? {} : { type: journey }),
    quantity: line.quantity,
  })),
  total: { amount: majorUnits(totalCents), currency: 'EUR' },
  tags: ['newsletter'],
});

export const standardSample: SampleShop = {
  orderId,
  order: (told) => send(told, 'order.paid', orderData(told.sale)),
  later: {
    delivered: (told) => send(told, 'order.delivered', {}),
    refunded: (told) => send(told, 'order.refunded', { full: true }),
    cancelled: (told) => send(told, 'order.cancelled', { reason: 'the customer changed their mind' }),
  },
};
