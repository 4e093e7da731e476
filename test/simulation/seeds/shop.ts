/** The shop's side: what it tells of each order, how often, how late and in which order; again until it is answered 2xx. */
import { createHmac } from 'node:crypto';
import { httpRequest } from '../../fixtures/invocations.ts';
import type { ShopWord, Told } from '../checker/seen.ts';
import { type Order, SOURCE } from './cast.ts';
import type { Stage } from './stage.ts';

const SECOND_MS = 1000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** As senders of Standard Webhooks do it. */
const AGAIN_MS = [
  5 * SECOND_MS,
  300 * SECOND_MS,
  HOUR_MS / 2,
  2 * HOUR_MS,
  5 * HOUR_MS,
  10 * HOUR_MS,
] as const;

const TYPES: Readonly<Record<Exclude<ShopWord, 'garbled'>, string>> = {
  ordered: 'order.created',
  paid: 'order.paid',
  fulfilled: 'order.fulfilled',
  delivered: 'order.delivered',
  cancelled: 'order.cancelled',
  refunded: 'order.refunded',
  erase: 'customer.erased',
};

type Said = { word: ShopWord; event: string; at: number; isFull?: boolean };

const orderData = ({ order, person, phone, tags }: Order, at: number) => ({
  orderId: order,
  number: `#${order}`,
  placedAt: new Date(at).toISOString(),
  customer: { name: person.name, email: person.email, phone, locale: person.locale, country: 'CH' },
  lines: [
    { id: 'chair', title: 'Oak chair', quantity: 1 },
    { id: 'lamp', title: 'Desk lamp', quantity: 2 },
  ],
  total: { amount: '189.00', currency: 'CHF' },
  tags,
});

const bodyOf = (order: Order, { word, event, at, isFull }: Said): string => {
  if (word === 'garbled') return JSON.stringify({ type: 'order.paid', note: event, data: { orderId: 7.5 } });
  const data =
    word === 'ordered' || word === 'paid'
      ? orderData(order, at)
      : word === 'refunded' && isFull !== true
        ? { orderId: order.order, full: false, lines: [{ id: 'lamp', quantity: 1 }] }
        : { orderId: order.order };
  return JSON.stringify({ type: TYPES[word], timestamp: new Date(at).toISOString(), data });
};

const signed = (secret: string, event: string, now: number, body: string): Record<string, string> => {
  const seconds = String(Math.floor(now / SECOND_MS));
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const mac = createHmac('sha256', key).update(`${event}.${seconds}.${body}`).digest('base64');
  return { 'webhook-id': event, 'webhook-timestamp': seconds, 'webhook-signature': `v1,${mac}` };
};

/** Everything that will ever be said of an order, in the order it happens in the shop. */
const whatIsSaid = ({ chance, start }: Stage, order: Order): Said[] => {
  const { order: name, placed } = order;
  const at = start + placed * DAY_MS;
  const said: Said[] = [];
  const say = (word: ShopWord, share: number, days: number, isFull?: boolean) => {
    if (!chance.isLikely(`${word} ${name}`, share)) return;
    const when = Math.round(at + chance.draw(`when ${word} ${name}`) * days * DAY_MS);
    const event = `${name}-${word}`;
    said.push({ word, event, at: when, ...(isFull === undefined ? {} : { isFull }) });
  };
  say('ordered', 1, 0);
  say('paid', 0.4, 0.01);
  say('fulfilled', 0.7, 2);
  say('delivered', 0.6, 6);
  say('cancelled', 0.08, 20);
  say('refunded', 0.12, 30, chance.isLikely(`whole ${name}`, 0.6));
  say('erase', 0.05, 30);
  say('garbled', 0.04, 10);
  return said;
};

/** How often one event is told, and how late each time. */
const copiesOf = ({ chance }: Stage, { event }: Said): number[] => {
  const many = chance.draw(`copies ${event}`);
  const count = many < 0.75 ? 1 : many < 0.985 ? 2 + chance.below(`some ${event}`, 2) : 50;
  return Array.from({ length: count }, (_, n) => {
    const late = chance.draw(`late ${event} ${n}`);
    const most = late < 0.6 ? 2 * SECOND_MS : late < 0.9 ? HOUR_MS : DAY_MS;
    return Math.round(chance.draw(`how late ${event} ${n}`) * most);
  });
};

const tell = async (stage: Stage, order: Order, said: Said, copy: string, tries: number): Promise<void> => {
  const { witness, secret } = stage;
  const now = stage.now();
  const told: { -readonly [K in keyof Told]: Told[K] } = {
    ...witness.moment(),
    source: SOURCE,
    ...{ order: order.order, word: said.word, event: said.event, status: 0 },
    ...(said.isFull === undefined ? {} : { isFull: said.isFull }),
  };
  witness.told.push(told);
  const body = bodyOf(order, said);
  const request = httpRequest({
    ...{ method: 'POST', path: `/webhooks/${SOURCE}`, parameters: { source: SOURCE }, body },
    at: new Date(now).toISOString(),
    headers: signed(secret, said.event, now, body),
  });
  const { status } = await stage.http('receive-webhook', request, `webhook ${said.event} ${copy}`, () => {
    told.doneAt = witness.moment();
  });
  told.status = status;
  const pause = AGAIN_MS[Math.min(tries, AGAIN_MS.length - 1)] ?? HOUR_MS;
  const isHeard = status >= 200 && status < 300;
  if (!isHeard && tries < 12)
    stage.outside.add(stage.now() + pause, () => void tell(stage, order, said, copy, tries + 1));
};

export const openShop = (stage: Stage, cast: readonly Order[]): void => {
  for (const order of cast)
    for (const said of whatIsSaid(stage, order))
      for (const [n, late] of copiesOf(stage, said).entries())
        stage.happen(`${said.event} told ${n + 1}`, said.at + late, () => {
          void tell(stage, order, said, String(n), 0);
        });
};
