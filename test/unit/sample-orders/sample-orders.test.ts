import { describe, expect, it } from 'vitest';
import input from '../../../aftercare.config.ts';
import { chooseJourney } from '../../../functions/core/choose-journey.ts';
import { checkConfiguration } from '../../../functions/core/configuration.ts';
import type { Instant } from '../../../functions/core/ids.ts';
import type { Entry } from '../../../functions/core/journal.ts';
import { type Facts, foldFacts } from '../../../functions/core/sale.ts';
import type { ShopEvent } from '../../../functions/core/shop-event.ts';
import { parseJson } from '../../../functions/shops/json.ts';
import { shopOf } from '../../../functions/shops/shop-of.ts';
import { createSampleOrders } from '../../../lib/local/sample-orders/sample-orders.ts';
import { SAMPLE_JOURNEYS } from '../../../lib/local/sample-orders/sample-sale.ts';
import { type Posted, stubWebhooks } from './stub-webhooks.ts';

const config = checkConfiguration(input);
const NOW = Date.parse('2026-11-02T09:15:00.000Z');
const SECRETS: Record<string, string> = {
  shopify: 'local-secret',
  woocommerce: 'local-secret',
  stripe: 'whsec_local-secret',
  standard: 'whsec_bG9jYWwtc2VjcmV0LWxvY2FsLXNlY3JldA==',
};
const secretOf = (source: string) => SECRETS[source] ?? '';
const KINDS = ['shopify', 'woocommerce', 'stripe', 'standard'] as const;

const samplesAt = (url: string) =>
  createSampleOrders({ url: () => url, secretOf, sources: config.sources, now: () => NOW });

/** Verified and understood as the real intake would. */
const eventsOf = (kind: (typeof KINDS)[number], { headers, body }: Posted): ShopEvent[] => {
  const shop = shopOf(kind);
  const receivedAt = NOW + 1000;
  if (!shop.isSigned({ headers, body, receivedAt }, [secretOf(kind)])) throw new Error('not signed');
  const parsed = parseJson(body);
  const translation = shop.translate({
    source: kind,
    ...shop.describe(headers),
    body: parsed.isJson ? parsed.value : undefined,
    receivedAt: new Date(receivedAt).toISOString(),
    testOrders: 'ignore',
  });
  if (translation.kind !== 'events') throw new Error(translation.reason);
  return translation.events;
};

const AT: Instant = '2026-11-02T09:15:01.000Z';

const entryOf = ({ source: _, orderId: __, ...event }: ShopEvent): Entry => {
  if (event.type !== 'ordered') return { at: AT, ...event };
  const { customer: ___, aliases: ____, ...ordered } = event;
  return { at: AT, ...ordered };
};

const factsFrom = (events: readonly ShopEvent[]): Facts => foldFacts(events.map(entryOf));

describe.each(KINDS)('A sample order from %s', (kind) => {
  it.each(SAMPLE_JOURNEYS)('for the journey %s is signed, understood and chosen for it', async (journey) => {
    const { url, posted } = await stubWebhooks();

    const placed = await samplesAt(url).place({ source: kind, journey });

    expect(posted.map(({ path }) => path)).toEqual([`/webhooks/${kind}`]);
    const [event] = posted.flatMap((one) => eventsOf(kind, one));
    if (event?.type !== 'ordered') throw new Error('no order');
    expect(event.orderId).toBe(placed.orderId);
    expect(event.order.lines[0]?.title).toBe(placed.item);
    expect(event.order.paidAt).toBe('2026-11-02T09:15:00.000Z');
    expect(event.customer.email).toBe(placed.customer.email);
    expect(event.customer.firstName).toBe(placed.customer.name.split(' ')[0]);
    expect(chooseJourney(config, event.order, kind)?.name).toBe(journey);
  });

  it('is another order each time, also while the clock stands still', async () => {
    const { url } = await stubWebhooks();
    const samples = samplesAt(url);

    const first = await samples.place({ source: kind, journey: 'goods' });
    const second = await samples.place({ source: kind, journey: 'goods' });

    expect(second.orderId).not.toBe(first.orderId);
  });
});

describe('An order id from Shopify', () => {
  it('has 18 digits and travels as a number', async () => {
    const { url, posted } = await stubWebhooks();

    const { orderId } = await samplesAt(url).place({ source: 'shopify', journey: 'goods' });

    expect(orderId).toMatch(/^\d{18}$/);
    expect(posted[0]?.body.toString()).toContain(`"id":${orderId},`);
  });
});

describe('What the shop says later', () => {
  const told = async (kind: (typeof KINDS)[number], type: 'delivered' | 'refunded' | 'cancelled') => {
    const { url, posted } = await stubWebhooks();
    const { orderId } = await samplesAt(url).place({ source: kind, journey: 'goods' });
    /* Another instance, as after a restart. */
    await samplesAt(url).tell({ source: kind, orderId, type });
    const events = posted.flatMap((one) => eventsOf(kind, one));
    return { orderId, events, facts: factsFrom(events) };
  };

  it.each(['shopify', 'standard'] as const)('%s tells the delivery', async (kind) => {
    const { facts, events, orderId } = await told(kind, 'delivered');

    expect(facts.deliveredAt).toMatch(/^2026-11-02T09:15:00/);
    expect(events.every((event) => event.orderId === orderId)).toBe(true);
  });

  it('WooCommerce completes the order, which is taken as sent', async () => {
    const { facts } = await told('woocommerce', 'delivered');

    expect(facts.fulfilledAt).toMatch(/^2026-11-02T09:15:00/);
    expect(facts.deliveredAt).toBeUndefined();
  });

  it.each(KINDS)('%s ends the sale with a full refund', async (kind) => {
    const { facts } = await told(kind, 'refunded');

    expect(facts.endedBy).toBe('refunded');
  });

  it.each(KINDS)('%s cancels the sale', async (kind) => {
    const { facts, events, orderId } = await told(kind, 'cancelled');

    expect(facts.endedBy).toBe('cancelled');
    expect(events.at(-1)?.orderId).toBe(orderId);
  });
});

describe('A mistake', () => {
  it('Stripe never tells a delivery', async () => {
    const { url } = await stubWebhooks();
    const samples = samplesAt(url);
    const { orderId } = await samples.place({ source: 'stripe', journey: 'goods' });

    await expect(samples.tell({ source: 'stripe', orderId, type: 'delivered' })).rejects.toThrow(
      /Stripe takes payments and never hears of a delivery/,
    );
  });

  it('a webhook that is refused says so, with what it answered', async () => {
    const { url } = await stubWebhooks({ status: 401, body: '{"error":"not signed"}' });

    await expect(samplesAt(url).place({ source: 'standard', journey: 'goods' })).rejects.toThrow(
      'The webhook at /webhooks/standard answered 401: {"error":"not signed"}',
    );
  });

  it('an unknown source and an unknown journey are answered with those there are', async () => {
    const samples = samplesAt('http://127.0.0.1:1');

    await expect(samples.place({ source: 'toString', journey: 'goods' })).rejects.toThrow(
      /no source "toString".*shopify, woocommerce, stripe, standard/,
    );
    await expect(samples.place({ source: 'shopify', journey: 'yachts' })).rejects.toThrow(
      /"yachts".*goods, service, class, saas/,
    );
  });

  it.each(['10042', 'S-17636', '820417930821000009'])(
    'order %s was not placed from here',
    async (orderId) => {
      const samples = samplesAt('http://127.0.0.1:1');

      await expect(samples.tell({ source: 'shopify', orderId, type: 'refunded' })).rejects.toThrow(
        `Order ${orderId} from shopify was not placed from here`,
      );
    },
  );
});
