/** The shop of the synthetic sale: its webhooks, signed by the Standard Webhooks rules. */
import { createHmac } from 'node:crypto';
import { toEpochMs } from '../core/calendar.ts';
import { CANARY_SOURCE, type Instant } from '../core/ids.ts';

type Webhook = { url: string; headers: Record<string, string>; body: string };
type Told = { orderId: string; publicUrl: string; secret: string; now: Instant };

const sign = ({ orderId, publicUrl, secret, now }: Told, type: string, data: object): Webhook => {
  const body = JSON.stringify({ type, timestamp: now, data: { orderId, ...data } });
  const id = `${type}-${orderId}`;
  const seconds = Math.floor(toEpochMs(now) / 1000);
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const mac = createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64');
  return {
    url: `${publicUrl}/webhooks/${CANARY_SOURCE}`,
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(seconds),
      'webhook-signature': `v1,${mac}`,
    },
    body,
  };
};

/** A mailbox of the mail service that takes every mail and counts as nobody's: labels keep its sales apart. */
const mailboxOf = (orderId: string): string => `success+${orderId}@simulator.amazonses.com`;

export const paid = (told: Told): Webhook =>
  sign(told, 'order.paid', {
    placedAt: told.now,
    paidAt: told.now,
    customer: { name: 'Canary', firstName: 'Canary', email: mailboxOf(told.orderId) },
    lines: [{ title: 'Synthetic sale' }],
    total: { amount: '1.00', currency: 'EUR' },
  });

/** Ends a synthetic sale that came to grief: nobody shall be reminded of it. */
export const cancelled = (told: Told): Webhook =>
  sign(told, 'order.cancelled', { reason: 'the synthetic sale did not go through' });
