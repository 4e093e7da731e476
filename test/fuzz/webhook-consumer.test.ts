import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FollowUpPlan, PromisePlan } from '../../functions/core/plan.ts';
import { createHandler as createReceive } from '../../functions/receive-webhook/handler.ts';
import { createHandler as createConsumer } from '../../functions/start-follow-up/handler.ts';
import { configuration } from '../fixtures/configuration.ts';
import { context, httpRequest, queueBatch, queueMessage } from '../fixtures/invocations.ts';
import { type MemoryWorld, memoryWorld } from '../fixtures/memory-ports.ts';
import { at } from '../fixtures/sales.ts';
import { mutated } from './kit/mutate-json.ts';
import { withoutMetrics } from './kit/quiet.ts';
import { runs, SEED } from './kit/runs.ts';
import { type FuzzedShop, type Said, SECRET, SHOPS } from './kit/shops.ts';
import { expectStorable } from './kit/storable.ts';

withoutMetrics();

const CONFIG = configuration();
const NOW = at(2, '09:15:06.000');
const A_YEAR = 366 * 86_400;

/** Signs it, hands it in, and says what lies in the queue then. */
const announce = async ({ sign, source }: FuzzedShop, said: Said) => {
  const queued: string[] = [];
  const receive = createReceive({
    settings: { config: CONFIG },
    secrets: { of: async () => [SECRET] },
    queue: { send: async (body) => void queued.push(body) },
  });
  const request = sign({ ...said, body: JSON.stringify(said.body) }, Date.parse(NOW));
  const event = httpRequest({ ...request, method: 'POST', at: NOW, parameters: { source } });
  return { status: (await receive(event, context)).statusCode, queued };
};

const consume = async (world: MemoryWorld, queued: readonly string[]) => {
  const records = queued.map((body, n) => queueMessage(body, NOW, `message-${n}`));
  return (await createConsumer(world.ports)(queueBatch(...records), context)).batchItemFailures;
};

const stateOf = (world: MemoryWorld): string =>
  [
    world.bytes(),
    world.search.dump(),
    JSON.stringify(world.lists.open()),
    JSON.stringify(world.parked.all()),
    JSON.stringify(world.workflows.executions),
  ].join('\n');

const texts = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : [];
};

const checkExecutions = ({ workflows }: MemoryWorld): void => {
  for (const { machine, name, input } of workflows.executions) {
    expect(name).toMatch(/^[\w-]{1,80}$/);
    const plan = machine === 'FollowUp' ? FollowUpPlan.parse(input) : PromisePlan.parse(input);
    for (const seconds of Object.values(plan.seconds)) expect(seconds).toBeLessThanOrEqual(A_YEAR);
    for (const text of texts(input)) expect(text).not.toContain('@');
  }
};

describe.each(SHOPS)(`a body of $source that is not as it should be (seed ${SEED})`, (shop) => {
  const bodies = mutated(...shop.said.map(({ body }) => body));
  const topics = fc.constantFrom(...shop.said.map(({ topic }) => topic));

  it('makes a sale, changes one, is parked with a reason or concerns nobody: never a fault, never again and again', async () => {
    await fc.assert(
      fc.asyncProperty(topics, bodies, async (topic, body) => {
        const world = memoryWorld(CONFIG);
        const { status, queued } = await announce(shop, { topic, body });

        const failures = await consume(world, queued);

        expect([200, 413]).toContain(status);
        expect(failures).toEqual([]);
        for (const { reason } of world.parked.all()) expect(reason.trim()).not.toBe('');
        expect(world.mailer.tried).toEqual([]);
        checkExecutions(world);
        expectStorable(world);
      }),
      runs(120),
    );
  });

  it('means the same when it comes twice, after the genuine one and alone', async () => {
    await fc.assert(
      fc.asyncProperty(topics, bodies, fc.boolean(), async (topic, body, isAfter) => {
        const world = memoryWorld(CONFIG);
        const [genuine = { topic: '', body: {} }] = shop.said;
        if (isAfter) await consume(world, (await announce(shop, genuine)).queued);
        const { queued } = await announce(shop, { topic, body });

        const failures = await consume(world, queued);
        const once = stateOf(world);
        failures.push(...(await consume(world, queued)));

        expect(failures).toEqual([]);
        expect(stateOf(world)).toBe(once);
      }),
      runs(60),
    );
  });
});

describe(`whatever else lies in the queue (seed ${SEED})`, () => {
  it('is parked, and keeps nothing behind it waiting', async () => {
    const message = { v: 1, source: 'shop', receivedAt: NOW, body: '{}', encoding: 'text' };
    const shop = SHOPS.find(({ source }) => source === 'shop');
    const [genuine] = shop?.said ?? [];
    if (shop === undefined || genuine === undefined) throw new Error('the shop has gone');
    const good = await announce(shop, genuine);
    await fc.assert(
      fc.asyncProperty(mutated(message, { ...message, encoding: 'gzip' }), async (mutant) => {
        const world = memoryWorld(CONFIG);

        const failures = await consume(world, [JSON.stringify(mutant) ?? '', ...good.queued]);

        expect(failures).toEqual([]);
        expect(world.workflows.executions).toHaveLength(1);
      }),
      runs(100),
    );
  });
});
