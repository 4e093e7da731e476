import * as z from 'zod';
import type { Translation } from '../core/shop-event.ts';
import { maybe, moment, text } from './fields.ts';
import { pastMoment } from './moment.ts';
import type { Shop, Webhook } from './shop.ts';
import { isMac, isRecent } from './signature.ts';
import { aliasesOf, Charge, CheckoutSession, customerOf, orderOf } from './stripe-checkout.ts';
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

const valuesOf = (header: string, name: string): string[] =>
  header.split(',').flatMap((pair) => {
    const [key, ...value] = pair.split('=');
    return key?.trim() === name ? [value.join('=').trim()] : [];
  });

export const stripe: Shop = {
  kind: 'stripe',

  /** `t=<seconds>,v1=<hex>[,v1=…]` over `<seconds>.<body>`; `v0` is Stripe's own test scheme and proves nothing. */
  isSigned({ headers, body, receivedAt }, secrets) {
    const header = headers['stripe-signature'] ?? '';
    const [timestamp, ...others] = valuesOf(header, 't');
    if (timestamp === undefined || others.length > 0 || !isRecent(timestamp, receivedAt)) return false;
    const given = valuesOf(header, 'v1');
    return secrets.some((key) => isMac({ key, parts: [`${timestamp}.`, body], encoding: 'hex' }, given));
  },

  isPing: () => false,

  /** Stripe says both in the body. */
  describe: () => ({ topic: undefined, deliveryId: undefined }),

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
