/**
 * Stripe: https://docs.stripe.com/api/events/list. The events of a list are those of the webhooks: same ids, same bodies, in the API
 * version of when they happened, whatever version asks. They are kept for 30 days.
 */
import * as z from 'zod';
import { toEpochMs, toInstant } from '../core/calendar.ts';
import { askJson } from './ask.ts';
import { CannotPull, type Connection, MALFORMED, type PulledOrder, type ShopApi } from './shop-api.ts';

const TYPES = [
  'checkout.session.completed',
  'checkout.session.async_payment_succeeded',
  'checkout.session.async_payment_failed',
  'charge.refunded',
];
const AT_ONCE = '100';

const Listed = z.object({
  has_more: z.boolean(),
  data: z.array(z.looseObject({ id: z.string(), created: z.int() })),
});
type Listed = z.output<typeof Listed>;

const list = async (connection: Connection, query: Record<string, string>): Promise<Listed> => {
  const search = new URLSearchParams({ limit: AT_ONCE, ...query });
  for (const type of TYPES) search.append('types[]', type);
  const { value } = await askJson(connection, {
    url: `${connection.url}/v1/events?${search}`,
    headers: { authorization: `Bearer ${connection.credential}` },
  });
  const parsed = Listed.safeParse(value);
  if (!parsed.success) throw new CannotPull(MALFORMED);
  return parsed.data;
};

const ordersOf = ({ data }: Listed): PulledOrder[] =>
  data.map((event) => ({ body: event, topic: undefined, changedAt: toInstant(event.created * 1000) }));

/** In whole seconds, both included. */
const within = (start: number, stop: number) => ({
  'created[gte]': String(start),
  'created[lte]': String(stop),
});

/**
 * A list begins with the newest, so nothing is certain before its end: the time is asked in pieces that fit into one
 * answer each, narrower when there was more, wider again when there was not.
 */
export const stripe: ShopApi = async function* (connection, window) {
  const end = Math.floor(toEpochMs(window.to) / 1000);
  let start = Math.floor(toEpochMs(window.from) / 1000);
  let width = end - start;
  while (start <= end) {
    const stop = Math.min(end, start + width);
    let listed = await list(connection, within(start, stop));
    if (listed.has_more && stop > start) {
      width = Math.floor((stop - start) / 2);
      continue;
    }
    /* More than a hundred within one second. */
    while (listed.has_more) {
      const last = listed.data.at(-1)?.id;
      if (last === undefined) throw new CannotPull(MALFORMED);
      yield { orders: ordersOf(listed), through: undefined };
      listed = await list(connection, { ...within(start, stop), starting_after: last });
    }
    yield { orders: ordersOf(listed), through: toInstant(stop * 1000) };
    start = stop + 1;
    width = Math.max(1, width * 2);
  }
};
