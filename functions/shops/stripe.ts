import * as z from 'zod';
import type { Translation } from '../core/shop-event.ts';
import { maybe, moment, text } from './fields.ts';
import { pastMoment } from './moment.ts';
import type { Shop, Webhook } from './shop.ts';
import { aliasesOf, Charge, CheckoutSession, customerOf, orderOf } from './stripe-checkout.ts';
import { stripeSender } from './stripe-sender.ts';
import { eventIdOf, ignored, misunderstood, told, unconcerned } from './translation.ts';

/** Thin events (`v2.core.event`) only point at an object, and are told by their `object` before anything else is read. */
const Envelope = z.object({
  object: text(40),
  id: text(200).pipe(z.string('expected an id')),
  type: text(100).pipe(z.string('expected a type')),
  created: moment,
  livemode: maybe(z.boolean()),
  data: maybe(z.object({ object: z.unknown() })),
});
type Envelope = z.output<typeof Envelope>;

type Told = { webhook: Webhook; event: Envelope; toldAt: string };

const announced = ({ webhook, event, toldAt }: Told, orderId: string) => ({
  source: webhook.source,
  orderId,
  eventId: eventIdOf(event.id),
  occurredAt: toldAt,
});

const ofCheckout = (all: Told): Translation => {
  const { webhook, event, toldAt } = all;
  const parsed = CheckoutSession.safeParse(event.data?.object);
  if (!parsed.success) return misunderstood(event.type, parsed.error);
  const session = parsed.data;
  if (session.mode === 'setup') return ignored('a checkout that only saved a payment method');
  return told(event.type, [
    {
      ...announced(all, session.id),
      type: 'ordered',
      order: orderOf(session, toldAt, webhook.receivedAt),
      customer: customerOf(session),
      aliases: aliasesOf(session),
    },
  ]);
};

/** A bank transfer or direct debit that was under way when the checkout was completed has come to nothing. */
const ofFailedPayment = (all: Told): Translation => {
  const parsed = CheckoutSession.pick({ id: true }).safeParse(all.event.data?.object);
  if (!parsed.success) return misunderstood(all.event.type, parsed.error);
  return told(all.event.type, [
    { ...announced(all, parsed.data.id), type: 'cancelled', reason: 'the payment failed' },
  ]);
};

/** Refers to the order by its payment intent, one of the sale's aliases; `refunded` is true once all of it is paid back. */
const ofRefund = (all: Told): Translation => {
  const parsed = Charge.safeParse(all.event.data?.object);
  if (!parsed.success) return misunderstood(all.event.type, parsed.error);
  const { payment_intent: orderId, refunded: isFull } = parsed.data;
  if (orderId === undefined) return ignored('a refund of a charge that no checkout made');
  return told(all.event.type, [{ ...announced(all, orderId), type: 'refunded', isFull, lines: [] }]);
};

const translatorOf: ReadonlyMap<string, (all: Told) => Translation> = new Map([
  ['checkout.session.completed', ofCheckout],
  ['checkout.session.async_payment_succeeded', ofCheckout],
  ['checkout.session.async_payment_failed', ofFailedPayment],
  ['charge.refunded', ofRefund],
]);

const Thin = z.object({ object: z.string().startsWith('v2.') });

export const stripe: Shop = {
  ...stripeSender,
  kind: 'stripe',

  translate(webhook) {
    if (Thin.safeParse(webhook.body).success) return ignored('a thin event, which tells nothing of the sale');
    const parsed = Envelope.safeParse(webhook.body);
    if (!parsed.success) return misunderstood('the event', parsed.error);
    const event = parsed.data;
    const translator = translatorOf.get(event.type);
    if (translator === undefined) return unconcerned('type', event.type);
    if (event.livemode === false && webhook.testOrders === 'ignore') return ignored('a test order');
    const toldAt = pastMoment(event.created, webhook.receivedAt) ?? webhook.receivedAt;
    return translator({ webhook, event, toldAt });
  },
};
