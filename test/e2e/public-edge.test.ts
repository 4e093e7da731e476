import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  SFNClient,
} from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import * as z from 'zod';
import { standardRequest } from '../../lib/local/sample-orders/shop-requests.ts';
import { wooPing } from '../fixtures/woo-ping.ts';
import { newOrder, placed } from './orders.ts';
import { clientAt, dumpTables } from './tables.ts';
import { linkTo, type OpenWorld, openWorld } from './world.ts';

let world: OpenWorld;
beforeAll(async () => {
  world = await openWorld({ assembly: inject('assembly'), hasSchedules: false });
});
afterAll(() => world.close());

const post = async (path: string, body: string, headers: Record<string, string> = {}) =>
  (
    await fetch(`${world.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    })
  ).status;

describe('a webhook', () => {
  test('of an unknown source is 404, unsigned or wrongly signed 401', async () => {
    const { path, headers, body } = placed(newOrder(await world.now()));

    expect(await post('/webhooks/nobody', body, headers)).toBe(404);
    expect(await post(path, body)).toBe(401);
    expect(await post(path, `${body} `, headers)).toBe(401);
  });

  test('over 1 MB is 413', async () => {
    expect(await post('/webhooks/shopify', JSON.stringify({ note: 'x'.repeat(1_100_000) }))).toBe(413);
  });

  test('that WooCommerce sends unsigned to try the address is 200 and does nothing', async () => {
    const { path, headers, body } = wooPing({});
    const before = await dumpTables(world.aws);

    expect(await post(path, body, headers)).toBe(200);

    await world.idle();
    expect(await dumpTables(world.aws)).toBe(before);
  });

  test('that is signed but not understood is 200 and parked with the reason', async () => {
    const secret = 'whsec_bG9jYWwtc2VjcmV0LWxvY2FsLXNlY3JldA==';
    const at = await world.now();
    const body = { type: 'order.created', data: { orderId: 'PARK-1', lines: [] } };

    expect(await world.send(standardRequest({ body, secret, at, id: 'msg_parked' }))).toBe(200);

    expect(await dumpTables(world.aws)).toContain('PARK-1');
    expect(await world.read('/_local/parked')).toEqual([
      { source: 'standard', reason: expect.stringContaining('line'), at: expect.any(String) },
    ]);
  });

  test('of the generic kind without its id is 400, without its signature 401', async () => {
    const secret = 'whsec_bG9jYWwtc2VjcmV0LWxvY2FsLXNlY3JldA==';
    const { path, headers, body } = standardRequest({ body: {}, secret, at: await world.now(), id: 'msg_1' });
    const { 'webhook-id': _, ...withoutId } = headers;
    const { 'webhook-signature': __, ...unsigned } = headers;

    expect(await post(path, body, withoutId)).toBe(400);
    expect(await post(path, body, unsigned)).toBe(401);
  });

  test('that is signed but not JSON is 400', async () => {
    const secret = 'whsec_bG9jYWwtc2VjcmV0LWxvY2FsLXNlY3JldA==';
    const { path, headers, body } = standardRequest({
      body: 'not json',
      secret,
      at: await world.now(),
      id: 'msg_text',
    });

    expect(await post(path, body, headers)).toBe(400);
  });
});

const Placed = z.object({
  source: z.string(),
  orderId: z.string(),
  item: z.string(),
  customer: z.object({ email: z.string() }),
});

const placeSample = async (source: string, journey: string) => {
  const response = await fetch(`${world.url}/_local/console/orders`, {
    method: 'POST',
    body: JSON.stringify({ source, journey }),
  });
  const order = Placed.parse(await response.json());
  await world.idle();
  return order;
};

describe('a sample order', () => {
  test.each([
    ['shopify', 'goods'],
    ['woocommerce', 'service'],
    ['stripe', 'saas'],
    ['standard', 'class'],
  ])('of %s starts a %s journey that ends in a mail, an answer and an outcome', async (source, journey) => {
    const order = await placeSample(source, journey);

    const started = await world.sale(source, order.orderId);
    expect(started.sale).toMatchObject({ status: 'open', journey });
    await world.advance('P20D');
    /* What the shop has published is confirmed first; the check-in is the mail with the form. */
    const checkIn = (await world.mailsTo(order.customer.email)).find(
      (mail) => mail.text.includes(order.item) && mail.links.some((link) => link.includes('/r/')),
    );
    expect((await world.submit(linkTo(checkIn, 'r'), { rating: '5' })).status).toBe(200);

    expect((await world.sale(source, order.orderId)).sale.outcome).toBe('delighted');
  });
});

test('the stock AWS SDK lists executions and reads their history, in which nothing personal stands', async () => {
  const order = newOrder(await world.now());
  await world.send(placed(order));
  const states = new SFNClient(clientAt(world.aws));

  const { stateMachines = [] } = await states.send(new ListStateMachinesCommand({}));
  const machine = stateMachines.find(({ name }) => name === 'Aftercare-FollowUp');
  const { executions = [] } = await states.send(
    new ListExecutionsCommand({ stateMachineArn: machine?.stateMachineArn, statusFilter: 'RUNNING' }),
  );
  const name = (await world.sale('shopify', order.id)).executions[0]?.name;
  const mine = executions.find((execution) => execution.name === name);
  const described = await states.send(new DescribeExecutionCommand({ executionArn: mine?.executionArn }));
  const { events = [] } = await states.send(
    new GetExecutionHistoryCommand({ executionArn: mine?.executionArn }),
  );

  expect(described.status).toBe('RUNNING');
  expect(events.map(({ type }) => type)).toEqual([
    'ExecutionStarted',
    'TaskStateEntered',
    'TaskScheduled',
    'TaskStarted',
    'TaskSubmitted',
  ]);
  expect(JSON.stringify([described, events])).not.toMatch(/Lea|Steiner|example\.org|Rigi/);
});
