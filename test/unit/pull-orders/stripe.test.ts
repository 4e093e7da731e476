import { afterEach, describe, expect, it } from 'vitest';
import { stripe } from '../../../functions/pull-orders/stripe.ts';
import { stripeCheckout } from '../../fixtures/orders.ts';
import type { ShopServer } from '../../fixtures/shop-apis/server.ts';
import { STRIPE_KEY, serveStripe } from '../../fixtures/shop-apis/stripe-api.ts';
import { connectionTo, idsOf, pagesOf, WINDOW } from './asking.ts';

let server: ShopServer | undefined;
afterEach(() => server?.close());

type Event = Record<string, unknown>;
const TEN = Date.parse('2026-11-02T10:00:00Z') / 1000;
const event = (n: number, created: number): Event => ({ ...stripeCheckout(), id: `evt_${n}`, created });
const serve = async (events: Event[]) => {
  const started = await serveStripe(events);
  server = started;
  return { server: started, ...connectionTo(started.url, STRIPE_KEY) };
};

describe('Stripe is asked for its events', () => {
  it('of the window and of the kinds that concern sales, each as the webhook brings it', async () => {
    const told = event(1, TEN);
    const other = { ...event(2, TEN + 1), type: 'customer.updated' };
    const { connection } = await serve([told, other, event(3, TEN - 86_400)]);

    const pages = await pagesOf(stripe, connection);

    expect(pages).toEqual([
      {
        orders: [{ body: told, topic: undefined, changedAt: '2026-11-02T10:00:00.000Z' }],
        through: WINDOW.to,
      },
    ]);
  });

  it('in pieces that fit into one answer, so that what was given is certain', async () => {
    const many = Array.from({ length: 420 }, (_, n) => event(n, TEN + 9 * n));
    const { connection } = await serve(many);

    const pages = await pagesOf(stripe, connection);

    expect(new Set(idsOf(pages)).size).toBe(420);
    expect(idsOf(pages)).toHaveLength(420);
    for (const { orders, through } of pages) {
      expect(orders.length).toBeLessThanOrEqual(100);
      expect(orders.every(({ changedAt }) => changedAt <= String(through))).toBe(true);
    }
    expect(pages.map(({ through }) => through)).toEqual(pages.map(({ through }) => through).toSorted());
  });

  it('also when one second saw more than one answer holds, and is certain of it only at its end', async () => {
    const { connection } = await serve(Array.from({ length: 230 }, (_, n) => event(n, TEN)));

    const pages = await pagesOf(stripe, connection);

    expect(new Set(idsOf(pages)).size).toBe(230);
    expect(pages.filter(({ orders }) => orders.length === 100).map(({ through }) => through)).toEqual([
      undefined,
      undefined,
    ]);
  });

  it('and told when the key is refused', async () => {
    const { server } = await serve([]);

    await expect(pagesOf(stripe, connectionTo(server.url, 'sk_wrong').connection)).rejects.toThrow('401');
  });
});
