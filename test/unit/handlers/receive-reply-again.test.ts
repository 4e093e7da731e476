import { beforeEach, describe, expect, it } from 'vitest';
import type { Entry } from '../../../functions/core/journal.ts';
import { foldSale } from '../../../functions/core/sale.ts';
import { createHandler } from '../../../functions/receive-reply/handler.ts';
import { visit } from '../../fixtures/invocations.ts';
import { type MemoryWorld, memoryWorld } from '../../fixtures/memory-ports.ts';
import { at, customer, SALE, told } from '../../fixtures/sales.ts';
import { putLink, putSale, run, toldOf } from './sale-on-file.ts';

let world: MemoryWorld;
let token: string;
const NOW = at(14, '18:30');

const begin = async (since: Entry[] = [], who = customer) => {
  world = memoryWorld();
  await putSale(world, since, { customer: who });
  await world.sales.wait(SALE, { key: 'FollowUp', position: 'ask', token: 'waiting', until: at(17) });
  token = await putLink(world);
};

beforeEach(() => begin());

type Call = Parameters<typeof visit>[2];
const open = (call: Partial<Call> = {}) =>
  run(createHandler(world.ports), visit('r', token, { at: NOW, ...call }));
const send = (form: Record<string, string>, call: Partial<Call> = {}) => open({ form, ...call });

const replies = () =>
  world.sales
    .entries(SALE)
    .filter((entry) => entry.type === 'replied')
    .sort((a, b) => a.n - b.n);
const saleNow = async () => {
  const stored = await world.sales.load(SALE);
  return stored === undefined ? undefined : foldSale(stored);
};

describe('an answer that is changed', () => {
  it('keeps both versions, and the last counts', async () => {
    await send({ rating: '5' });
    await send({ rating: '1', words: 'It broke.' }, { at: at(14, '19:00') });

    expect(replies().map(({ n, reply }) => [n, reply.rating])).toEqual([
      [1, 5],
      [2, 1],
    ]);
  });

  it('to a happy one waives what was owed and tells its workflow', async () => {
    await begin([told.replied(at(14), 1), told.promised(at(14, '10:01'), 'resolve', { reply: 1 })]);
    await world.sales.wait(SALE, {
      key: 'resolve-1',
      position: 'owner',
      token: 'promise',
      until: at(16),
      turn: 1,
    });

    await send({ rating: '5' });

    expect((await saleNow())?.promises[0]?.status).toBe('waived');
    expect(toldOf(world)).toContain('PromiseClosed');
  });

  it('by two presses at once keeps both', async () => {
    await Promise.all([send({ rating: '1' }), send({ rating: '5' }), send({ rating: '3' })]);

    expect(replies().map(({ n }) => n)).toEqual([1, 2, 3]);
  });
});

describe('trouble behind the form', () => {
  it('telling the workflow is not the customer’s: they are thanked, and the answer is kept', async () => {
    world.failAlways('workflows.');

    const answer = await send({ rating: '1' });

    expect(answer.statusCode).toBe(200);
    expect(replies()).toHaveLength(1);
  });

  it('storing the answer gives a page that keeps the words for another press', async () => {
    world.failAlways('sales.append');

    const answer = await send({ rating: '1', words: 'Two spokes <broke>' });

    expect(answer.statusCode).toBe(500);
    expect(answer.body).toContain('Two spokes &lt;broke&gt;');
    expect(answer.body).toContain(`action="/r/${token}"`);
  });
});

describe('an answer after all is over', () => {
  const over: Entry[] = [told.ended(at(12))];
  const executions = () => world.workflows.executions.map(({ name }) => name.replace(/^s-[0-9a-f]{32}/, 's'));

  it('opens a short new round', async () => {
    await begin(over);

    const answer = await send({ rating: '1' });

    expect(answer.statusCode).toBe(200);
    expect(executions()).toEqual(['s-r2']);
  });

  it('opens one round for two presses', async () => {
    await begin(over);

    await send({ rating: '1' });
    await send({ rating: '2' }, { at: at(14, '18:31') });

    expect(executions()).toEqual(['s-r2']);
  });

  it('opens its round with the next event when starting it failed', async () => {
    await begin(over);
    world.failOnce('workflows.start FollowUp');
    await send({ rating: '1' });

    await send({ rating: '1', words: 'Hello?' }, { at: at(15) });

    expect(executions()).toEqual(['s-r2']);
  });

  it('about a refunded sale opens one only when help is needed', async () => {
    await begin([told.refunded(at(11)), ...over]);

    await send({ rating: '5' });
    expect(executions()).toEqual([]);
    await send({ rating: '1' }, { at: at(15) });
    expect(executions()).toEqual(['s-r2']);
  });

  it('that ended the round itself opens no other', async () => {
    await begin([told.claimed('review-ask', at(13)), told.sent('review-ask', at(13))]);

    await send({ rating: '5' });
    expect(toldOf(world)).toEqual(['success']);
    await send({ rating: '5' }, { at: NOW });

    expect(executions()).toEqual([]);
  });
});

describe('an answer whose write was made twice by the client itself', () => {
  it('is kept once: its own number was taken by nobody else', async () => {
    const { sales } = world.ports;
    const ports = {
      ...world.ports,
      sales: {
        ...sales,
        appendThenLoad: async (...given: Parameters<typeof sales.appendThenLoad>) => ({
          ...(await sales.appendThenLoad(...given)),
          isNew: false,
        }),
      },
    };

    await run(
      createHandler(ports),
      visit('r', token, { at: NOW, form: { rating: '2', words: 'It broke.' } }),
    );

    expect(replies().map(({ n }) => n)).toEqual([1]);
  });
});
