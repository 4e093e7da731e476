/** The ten things that may happen to the one sale, done by the handlers that are deployed. */

import { createHandler as actOnPromise } from '../../../functions/act-on-promise/handler.ts';
import { toInstant } from '../../../functions/core/calendar.ts';
import type { ShopEvent } from '../../../functions/core/shop-event.ts';
import { createHandler as receiveReply } from '../../../functions/receive-reply/handler.ts';
import { createApply } from '../../../functions/start-follow-up/apply-event.ts';
import { createPrivacy } from '../../../functions/start-follow-up/privacy.ts';
import { createHandler as stopAsking } from '../../../functions/stop-asking/handler.ts';
import { context, visit } from '../../fixtures/invocations.ts';
import type { ModelPorts } from './ports.ts';
import { CUSTOMER_TOKEN, EMAIL, STAFF_TOKEN } from './sale.ts';
import type { EventName } from './state.ts';
import type { World } from './world.ts';

/** First what the customer thinks at once, then what they think after that. */
export type Ratings = readonly [number, number];

/** HTTP status it was answered with; 200 for what came from a queue and was dealt with. */
export type Handle = (event: Exclude<EventName, 'timer'>) => Promise<number>;

const told = (eventId: string, at: string) => ({ source: 'shop', orderId: 'B-204', eventId, occurredAt: at });

const ordered = (eventId: string, at: string, paidAt?: string): ShopEvent => ({
  type: 'ordered',
  ...told(eventId, at),
  order: {
    number: '#B-204',
    placedAt: at,
    ...(paidAt === undefined ? {} : { paidAt }),
    lines: [{ lineId: 'frame', title: 'Touring bike Jura', quantity: 1 }],
    total: { amount: '1890.00', currency: 'CHF' },
    tags: [],
  },
  customer: { email: EMAIL },
  aliases: [],
});

/** The day before anything is told. */
const PLACED = '2026-11-01T18:00:00.000Z';

const statusOf = ({ statusCode }: { statusCode?: number | undefined }): number => statusCode ?? 200;

export const createHandle = (world: World, ports: ModelPorts, ratings: Ratings): Handle => {
  const apply = createApply(ports);
  const privacy = createPrivacy(ports);
  const reply = receiveReply(ports);
  const staff = actOnPromise(ports);
  const stop = stopAsking(ports);

  const shop = async (event: ShopEvent, now: string): Promise<number> => {
    const applied = await apply(event, now);
    if (applied.kind === 'parked') throw new Error(`Parked: ${applied.reason}`);
    return 200;
  };
  const rate = async (rating: number, at: string): Promise<number> =>
    statusOf(await reply(visit('r', CUSTOMER_TOKEN, { at, form: { rating: String(rating) } }), context));

  return async (event) => {
    const now = toInstant(world.state.now);
    switch (event) {
      case 'create':
        return shop(ordered('create', PLACED), now);
      case 'paid':
        return shop(ordered('paid', PLACED, PLACED), now);
      case 'delivered':
        return shop({ type: 'delivered', ...told('delivered', now) }, now);
      case 'refund':
        return shop({ type: 'refunded', ...told('refund', now), isFull: true, lines: [] }, now);
      case 'erase': {
        const orders = ['B-204'];
        await privacy({ kind: 'forget-person', source: 'shop', eventId: 'erase', orders, email: EMAIL }, now);
        return 200;
      }
      case 'reply':
        return rate(ratings[0], now);
      case 'second-reply':
        return rate(ratings[1], now);
      case 'staff-act': {
        const form = { act: 'done', what: 'It has been put right.' };
        return statusOf(await staff(visit('p', STAFF_TOKEN, { at: now, form }), context));
      }
      case 'stop': {
        const form = { 'List-Unsubscribe': 'One-Click' };
        return statusOf(await stop(visit('u', CUSTOMER_TOKEN, { at: now, form }), context));
      }
    }
  };
};
