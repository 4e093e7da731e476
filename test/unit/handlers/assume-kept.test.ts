import { beforeEach, describe, expect, it } from 'vitest';
import { createHandler } from '../../../functions/assume-kept/handler.ts';
import type { Entry } from '../../../functions/core/journal.ts';
import { foldPromises } from '../../../functions/core/promises/fold.ts';
import { promiseTask } from '../../fixtures/invocations.ts';
import { type MemoryWorld, memoryWorld } from '../../fixtures/memory-ports.ts';
import { at, SALE, told } from '../../fixtures/sales.ts';
import { putSale, run, toldOf } from './sale-on-file.ts';

let world: MemoryWorld;
const NOW = at(24, '10:00');
const asked: Entry[] = [told.promised(at(17)), told.proposed(at(17))];

beforeEach(async () => {
  world = memoryWorld();
});

const assume = async (since: Entry[]) => {
  await putSale(world, since);
  await world.sales.wait(SALE, { key: 'FollowUp', position: 'promise', token: 'follow-up', until: at(30) });
  const { token: _, ...task } = promiseTask(NOW);
  return run(createHandler(world.ports), task);
};

const status = () => foldPromises(world.sales.entries(SALE))[0]?.status;

describe('silence after staff said it is done', () => {
  it('is assumed, and the follow-up goes on', async () => {
    const result = await assume(asked);

    expect(result).toEqual({ did: 'assumed' });
    expect(status()).toBe('assumed');
    expect(toldOf(world)).toEqual(['ReviewLater']);
  });

  it('keeps the follow-up waiting while something else is owed', async () => {
    await assume([...asked, told.promised(at(17), 'call')]);

    expect(toldOf(world)).toEqual([]);
  });

  it('is no silence when the customer closed it in the last second', async () => {
    expect(await assume([...asked, told.judged(NOW, true)])).toEqual({ did: 'nothing to assume' });
    expect(status()).toBe('kept');
  });

  it.each<[string, Entry]>([
    ['the customer said not yet', told.judged(NOW, false)],
    ['it was handed over', told.handedOver(NOW)],
  ])('is no silence and the promise goes on when in the last second %s', async (_, entry) => {
    await expect(assume([...asked, entry])).rejects.toMatchObject({ name: 'NotYet' });
    expect(status()).not.toBe('assumed');
  });

  it('is no silence when the customer says not yet a moment before it is written: the workflow goes on', async () => {
    const word = told.judged(at(24, '09:59:59.000'), false);
    world.onceAfter('sales.load', () => void world.sales.append(SALE, word));

    await expect(assume(asked)).rejects.toMatchObject({ name: 'NotYet' });
    expect(status()).toBe('proposed');
  });

  it('is refused by what the customer says a moment after: it goes up under a workflow of its own', async () => {
    const word = told.judged(at(24, '10:00:01.000'), false);
    world.onceAfter('sales.append promise#resolve-1#assumed', () => void world.sales.append(SALE, word));

    await assume(asked);

    const [promise] = foldPromises(world.sales.entries(SALE));
    expect(promise).toMatchObject({ status: 'open', level: 1, cycle: 2 });
    expect(world.workflows.executions.map(({ machine }) => machine)).toEqual(['Promise']);
  });
});
