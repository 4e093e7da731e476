/** What is no entry of a journal, told where it happens. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { timeOf } from '../../../functions/middleware/event-time.ts';
import { createHandler as createReplyPage } from '../../../functions/receive-reply/handler.ts';
import { createHandler as createReceiver } from '../../../functions/receive-webhook/handler.ts';
import { createHandler as createConsumer } from '../../../functions/start-follow-up/handler.ts';
import { createHandler as createWait } from '../../../functions/wait-for-day/handler.ts';
import { context, httpRequest, queueBatch, queueMessage } from '../../fixtures/invocations.ts';
import { type MemoryWorld, memoryWorld } from '../../fixtures/memory-ports.ts';
import { readNumbers } from '../../fixtures/read-numbers.ts';
import { at, SALE } from '../../fixtures/sales.ts';

let world: MemoryWorld;
const numbers = readNumbers(vi);

beforeEach(() => {
  world = memoryWorld();
});

class AccessDeniedException extends Error {
  override readonly name = 'AccessDeniedException';
}

const sourceName = () => Object.keys(world.ports.settings.config.sources)[0] ?? '';

const take = (message: Record<string, unknown>) =>
  createConsumer(world.ports)(
    queueBatch(
      queueMessage(
        JSON.stringify({ v: 1, receivedAt: at(5), body: 'no json', encoding: 'text', ...message }),
        at(5),
      ),
    ),
    context,
  );

describe('numbers that no journal holds', () => {
  it('has a link that leads nowhere counted once, at the time of the visit', async () => {
    const token = 'a'.repeat(32);

    await createReplyPage(world.ports)(
      httpRequest({ path: `/r/${token}`, parameters: { token }, at: at(5) }),
      context,
    );

    expect(numbers.lines()).toMatchObject([{ TokenMisses: 1, _aws: { Timestamp: Date.parse(at(5)) } }]);
    expect(JSON.stringify(numbers.lines())).not.toContain(token);
  });

  it('has a webhook without a right signature counted by its source', async () => {
    const receive = createReceiver({
      settings: world.ports.settings,
      secrets: { of: async () => ['secret'] },
      queue: { send: async () => undefined },
    });
    const source = sourceName();

    const answer = await receive(
      httpRequest({
        method: 'POST',
        path: `/webhooks/${source}`,
        parameters: { source },
        at: at(5),
        body: '{}',
      }),
      context,
    );

    expect(answer.statusCode).toBe(401);
    expect(numbers.lines()).toMatchObject([{ WebhooksRefused: 1, source }]);
  });

  it('has an event nobody understood counted, and the shop noted as heard', async () => {
    await take({ source: sourceName() });

    expect(numbers.lines()).toMatchObject([{ EventsParked: 1, source: sourceName() }]);
    expect(await world.seen.all()).toMatchObject([{ source: sourceName(), lastAt: at(5) }]);
  });

  it('takes what was pulled, or is the synthetic sale, for no sign of a shop', async () => {
    await take({ source: sourceName(), isPulled: true });
    await take({ source: 'canary' });

    expect(await world.seen.all()).toEqual([]);
    expect(numbers.of('EventsParked')).toEqual([1]);
  });

  it('has a missing permission counted, whether the run fails of it or lives on', async () => {
    const denied = () => Promise.reject(new AccessDeniedException('kms:Decrypt'));
    const task = { now: at(5), retry: 0, token: 't', position: 'use' } as const;
    const plan = {
      v: 1,
      saleId: SALE,
      round: 1,
      seconds: { use: 1, answer: 1, again: 1, promise: 1, review: 1 },
    } as const;
    const wait = createWait({ ...world.ports, sales: { ...world.ports.sales, wait: denied } });
    await expect(wait({ ...task, plan }, context)).rejects.toThrow(AccessDeniedException);

    const consume = createConsumer({ ...world.ports, seen: { ...world.ports.seen, note: denied } });
    await consume(
      queueBatch(
        queueMessage(
          JSON.stringify({ v: 1, source: sourceName(), receivedAt: at(6), body: '', encoding: 'text' }),
          at(6),
        ),
      ),
      context,
    );

    expect(numbers.lines().filter((line) => 'AccessDenied' in line)).toMatchObject([
      { why: 'AccessDeniedException', _aws: { Timestamp: Date.parse(at(5)) } },
      { why: 'AccessDeniedException', _aws: { Timestamp: Date.parse(at(6)) } },
    ]);
  });
});

describe('the time of an event', () => {
  it.each([
    ['a request', { requestContext: { timeEpoch: Date.parse(at(5)) } }],
    ['a batch', { Records: [{ attributes: { SentTimestamp: String(Date.parse(at(5))) } }, {}] }],
    ['a task', { now: at(5), plan: {} }],
    ['a schedule', { time: '2026-11-05T10:00:00Z' }],
  ])('is found in %s', (_, event) => {
    expect(timeOf(event)).toBe(at(5));
  });

  it('is not made up', () => {
    expect(timeOf({ Records: [] })).toBeUndefined();
    expect(timeOf(undefined)).toBeUndefined();
  });
});
