import { expect, it } from 'vitest';
import type { LocalRequest } from '../../../lib/local/http-api/exchange.ts';
import { consoleOrders } from '../../../lib/local/sample-orders/console-orders.ts';
import { SampleOrderMistake, type SampleOrders } from '../../../lib/local/sample-orders/sample-orders.ts';

const requestOf = (path: string, body: string, method = 'POST'): LocalRequest => ({
  method,
  path,
  query: '',
  headers: {},
  headersDistinct: {},
  body: Buffer.from(body),
  sourceIp: '127.0.0.1',
  protocol: 'HTTP/1.1',
});

const recorded = () => {
  const calls: unknown[] = [];
  const samples: SampleOrders = {
    place: async (order) => {
      calls.push(order);
      return { ...order, orderId: '7', item: 'Lamp', customer: { name: 'Ines', email: 'ines@example.com' } };
    },
    tell: async (event) => {
      if (event.source === 'stripe') throw new SampleOrderMistake('Stripe cannot say so.');
      calls.push(event);
    },
  };
  return { calls, answer: consoleOrders(samples) };
};

it('an order is placed and told back', async () => {
  const { calls, answer } = recorded();

  const placed = await answer(requestOf('/_local/console/orders', '{"source":"shopify","journey":"goods"}'));

  expect(calls).toEqual([{ source: 'shopify', journey: 'goods' }]);
  expect(placed?.status).toBe(201);
  expect(placed?.body).toContain('"orderId":"7"');
});

it('an event is told', async () => {
  const { calls, answer } = recorded();
  const event = { source: 'shopify', orderId: '7', type: 'refunded' };

  const told = await answer(requestOf('/_local/console/events', JSON.stringify(event)));

  expect(calls).toEqual([event]);
  expect(told?.status).toBe(202);
});

it.each([
  ['orders', 'not json', 'expected JSON'],
  ['orders', '{"source":"shopify"}', 'journey: expected text'],
  ['orders', '{"source":"shopify","journey":"goods","more":1}', 'Unrecognized key'],
  ['events', '{"source":"shopify","orderId":"7","type":"lost"}', 'type: expected one of delivered'],
])('%s with %s is refused and says what to send', async (call, body, message) => {
  const { calls, answer } = recorded();

  const refused = await answer(requestOf(`/_local/console/${call}`, body));

  expect(refused?.status).toBe(400);
  expect(refused?.body).toContain(message);
  expect(refused?.body).toContain('Send {');
  expect(calls).toEqual([]);
});

it('what a shop never says is refused in its own words', async () => {
  const { answer } = recorded();

  const refused = await answer(
    requestOf('/_local/console/events', '{"source":"stripe","orderId":"7","type":"delivered"}'),
  );

  expect(refused).toMatchObject({ status: 400, body: '{"error":"Stripe cannot say so."}' });
});

it('other calls are left to others, other methods refused', async () => {
  const { answer } = recorded();

  expect(await answer(requestOf('/_local/console/console.js', '', 'GET'))).toBeUndefined();
  expect((await answer(requestOf('/_local/console/orders', '', 'GET')))?.status).toBe(405);
});
