import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createHandler } from '../../functions/receive-promise/handler.ts';
import { standardRequest } from '../../lib/local/sample-orders/shop-requests.ts';
import { configuration } from '../fixtures/configuration.ts';
import { context, httpRequest } from '../fixtures/invocations.ts';
import { memoryWorld } from '../fixtures/memory-ports.ts';
import { memoryRequests } from '../fixtures/memory-requests.ts';
import { at, SALE } from '../fixtures/sales.ts';
import { putSale } from '../unit/handlers/sale-on-file.ts';
import { mangled } from './kit/mutate-bytes.ts';
import { mutated } from './kit/mutate-json.ts';
import { nastyText } from './kit/nasty.ts';
import { withoutMetrics } from './kit/quiet.ts';
import { runs, SEED } from './kit/runs.ts';
import { SECRET } from './kit/shops.ts';

withoutMetrics();

const CONFIG = configuration();
const NOW = at(10, '09:00');
const order = { source: 'shop', id: 'B-204' };
const window = { from: at(12, '09:00'), to: at(12, '11:00') };

const REQUESTS = [
  { type: 'promise.create', order, kind: 'call' },
  { type: 'promise.create', order, kind: 'call', due: at(12, '15:00'), owner: 'lio', severity: 'urgent' },
  { type: 'promise.create', order, kind: 'visit', visit: window },
  { type: 'promise.create', order: { source: 'shop', id: 'C-1' }, kind: 'answer' },
  { type: 'promise.reschedule', order, promise: 'call-1', due: at(12, '15:00'), reason: 'the part is late' },
  { type: 'promise.hand-over', order, promise: 'call-1', to: 'lio' },
  { type: 'promise.cancel', order, promise: 'call-1', reason: 'made twice' },
  { type: 'staff.left', staff: 'nora', to: 'lio' },
];

type Sending = { body: string | Buffer; headers?: Record<string, string>; id?: string };

/** A sale about which one call is owed, and a system that asks for something. */
const begin = async () => {
  const world = memoryWorld(CONFIG);
  await putSale(world);
  const requests = memoryRequests();
  const handler = createHandler({
    ...world.ports,
    requests,
    secrets: { of: async (source) => (source === 'shop' ? [SECRET] : []) },
  });
  const send = ({ body, headers = {}, id = 'msg_1' }: Sending) => {
    const text = body.toString();
    const signed = standardRequest({ source: 'shop', body: text, secret: SECRET, at: Date.parse(NOW), id });
    const event = {
      method: 'POST',
      path: '/promises',
      at: NOW,
      headers: { ...signed.headers, ...headers },
      body,
    };
    return handler(httpRequest(event), context);
  };
  await send({ body: JSON.stringify(REQUESTS[0]), id: 'msg_0' });
  const stored = () =>
    [
      world.bytes(),
      world.search.dump(),
      JSON.stringify(world.lists.open()),
      JSON.stringify(world.workflows.executions),
    ].join('\n');
  return { world, send, stored };
};

describe(`the promise API (seed ${SEED})`, () => {
  const known = REQUESTS.filter(({ order: about }) => about === undefined || about === order);
  it.each(known)('does %j', async (asked) => {
    const { send } = await begin();

    const { statusCode, body } = await send({ body: JSON.stringify(asked) });

    expect([statusCode, body]).toEqual([expect.toSatisfy((status) => Number(status) < 300), body]);
  });

  it('does what it is asked, or says by a problem why not and does nothing', async () => {
    await fc.assert(
      fc.asyncProperty(mutated(...REQUESTS), async (asked) => {
        const { send, stored } = await begin();
        const before = stored();

        const { statusCode = 0, headers = {}, body = '' } = await send({ body: JSON.stringify(asked) });

        expect(statusCode).toBeLessThan(500);
        const answered: unknown = JSON.parse(body);
        if (statusCode >= 400) {
          expect(headers['content-type']).toBe('application/problem+json');
          expect(answered).toMatchObject({ status: statusCode, title: expect.any(String) });
          expect(stored()).toBe(before);
        } else expect([200, 201, 202]).toContain(statusCode);
      }),
      runs(150),
    );
  });

  it('makes a promise whole: owed, listed and under way, or not at all', async () => {
    await fc.assert(
      fc.asyncProperty(mutated(...REQUESTS.slice(0, 3)), async (asked) => {
        const { world, send } = await begin();

        await send({ body: JSON.stringify(asked) });

        const made = world.sales.entries(SALE).filter(({ type }) => type === 'promised').length;
        const started = world.workflows.executions.filter(({ machine }) => machine === 'Promise').length;
        const owed = world.lists.open().length;
        expect([started, owed]).toEqual([made, made]);
      }),
      runs(80),
    );
  });

  it('does the same request once, and refuses its number to another', async () => {
    await fc.assert(
      fc.asyncProperty(mutated(...REQUESTS), mutated(...REQUESTS), async (asked, other) => {
        const { send, stored } = await begin();
        const first = await send({ body: JSON.stringify(asked) });
        const once = stored();

        const again = await send({ body: JSON.stringify(asked) });
        const clash = (first.statusCode ?? 0) < 300 ? await send({ body: JSON.stringify(other) }) : again;

        expect([again.statusCode, again.body]).toEqual([first.statusCode, first.body]);
        expect(stored()).toBe(once);
        const isOther = JSON.stringify(other) !== JSON.stringify(asked);
        if (clash !== again && isOther) expect([400, 409]).toContain(clash.statusCode);
      }),
      runs(60),
    );
  });

  it('lets no other request have the number of one', async () => {
    for (const [n, asked] of known.entries()) {
      const { send, stored } = await begin();
      await send({ body: JSON.stringify(asked) });
      const once = stored();

      const clash = await send({ body: JSON.stringify(known[(n + 1) % known.length]) });

      expect([clash.statusCode, stored()]).toEqual([409, once]);
    }
  });

  it('hears nobody whose signature does not cover these very bytes', async () => {
    const genuine = JSON.stringify(REQUESTS[1]);
    await fc.assert(
      fc.asyncProperty(mangled(genuine), async (bytes) => {
        fc.pre(!bytes.equals(Buffer.from(genuine)));
        const { send, stored } = await begin();
        const before = stored();
        const { headers } = standardRequest({
          source: 'shop',
          body: genuine,
          secret: SECRET,
          at: Date.parse(NOW),
          id: 'msg_9',
        });

        const { statusCode } = await send({ body: bytes, headers, id: 'msg_9' });

        expect(statusCode).toBe(401);
        expect(stored()).toBe(before);
      }),
      runs(60),
    );
  });

  it('answers whatever the headers are', async () => {
    const names = fc.constantFrom(
      'content-type',
      'webhook-id',
      'webhook-timestamp',
      'webhook-signature',
      'x-other',
    );
    await fc.assert(
      fc.asyncProperty(names, nastyText, async (name, text) => {
        const { send } = await begin();

        const { statusCode } = await send({ body: JSON.stringify(REQUESTS[1]), headers: { [name]: text } });

        expect([201, 400, 401, 415]).toContain(statusCode);
      }),
      runs(60),
    );
  });

  it.each([
    ['nothing', '', 400],
    ['no JSON', '{', 400],
    ['null', 'null', 400],
    ['a list', '[]', 400],
    ['deep', `${'['.repeat(20_000)}${']'.repeat(20_000)}`, 400],
    ['too much', JSON.stringify({ type: 'promise.create', note: 'x'.repeat(70_000) }), 413],
  ])('refuses %s', async (_, body, status) => {
    const { send, stored } = await begin();
    const before = stored();

    const { statusCode } = await send({ body });

    expect(statusCode).toBe(status);
    expect(stored()).toBe(before);
  });
});
