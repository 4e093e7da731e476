import { nameOf, type SampleSale } from './sample-sale.ts';
import type { SampleShop, Told } from './sample-shop.ts';
import { stripeRequest } from './shop-requests.ts';

const orderId = ({ serial }: SampleSale): string => `cs_live_a1Sample${serial}`;
const paymentId = ({ serial }: SampleSale): string => `pi_3Sample${serial}`;
const secondsOf = (at: number): number => Math.floor(at / 1000);

const sessionOf = (sale: SampleSale) => {
  const { person, journey, lines } = sale;
  const [first] = lines;
  return {
    id: orderId(sale),
    object: 'checkout.session',
    created: secondsOf(sale.placedAt),
    mode: 'payment',
    status: 'complete',
    payment_status: 'paid',
    amount_total: sale.totalCents,
    currency: 'eur',
    customer: null,
    customer_email: null,
    customer_details: {
      email: person.email,
      name: nameOf(person),
      phone: person.phone,
      address: { country: person.country, city: person.city },
    },
    collected_information: null,
    locale: person.locale,
    payment_intent: paymentId(sale),
    subscription: null,
    /* Stripe leaves the items out of its events; shops name the product in the metadata instead. */
    metadata: {
      order_number: `#${sale.number}`,
      first_name: person.firstName,
      product_name: first?.title ?? '',
      sku: first?.sku ?? '',
      ...(journey === 'goods' ? {} : { product_type: journey }),
    },
  };
};

const send = ({ sale, at, source, secret }: Told, type: string, object: unknown) =>
  stripeRequest({
    source,
    secret,
    at,
    body: {
      id: `evt_1Sample${sale.serial}${at}`,
      object: 'event',
      api_version: '2025-03-31.basil',
      created: secondsOf(at),
      livemode: true,
      pending_webhooks: 1,
      type,
      data: { object },
    },
  });

export const stripeSample: SampleShop = {
  orderId,
  order: (told) => send(told, 'checkout.session.completed', sessionOf(told.sale)),
  later: {
    delivered:
      'Stripe takes payments and never hears of a delivery, so it cannot say so. The check-in counts from the payment.',
    refunded: (told) =>
      send(told, 'charge.refunded', {
        id: `ch_3Sample${told.sale.serial}`,
        object: 'charge',
        amount: told.sale.totalCents,
        amount_refunded: told.sale.totalCents,
        refunded: true,
        currency: 'eur',
        payment_intent: paymentId(told.sale),
      }),
    cancelled: (told) =>
      send(told, 'checkout.session.async_payment_failed', {
        ...sessionOf(told.sale),
        payment_status: 'unpaid',
      }),
  },
};
