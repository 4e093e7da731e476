/** WooCommerce: https://woocommerce.github.io/woocommerce-rest-api-docs/#list-all-orders */
import * as z from 'zod';
import { toEpochMs, toInstant } from '../core/calendar.ts';
import type { Instant } from '../core/ids.ts';
import { id } from '../shops/fields.ts';
import { askJson } from './ask.ts';
import { CannotPull, type Connection, MALFORMED, pairOf, type ShopApi } from './shop-api.ts';

const PER_PAGE = 100;

const Listed = z.array(z.looseObject({ id, date_modified_gmt: z.string() }));
type Listed = z.output<typeof Listed>;

/**
 * Without an offset: WordPress turns a time with one into its own zone and then compares it with GMT, hours beside what
 * was meant. To the second, as it stores them.
 */
const asGmt = (ms: number): string => toInstant(ms).slice(0, 19);

const changedAtOf = (order: Listed[number]): Instant => {
  const { date_modified_gmt: text } = order;
  try {
    return toInstant(toEpochMs(/(z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`));
  } catch {
    throw new CannotPull(`${MALFORMED}: an order without the time of its change`);
  }
};

const list = async (
  connection: Connection,
  authorization: string,
  query: Record<string, string>,
): Promise<{ orders: Listed; isLast: boolean }> => {
  const { value, headers } = await askJson(connection, {
    url: `${connection.url}/wp-json/wc/v3/orders?${new URLSearchParams(query)}`,
    headers: { authorization, accept: 'application/json' },
  });
  const parsed = Listed.safeParse(value);
  if (!parsed.success) throw new CannotPull(MALFORMED);
  const pages = headers['x-wp-totalpages'];
  const orders = parsed.data;
  /* It leaves out what the key may not read, so a short page need not be the last. */
  const isLast = /^\d+$/.test(pages ?? '') ? Number(pages) <= 1 : orders.length < PER_PAGE;
  if (orders.length === 0 && !isLast) throw new CannotPull(MALFORMED);
  return { orders, isLast };
};

/**
 * Always the first page after the last change that was seen: numbered pages would move under our feet whenever an order
 * changes meanwhile. What was given and changed within that very second is left out by its id.
 */
export const woocommerce: ShopApi = async function* (connection, { from }) {
  const pair = pairOf(connection.credential);
  if (pair === undefined)
    throw new CannotPull('The credential is not of the form <consumer key>:<consumer secret>');
  const authorization = `Basic ${Buffer.from(`${pair.id}:${pair.secret}`).toString('base64')}`;
  const common = { dates_are_gmt: 'true', orderby: 'modified', order: 'asc', per_page: String(PER_PAGE) };
  let start = toEpochMs(from);
  let given = new Map<string, Instant>();
  for (;;) {
    const { orders, isLast } = await list(connection, authorization, {
      ...common,
      /* "After" is later than: a second earlier, so that the second itself is in it. */
      modified_after: asGmt(start - 1000),
      ...(given.size === 0 ? {} : { exclude: [...given.keys()].join(',') }),
    });
    const page = orders.map((order) => ({
      body: order,
      topic: 'order.updated',
      changedAt: changedAtOf(order),
    }));
    const through = page.at(-1)?.changedAt;
    yield { orders: page, through };
    if (isLast || through === undefined) return;
    start = toEpochMs(through);
    for (const [index, order] of orders.entries()) given.set(order.id, page[index]?.changedAt ?? through);
    given = new Map([...given].filter(([, changedAt]) => changedAt === through));
  }
};
