/** Sample orders for the console: real webhooks, signed and posted as the shop would. */
import type { Configuration } from '../../../functions/core/configuration.ts';
import type { Source } from '../../../functions/core/source.ts';
import {
  nameOf,
  newSampleSale,
  SAMPLE_JOURNEYS,
  type SampleJourney,
  type SampleSale,
  sampleSaleOf,
} from './sample-sale.ts';
import type { SampleShop, ToldType } from './sample-shop.ts';
import type { ShopRequest } from './shop-requests.ts';
import { shopifySample } from './shopify-sample.ts';
import { standardSample } from './standard-sample.ts';
import { stripeSample } from './stripe-sample.ts';
import { woocommerceSample } from './woocommerce-sample.ts';

const SHOPS: Record<Source['kind'], SampleShop> = {
  shopify: shopifySample,
  woocommerce: woocommerceSample,
  stripe: stripeSample,
  standard: standardSample,
};

/** What was asked for cannot be done; the message says what can. */
export class SampleOrderMistake extends Error {
  override name = 'SampleOrderMistake' as const;
}

type Parts = {
  /** Of the local HTTP API. */
  url(): string;
  secretOf(source: string): string;
  sources: Configuration['sources'];
  /** Epoch milliseconds. */
  now(): number;
};

type PlacedOrder = {
  source: string;
  orderId: string;
  item: string;
  customer: { name: string; email: string };
};

export type SampleOrders = {
  place(order: { source: string; journey: string }): Promise<PlacedOrder>;
  tell(event: { source: string; orderId: string; type: ToldType }): Promise<void>;
};

const isSampleJourney = (name: string): name is SampleJourney =>
  SAMPLE_JOURNEYS.some((journey) => journey === name);

const describe = (source: string, orderId: string, { lines, person }: SampleSale): PlacedOrder => ({
  source,
  orderId,
  item: lines[0]?.title ?? '',
  customer: { name: nameOf(person), email: person.email },
});

export const createSampleOrders = ({ url, secretOf, sources, now }: Parts): SampleOrders => {
  let last = 0;

  /** Two orders of one millisecond would be one order. */
  const freshInstant = () => {
    last = Math.max(last + 1, Math.floor(now()));
    return last;
  };

  const shopOf = (source: string): SampleShop => {
    const connection = Object.hasOwn(sources, source) ? sources[source] : undefined;
    if (connection === undefined)
      throw new SampleOrderMistake(
        `There is no source "${source}". aftercare.config.ts has: ${Object.keys(sources).join(', ')}.`,
      );
    return SHOPS[connection.kind];
  };

  const post = async ({ path, headers, body }: ShopRequest): Promise<void> => {
    const response = await fetch(new URL(path, url()), { method: 'POST', headers, body });
    if (response.ok) return;
    const said = (await response.text()).slice(0, 300);
    throw new SampleOrderMistake(
      `The webhook at ${path} answered ${response.status}${said === '' ? '.' : `: ${said}`}`,
    );
  };

  return {
    place: async ({ source, journey }) => {
      const shop = shopOf(source);
      if (!isSampleJourney(journey))
        throw new SampleOrderMistake(
          `There is no sample for the journey "${journey}". There are: ${SAMPLE_JOURNEYS.join(', ')}.`,
        );
      const at = freshInstant();
      const sale = newSampleSale(journey, at);
      await post(shop.order({ sale, source, secret: secretOf(source), at }));
      return describe(source, shop.orderId(sale), sale);
    },

    tell: async ({ source, orderId, type }) => {
      const shop = shopOf(source);
      const sale = sampleSaleOf(orderId);
      if (sale === undefined || shop.orderId(sale) !== orderId)
        throw new SampleOrderMistake(
          `Order ${orderId} from ${source} was not placed from here, so its shop has to say what became of it.`,
        );
      const message = shop.later[type];
      if (typeof message === 'string') throw new SampleOrderMistake(message);
      await post(message({ sale, source, secret: secretOf(source), at: freshInstant() }));
    },
  };
};
