import { beforeEach, describe, expect, it } from 'vitest';
import type { Entry } from '../../../functions/core/journal.ts';
import { PromisePlan } from '../../../functions/core/plan.ts';
import { foldPromises } from '../../../functions/core/promises/fold.ts';
import { createHandler } from '../../../functions/raise-promise/handler.ts';
import { promiseTask } from '../../fixtures/invocations.ts';
import { type MemoryWorld, memoryWorld } from '../../fixtures/memory-ports.ts';
import { since } from '../../fixtures/promise-entries.ts';
import { at, SALE, told } from '../../fixtures/sales.ts';
import { putSale, run } from './sale-on-file.ts';

let world: MemoryWorld;
const NOW = at(17, '14:00:00.500');
const owed: Entry[] = [told.promised(at(17), 'resolve', { dueAt: at(17, '14:00') })];
const refused: Entry[] = [told.proposed(at(17, '11:00')), told.judged(at(17, '12:00'), false)];

beforeEach(() => {
  world = memoryWorld();
});

const raise = (because: 'overdue' | 'not-yet', more: Parameters<typeof promiseTask>[1] = {}) => {
  const { token: _, ...task } = promiseTask(NOW, more);
  return run(createHandler(world.ports), { ...task, because });
};

const promise = () => foldPromises(world.sales.entries(SALE))[0];

describe('a broken promise', () => {
  it('goes one level up with a new due time and hands over the new calendar', async () => {
    await putSale(world, owed);

    const { did, plan } = await raise('overdue');

    expect(did).toBe('escalated');
    expect(promise()).toMatchObject({ owner: 'ines', level: 1, strikes: 1, status: 'open' });
    expect(PromisePlan.parse(plan)).toMatchObject({ turn: 2 });
    expect(promise()?.dueAt).toBe(at(18, '10:00:00.500'));
  });

  it('climbs to the head of the business and stays there', async () => {
    await putSale(world, [
      ...owed,
      told.escalated(at(17, '11:00'), { dueAt: at(17, '12:00') }),
      told.escalated(at(17, '12:00'), { strike: 2, owner: 'urs', level: 2, dueAt: at(17, '13:00') }),
    ]);

    await raise('overdue');

    expect(promise()).toMatchObject({ owner: 'urs', level: 2, strikes: 3 });
  });

  it('goes up when the customer says not yet, also before the time has passed', async () => {
    await putSale(world, [told.promised(at(17), 'resolve', { dueAt: at(20) }), ...refused]);

    expect(await raise('not-yet')).toMatchObject({ did: 'escalated' });
    expect(promise()).toMatchObject({ strikes: 1, isRefused: false });
  });

  it('goes up once however often it is run', async () => {
    await putSale(world, owed);

    await raise('overdue');
    const again = await raise('overdue', { retry: 1 });

    expect(again.did).toBe('nothing to raise');
    expect(again.plan.turn).toBe(2);
    expect(promise()?.strikes).toBe(1);
  });

  it('goes up once when a crash hid that it was written', async () => {
    await putSale(world, owed);
    world.failOnce('sales.append promise#resolve-1#escalated', 'after');
    await expect(raise('overdue')).rejects.toThrow();

    await raise('overdue', { retry: 1 });

    expect(promise()?.strikes).toBe(1);
  });
});

describe('a visit nobody came to', () => {
  const DUE = at(19, '11:15');
  const booked = [since.visitPromised(at(10)), since.booked(at(10))];
  const missed = () => {
    const { token: _, ...task } = promiseTask(DUE, { promise: 'visit-1' });
    return run(createHandler(world.ports), { ...task, because: 'overdue' as const });
  };

  it('goes up, and the call that follows has a workflow and a line on the desk', async () => {
    await putSale(world, booked);

    const { did } = await missed();

    expect(did).toBe('missed, promised, escalated');
    expect(world.workflows.executions.map(({ input }) => PromisePlan.parse(input).promise)).toContain(
      'call-1',
    );
    expect(world.lists.open().map((row) => `${row.promise} ${row.owner}`)).toEqual([
      /* The visit's customer waits since the visit. */
      'visit-1 ines',
      'call-1 ines',
    ]);
  });

  it.each([
    ['sales.append promise#visit-1#missed', 'after'],
    ['sales.append promise#call-1#promised', 'before'],
    ['sales.append promise#call-1#promised', 'after'],
    ['sales.append promise#visit-1#escalated', 'before'],
    ['sales.append promise#visit-1#escalated', 'after'],
    ['workflows.start Promise', 'before'],
  ] as const)('is one strike and one call after a crash at %s, %s it', async (operation, when) => {
    await putSale(world, booked);
    world.failOnce(operation, when);
    await expect(missed()).rejects.toThrow();

    await missed();

    const promises = foldPromises(world.sales.entries(SALE));
    expect(promises.map(({ id, strikes }) => `${id} ${strikes}`)).toEqual(['visit-1 1', 'call-1 0']);
    expect(world.workflows.executions.filter(({ name }) => name.includes('call-1'))).toHaveLength(1);
  });
});

describe('an offered time nobody answers', () => {
  it('lapses, and whoever owes it has the ball again', async () => {
    await putSale(world, [...owed, since.offered(at(17, '10:00'), { dueAt: at(17, '13:00') })]);

    expect(await raise('overdue')).toMatchObject({ did: 'offer-lapsed' });
    expect(promise()).toMatchObject({ status: 'open', owner: 'nora', strikes: 0 });
  });
});

describe('an offered time that was taken', () => {
  it('is booked after all when a crash came between, before anybody counts on it in vain', async () => {
    const on = { promise: 'visit-1' } as const;
    const [from, to] = [at(20, '09:00'), at(20, '11:00')];
    await putSale(world, [
      since.visitPromised(at(10)),
      since.booked(at(10)),
      since.offered(at(16), { ...on, from, to }),
      since.answered(at(17), true, { ...on, dueAt: at(20, '11:15') }),
    ]);

    const { token: _, ...task } = promiseTask(NOW, on);
    const raised = await run(createHandler(world.ports), { ...task, because: 'overdue' as const });

    expect(raised).toMatchObject({ did: 'booked' });
    expect(promise()).toMatchObject({ status: 'open', strikes: 0, booking: { from, n: 2, isOff: false } });
  });
});

describe('a promise that is not broken', () => {
  it.each<[string, Entry, 'overdue' | 'not-yet']>([
    ['staff said it is done in the last second', told.proposed(NOW), 'overdue'],
    ['somebody took it and has longer', told.taken(NOW), 'overdue'],
    ['it was handed over and has longer', told.handedOver(NOW), 'overdue'],
    ['the customer closed it', told.judged(NOW, true), 'overdue'],
    ['it was waived', told.waived(NOW), 'not-yet'],
    ['nobody refused it', told.proposed(NOW), 'not-yet'],
  ])('stays where it is when %s', async (_, entry, because) => {
    await putSale(world, [...owed, entry]);

    const { did } = await raise(because);

    expect(did).toBe('nothing to raise');
    expect(promise()?.strikes).toBe(0);
  });

  it('does not exist: an error', async () => {
    await putSale(world);

    await expect(raise('overdue')).rejects.toMatchObject({ name: 'BadInput' });
  });
});
