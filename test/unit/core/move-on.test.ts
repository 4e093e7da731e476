import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../functions/core/journal.ts';
import { moveOf, successorName } from '../../../functions/core/move-on.ts';
import { FollowUpPlan, PromisePlan } from '../../../functions/core/plan.ts';
import { createHandler } from '../../../functions/wait-for-day/handler.ts';
import { configuration } from '../../fixtures/configuration.ts';
import { followUpTask } from '../../fixtures/invocations.ts';
import { memoryWorld } from '../../fixtures/memory-ports.ts';
import { at, begun, SALE, saleOf, told } from '../../fixtures/sales.ts';
import { journalOf, putSale, run, toldOf } from '../handlers/sale-on-file.ts';

const config = configuration();
const now = at(16);
const unhappy = [told.sent('check-in', at(13)), told.replied(at(14), 1), told.promised(at(14))];
const happy = [told.sent('check-in', at(13)), told.replied(at(14), 5)];
/** Nobody answered, a person rang, and the customer said that it was done. */
const silent = [
  told.sent('check-in', at(13)),
  told.sent('reminder', at(14)),
  told.promised(at(14), 'call'),
  told.proposed(at(15), { promise: 'call-1' }),
  told.judged(at(15), true, { promise: 'call-1' }),
];

describe('the name of a successor', () => {
  it('comes from the name before it and from nothing else', () => {
    expect(successorName('s-0a1b')).toBe('s-0a1b-m1');
    expect(successorName('s-0a1b-r2-m1')).toBe('s-0a1b-r2-m2');
    expect(successorName('p-0a1b-call-1-1-m9')).toBe('p-0a1b-call-1-1-m10');
  });
});

describe('moving on', () => {
  const waits = (position: string, key = 'FollowUp', until = at(28)) => ({ key, position, until });

  it('begins with the calendar of now while the product is being used', () => {
    const move = moveOf(config, saleOf(begun()), waits('use'), 's-1', at(3));

    expect(move?.name).toBe('s-1-m1');
    expect(FollowUpPlan.parse(move?.plan)).not.toHaveProperty('resume');
    expect(move?.plan.seconds).toMatchObject({ use: 10 * 86_400 - 59 * 60 });
  });

  it.each([
    ['promise', unhappy],
    ['review', happy],
  ] as const)('leads back to the wait for the %s', (position, entries) => {
    const move = moveOf(config, saleOf(begun(...entries)), waits(position), 's-1', now);

    expect(FollowUpPlan.parse(move?.plan)).toMatchObject({ resume: position, seconds: { use: 3600 } });
  });

  it('takes the owner of a promise along with its turn', () => {
    const move = moveOf(config, saleOf(begun(...unhappy)), waits('owner', 'resolve-1'), 'p-1', now);

    expect(PromisePlan.parse(move?.plan)).toMatchObject({ promise: 'resolve-1', turn: 1 });
  });

  it.each([
    ['waits for the first answer', waits('ask')],
    ['waits for the second answer', waits('again')],
    ['waits for the customer’s word on a promise', waits('ask', 'resolve-1')],
    ['is about to go on', waits('use', 'FollowUp', at(16, '10:10'))],
    ['has no such promise', waits('owner', 'call-7')],
  ])('leaves alone whoever %s', (_, standing) => {
    expect(moveOf(config, saleOf(begun(...unhappy)), standing, 's-1', now)).toBeUndefined();
  });
});

describe('a successor in the first state of its machine', () => {
  const arrive = async (resume: 'promise' | 'review', entries: readonly Entry[]) => {
    const world = memoryWorld();
    await putSale(world, entries);
    const task = followUpTask(now);
    const plan = { ...task.plan, resume, seconds: { ...task.plan.seconds, use: 3600 } };
    await run(createHandler(world.ports), { ...task, plan, position: 'use' });
    return world;
  };

  it.each([
    ['the promise', 'promise', unhappy, 'CustomerNeedsHelp'],
    ['the review, after an answer', 'review', happy, 'ReviewLater'],
    ['the review, though nobody ever answered', 'review', silent, 'ReviewLater'],
  ] as const)('leads on to the wait for %s', async (_, resume, entries, signal) => {
    const world = await arrive(resume, entries);

    expect(toldOf(world)).toEqual([signal]);
    expect(world.workflows.told[0]).not.toHaveProperty('cause.resume');
    expect(journalOf(world)).not.toContain('ended');
    expect(world.mailer.tried).toEqual([]);
  });

  it.each([
    ['the order was refunded', 'review', [...happy, told.refunded(at(15))], 'SaleClosed'],
    [
      'the promise was kept',
      'promise',
      [...unhappy, told.proposed(at(15)), told.judged(at(15), true)],
      'ReviewLater',
    ],
    ['the customer needs help', 'review', [...happy, told.replied(at(15), 1, { n: 2 })], 'CustomerNeedsHelp'],
  ] as const)('hears first that %s while nobody waited', async (_, resume, entries, signal) => {
    expect(toldOf(await arrive(resume, entries))).toEqual([signal]);
  });

  it('is known to wait where it will, so that news of others does not end it', async () => {
    const world = await arrive('promise', unhappy);

    expect((await world.sales.load(SALE))?.waiters).toMatchObject([{ key: 'FollowUp', position: 'promise' }]);
  });
});
