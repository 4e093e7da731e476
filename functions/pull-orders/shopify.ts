/** Shopify: https://shopify.dev/docs/api/admin-graphql/latest/queries/orders */
import * as z from 'zod';
import { toEpochMs, toInstant } from '../core/calendar.ts';
import { askJson, waitFor } from './ask.ts';
import {
  CannotPull,
  type Connection,
  MALFORMED,
  type PulledOrder,
  type PulledPage,
  pairOf,
  type ShopApi,
} from './shop-api.ts';
import { webhookBodyOf } from './shopify-body.ts';
import {
  API_VERSION,
  type Cost,
  GraphqlAnswer,
  LINES_QUERY,
  type Line,
  LinesData,
  ORDERS_AT_ONCE,
  ORDERS_QUERY,
  OrdersData,
  type ShopifyNode,
} from './shopify-query.ts';

const TOPIC = 'orders/updated';
const BUSY = 'The shop is busy';
const MOST_THROTTLED = 5;
/** The journal keeps fewer. */
const MOST_LINES = 400;

const Granted = z.object({ access_token: z.string().min(1) });

/** Apps of the Dev Dashboard have an id and a secret, and get a token for a day; admin-made apps of before 2026 have the token itself. */
const tokenOf = async (connection: Connection): Promise<string> => {
  const pair = pairOf(connection.credential);
  if (pair === undefined) return connection.credential;
  const { value } = await askJson(connection, {
    url: `${connection.url}/admin/oauth/access_token`,
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: pair.id,
      client_secret: pair.secret,
    }).toString(),
  });
  const granted = Granted.safeParse(value);
  if (!granted.success) throw new CannotPull('The shop gave no access token for the client id and secret');
  return granted.data.access_token;
};

/** The bucket refills all the time: until it holds what the query may cost. */
const msUntilAfforded = ({ requestedQueryCost, throttleStatus }: Cost): number =>
  Math.ceil(
    (Math.max(0, requestedQueryCost - throttleStatus.currentlyAvailable) / throttleStatus.restoreRate) * 1000,
  );

const refusalOf = (codes: readonly string[]): string =>
  codes.includes('ACCESS_DENIED')
    ? 'The app may not read all it needs: the scopes read_orders and read_customers, and the customer fields name, email, phone and address'
    : `The shop refuses the question (${[...new Set(codes)].join(', ').slice(0, 100)})`;

type Question<S extends z.ZodType> = { text: string; variables: Record<string, unknown>; data: S };
type Asked<S extends z.ZodType> = { data: z.output<S> } | 'too much at once';

/** Asks at the pace that the shop's bucket allows. */
const createGraphql = (connection: Connection, token: string) => {
  let owedMs = 0;

  const send = async (text: string, variables: Record<string, unknown>) => {
    await waitFor(connection, owedMs, BUSY);
    const { value } = await askJson(connection, {
      url: `${connection.url}/admin/api/${API_VERSION}/graphql.json`,
      headers: { 'content-type': 'application/json', 'x-shopify-access-token': token },
      body: JSON.stringify({ query: text, variables }),
    });
    const answer = GraphqlAnswer.safeParse(value);
    if (!answer.success) throw new CannotPull(MALFORMED);
    const { errors, data, extensions } = answer.data;
    owedMs = extensions?.cost === undefined ? 0 : msUntilAfforded(extensions.cost);
    return { data, codes: errors.map((error) => error.extensions?.code ?? 'UNKNOWN') };
  };

  return async <S extends z.ZodType>({ text, variables, data: schema }: Question<S>): Promise<Asked<S>> => {
    for (let tried = 0; tried < MOST_THROTTLED; tried += 1) {
      const { data, codes } = await send(text, variables);
      if (codes.includes('THROTTLED')) {
        owedMs = Math.max(1000, owedMs);
        continue;
      }
      if (codes.includes('MAX_COST_EXCEEDED')) return 'too much at once';
      if (codes.length > 0) throw new CannotPull(refusalOf(codes));
      const read = schema.safeParse(data);
      if (!read.success) throw new CannotPull(MALFORMED);
      return { data: read.data };
    }
    throw new CannotPull(`${BUSY}, ${MOST_THROTTLED} times in a row`);
  };
};
type Graphql = ReturnType<typeof createGraphql>;

const allLines = async (graphql: Graphql, { id, lineItems }: ShopifyNode): Promise<Line[]> => {
  const lines = [...lineItems.nodes];
  let { pageInfo } = lineItems;
  while (pageInfo.hasNextPage && lines.length < MOST_LINES) {
    const variables = { id, after: pageInfo.endCursor };
    const asked = await graphql({ text: LINES_QUERY, variables, data: LinesData });
    if (asked === 'too much at once') throw new CannotPull(refusalOf(['MAX_COST_EXCEEDED']));
    lines.push(...asked.data.order.lineItems.nodes);
    pageInfo = asked.data.order.lineItems.pageInfo;
  }
  return lines;
};

/** To the second, as the shop's search takes it. */
const secondsOf = (instant: string): string => `${instant.slice(0, 19)}Z`;

const changedAtOf = ({ updatedAt }: ShopifyNode): string => {
  try {
    return toInstant(toEpochMs(updatedAt));
  } catch {
    throw new CannotPull(`${MALFORMED}: an order without the time of its change`);
  }
};

const pageOf = async (graphql: Graphql, nodes: readonly ShopifyNode[]): Promise<PulledPage> => {
  const orders: PulledOrder[] = [];
  for (const node of nodes) {
    const lines = await allLines(graphql, node);
    orders.push({ body: webhookBodyOf(node, lines), topic: TOPIC, changedAt: changedAtOf(node) });
  }
  return { orders, through: orders.at(-1)?.changedAt };
};

/** Sorted by their last change: an order that changes meanwhile moves to the end and is given once more. */
export const shopify: ShopApi = async function* (connection, { from }) {
  const graphql = createGraphql(connection, await tokenOf(connection));
  const changed = `updated_at:>='${secondsOf(from)}'`;
  let first = ORDERS_AT_ONCE;
  let after: string | null = null;
  for (;;) {
    const asked: Asked<typeof OrdersData> = await graphql({
      text: ORDERS_QUERY,
      variables: { changed, after, first },
      data: OrdersData,
    });
    if (asked === 'too much at once') {
      if (first === 1) throw new CannotPull(refusalOf(['MAX_COST_EXCEEDED']));
      first = Math.floor(first / 2);
      continue;
    }
    const { orders }: z.output<typeof OrdersData> = asked.data;
    yield await pageOf(graphql, orders.nodes);
    if (!orders.pageInfo.hasNextPage) return;
    after = orders.pageInfo.endCursor ?? null;
  }
};
