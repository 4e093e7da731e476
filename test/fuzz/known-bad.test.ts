import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { FollowUpPlan } from '../../functions/core/plan.ts';
import { createHandler as createReceive } from '../../functions/receive-webhook/handler.ts';
import { createHandler as createConsumer } from '../../functions/start-follow-up/handler.ts';
import { shopifyRequest } from '../../lib/local/sample-orders/shop-requests.ts';
import { configuration } from '../fixtures/configuration.ts';
import { context, httpRequest, queueBatch, queueMessage } from '../fixtures/invocations.ts';
import { memoryWorld } from '../fixtures/memory-ports.ts';
import { shopifyOrder } from '../fixtures/orders.ts';
import { at } from '../fixtures/sales.ts';
import { withoutMetrics } from './kit/quiet.ts';
import { SECRET } from './kit/shops.ts';

withoutMetrics();

const CONFIG = configuration();
const NOW = at(2, '09:15:06.000');
const A_YEAR = 366 * 86_400;

const receive = async (
  body: string | Buffer,
  more: { headers?: Record<string, string>; isPlain?: boolean } = {},
) => {
  const queued: string[] = [];
  const handler = createReceive({
    settings: { config: CONFIG },
    secrets: { of: async () => [SECRET] },
    queue: { send: async (message) => void queued.push(message) },
  });
  const text = typeof body === 'string' ? body : body.toString('latin1');
  const { headers } = shopifyRequest({ source: 'web', topic: 'orders/paid', body: text, secret: SECRET });
  const event = httpRequest({
    method: 'POST',
    path: '/webhooks/web',
    at: NOW,
    headers: { ...headers, ...more.headers },
    parameters: { source: 'web' },
    body,
  });
  const sent = more.isPlain === true ? { ...event, body: text, isBase64Encoded: false } : event;
  return { status: (await handler(sent, context)).statusCode, queued };
};

/** What becomes of an order that was paid a moment ago, with these fields in it. */
const become = async (fields: Record<string, unknown>) => {
  const world = memoryWorld(CONFIG);
  const { queued } = await receive(JSON.stringify(shopifyOrder({ financial_status: 'paid', ...fields })));
  const records = queued.map((body) => queueMessage(body, NOW));
  const { batchItemFailures } = await createConsumer(world.ports)(queueBatch(...records), context);
  expect(batchItemFailures).toEqual([]);
  return world;
};

describe('a body', () => {
  it('is the same whether the gateway handed it over as text or as base64', async () => {
    const body = JSON.stringify(shopifyOrder({ note: 'Grüße' }));

    const asText = await receive(body, { isPlain: true });

    expect(asText.status).toBe(200);
    expect(asText.queued).toEqual((await receive(body)).queued);
  });

  it('that came compressed is refused, not failed', async () => {
    const body = gzipSync(JSON.stringify(shopifyOrder()));

    const { status, queued } = await receive(body, { headers: { 'content-encoding': 'gzip' } });

    expect([400, 401, 415]).toContain(status);
    expect(queued).toEqual([]);
  });
});

describe('an order', () => {
  it.each<[string, unknown]>([
    ['no address at all', null],
    ['no address but words', 'not an address'],
    ['an address without an end', 'a@b'],
    ['an address with two dots', 'a@b..c'],
    ['an address that is too long', `${'a'.repeat(310)}@example.org`],
    ['an address with a line of its own', 'a@example.org\r\nBcc: b@example.org'],
  ])('with %s goes on, and nobody is written to under it', async (_, email) => {
    const world = await become({ email, contact_email: email, customer: { id: 1, email } });

    expect(world.mailer.tried).toEqual([]);
    expect(world.bytes()).not.toMatch(/"email":/);
    expect(world.workflows.executions.length + world.parked.all().length).toBe(1);
  });

  it('takes the second address where the first is none', async () => {
    const world = await become({ email: null, customer: null, contact_email: 'lea@example.org' });

    expect(world.bytes()).toContain('"email":"lea@example.org"');
  });

  it.each(['1e400', '-5.00', 'NaN', '0', '٣٤', '', null, [], 1e308])(
    'with the total %j is followed up or parked',
    async (total) => {
      const world = await become({ total_price: total, current_total_price: total });

      expect(world.workflows.executions.length + world.parked.all().length).toBe(1);
    },
  );

  it.each([
    '1970-01-01T00:00:00Z',
    '2099-01-01T00:00:00Z',
    'yesterday',
    '2026-11-02T10:15:00+14:00',
    '2016-12-31T23:59:60Z',
    '0000-00-00T00:00:00',
    null,
  ])('of %s waits neither backwards nor beyond a year', async (created) => {
    const world = await become({ created_at: created, processed_at: created, updated_at: created });

    for (const { input } of world.workflows.executions)
      for (const seconds of Object.values(FollowUpPlan.parse(input).seconds)) {
        expect(seconds).toBeGreaterThanOrEqual(1);
        expect(seconds).toBeLessThanOrEqual(A_YEAR);
      }
    expect(world.workflows.executions.length + world.parked.all().length).toBe(1);
  });

  it.each(['9007199254740993', '18446744073709551616'])('keeps every digit of its id %s', async (id) => {
    const world = memoryWorld(CONFIG);
    const body = JSON.stringify(shopifyOrder({ financial_status: 'paid' })).replace(
      '"id":5500001001',
      `"id":${id}`,
    );
    const { queued } = await receive(body);

    await createConsumer(world.ports)(queueBatch(...queued.map((one) => queueMessage(one, NOW))), context);

    expect(world.sales.ids()).toContain(`web/${id}`);
  });
});
