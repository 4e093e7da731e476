/** A workflow that failed, whose promise the sweeper gave another one, and which was then redriven. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Entry } from '../../../functions/core/journal.ts';
import { createHandler } from '../../../functions/keep-promise/handler.ts';
import { createHandler as createRaise } from '../../../functions/raise-promise/handler.ts';
import { promiseTask } from '../../fixtures/invocations.ts';
import { type MemoryWorld, memoryWorld } from '../../fixtures/memory-ports.ts';
import { at, SALE, told } from '../../fixtures/sales.ts';
import { planned } from './planned.ts';
import { journalOf, putSale, run, toldOf } from './sale-on-file.ts';

let world: MemoryWorld;
const NOW = at(17, '10:00');
const rescued: Entry = { type: 'rescued', at: at(17, '09:30'), promise: 'resolve-1', n: 1 };
const owed: Entry[] = [
  told.replied(at(17, '09:00'), 1),
  told.promised(at(17, '09:00'), 'resolve', { dueAt: at(17, '14:00'), reply: 1 }),
];

const keep = async (position: 'owner' | 'ask' | 'again', cycle: number | undefined, token: string) => {
  const task = await planned(world, NOW, { token });
  const plan = cycle === undefined ? task.plan : { ...task.plan, cycle };
  return run(createHandler(world.ports), { ...task, plan, position });
};

const tokens = async () => (await world.sales.load(SALE))?.waiters.map(({ token }) => token);

beforeEach(async () => {
  world = memoryWorld();
  await putSale(world, [...owed, rescued]);
});

describe('a workflow that another one has overtaken', () => {
  it('takes nobody’s place, says nothing and ends', async () => {
    await keep('owner', 2, 'second');
    const before = journalOf(world);

    expect(await keep('owner', 1, 'first')).toEqual({ did: 'PromiseClosed' });

    expect(await tokens()).toEqual(['second']);
    expect(world.workflows.told).toMatchObject([{ token: 'first' }]);
    expect(journalOf(world)).toEqual(before);
  });

  it('ends as well when it waits before the other has begun to, and makes sure that there is one', async () => {
    expect(await keep('owner', 1, 'first')).toEqual({ did: 'PromiseClosed' });

    expect(world.workflows.executions.map(({ input }) => input)).toMatchObject([{ cycle: 2 }]);
    await keep('owner', 2, 'second');
    expect(await tokens()).toEqual(['second']);
  });

  it.each(['ask', 'again'] as const)('ends as well where the customer is asked (%s)', async (position) => {
    await keep('owner', 2, 'second');

    await keep(position, 1, 'first');

    expect(toldOf(world)).toEqual(['success']);
    expect(await tokens()).toEqual(['second']);
  });

  it('stays the earlier one when its clock has come', async () => {
    const task = promiseTask(NOW);
    const { token: _, ...step } = { ...task, plan: { ...task.plan, cycle: 1 } };

    const { plan } = await run(createRaise(world.ports), { ...step, because: 'overdue' });

    expect(plan).toMatchObject({ cycle: 1 });
  });
});

describe('the newest workflow of a promise', () => {
  it('waits, and again when its run is repeated', async () => {
    await keep('owner', 2, 'second');
    await keep('owner', 2, 'again');

    expect(await tokens()).toEqual(['again']);
    expect(toldOf(world)).toEqual([]);
  });

  it('is not asked which it is when its plan was made before plans said so', async () => {
    await keep('owner', undefined, 'old');

    expect(await tokens()).toEqual(['old']);
    expect(toldOf(world)).toEqual([]);
  });
});
