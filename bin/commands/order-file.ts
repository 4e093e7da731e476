/** Reads a file with an order in the words of any shop we know, and understands it as the intake would. */
import { readFileSync } from 'node:fs';
import * as z from 'zod';
import type { Configuration } from '../../functions/core/configuration.ts';
import type { ShopEvent } from '../../functions/core/shop-event.ts';
import type { Source } from '../../functions/core/source.ts';
import { parseJson } from '../../functions/shops/json.ts';
import { shopOf } from '../../functions/shops/shop-of.ts';
import { CommandMistake, codeOf } from './command-mistake.ts';

type Kind = Source['kind'];

export type ReadOrder = { source: string; orderId: string; events: ShopEvent[]; now: string };

type Recognized = { kind: Kind; topic: string | undefined; body: unknown };

const fields = z.looseObject({});

/** Each shape under the name it is tried for; the first that fits wins. */
const SHAPES: readonly {
  kind: Kind;
  fits: z.ZodType;
  topic?: string;
  /** What the shop would have wrapped around it. */
  wrap?(body: z.output<typeof fields>): unknown;
}[] = [
  { kind: 'standard', fits: z.looseObject({ type: z.string().startsWith('order.'), data: fields }) },
  {
    kind: 'standard',
    fits: z.looseObject({ orderId: z.unknown(), lines: z.array(z.unknown()) }),
    wrap: (data) => ({
      type: data['paidAt'] == null ? 'order.created' : 'order.paid',
      timestamp: data['paidAt'] ?? data['placedAt'],
      data,
    }),
  },
  { kind: 'stripe', fits: z.looseObject({ object: z.literal('event'), type: z.string() }) },
  {
    kind: 'stripe',
    fits: z.looseObject({ object: z.literal('checkout.session'), id: z.string() }),
    wrap: (session) => ({
      id: 'evt_simulated',
      object: 'event',
      type: 'checkout.session.completed',
      created: session['created'],
      data: { object: session },
    }),
  },
  {
    kind: 'woocommerce',
    fits: z.looseObject({ line_items: z.array(z.unknown()), status: z.string(), billing: z.unknown() }),
    topic: 'order.created',
  },
  {
    kind: 'shopify',
    fits: z.looseObject({ line_items: z.array(z.unknown()), total_price: z.unknown() }),
    topic: 'orders/create',
  },
];

const WHAT_TO_DO =
  'Give the JSON body of an order: docs/schemas/examples/order-created.json shows ours; an order as Shopify or WooCommerce, or a checkout event as Stripe sends it in a webhook, will do as well.';

const readBody = (file: string): unknown => {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    const why = codeOf(error);
    throw new CommandMistake(
      `Cannot read ${file} (${why}). ${why === 'ENOENT' ? 'Look for a typing mistake in its name.' : 'Is it a file you may read?'}`,
      2,
      { cause: error },
    );
  }
  const parsed = parseJson(bytes);
  if (!parsed.isJson) throw new CommandMistake(`${file}: ${parsed.reason}. ${WHAT_TO_DO}`);
  return parsed.value;
};

const recognize = (file: string, body: unknown, wanted: Kind | undefined): Recognized => {
  const shape = SHAPES.find(
    ({ kind, fits }) => (wanted === undefined || kind === wanted) && fits.safeParse(body).success,
  );
  if (shape === undefined) {
    const what = wanted === undefined ? 'an order of any shop we know' : `an order as ${wanted} sends it`;
    throw new CommandMistake(`${file} is not ${what}. ${WHAT_TO_DO}`);
  }
  const { kind, topic, wrap } = shape;
  return { kind, topic, body: wrap === undefined ? body : wrap(fields.parse(body)) };
};

const KINDS: readonly Kind[] = ['shopify', 'woocommerce', 'stripe', 'standard'];

/** `--source` names a source of the configuration, or a kind of shop. */
const kindOf = (config: Configuration, name: string): Kind => {
  const kind = config.sources[name]?.kind ?? KINDS.find((one) => one === name);
  if (kind !== undefined) return kind;
  const known = [...new Set([...Object.keys(config.sources), ...KINDS])];
  throw new CommandMistake(`There is no source "${name}". Use one of: ${known.join(', ')}.`);
};

const sourceFor = (config: Configuration, kind: Kind): string =>
  Object.entries(config.sources).find(([, source]) => source.kind === kind)?.[0] ?? kind;

/** Later than anything in the file, so that times are taken as they stand. */
const AFTER_ALL = '2999-01-01T00:00:00.000Z';

type Options = {
  config: Configuration;
  source: string | undefined;
  /** ISO 8601 UTC; when left out, the moment the file itself tells. */
  now: string | undefined;
  /** The machine's clock, for a file that tells no moment. */
  clock: string;
};

/** @throws CommandMistake for a file that cannot be used; the message says why and what to do. */
export const readOrder = (file: string, { config, source: named, now: asked, clock }: Options): ReadOrder => {
  const wanted = named === undefined ? undefined : kindOf(config, named);
  const { kind, topic, body } = recognize(file, readBody(file), wanted);
  const source = named ?? sourceFor(config, kind);
  const translate = (receivedAt: string): ShopEvent[] => {
    const translation = shopOf(kind).translate({
      ...{ source, topic, body, receivedAt },
      deliveryId: 'simulated',
      testOrders: 'accept',
    });
    if (translation.kind !== 'events')
      throw new CommandMistake(`${file} is no order to follow up (${translation.reason}). ${WHAT_TO_DO}`);
    return translation.events;
  };
  const told = translate(AFTER_ALL)
    .map(({ occurredAt }) => occurredAt)
    .filter((at) => at < AFTER_ALL)
    .toSorted()
    .at(-1);
  const now = asked ?? told ?? clock;
  const events = translate(now);
  const [first] = events;
  if (first === undefined) throw new CommandMistake(`${file} tells nothing. ${WHAT_TO_DO}`);
  return { source, orderId: first.orderId, events, now };
};
