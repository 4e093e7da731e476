import { beforeEach, describe, expect, it } from 'vitest';
import type { Listed, PromiseLists } from '../../../functions/adapters/ports.ts';
import type { Entry } from '../../../functions/core/journal.ts';
import { findSale } from '../../../functions/steps/load.ts';
import { projectPromises } from '../../../functions/steps/project.ts';
import { createMemoryLists } from '../../../lib/simulation/memory-lists.ts';
import { type MemoryWorld, memoryWorld } from '../../fixtures/memory-ports.ts';
import { since } from '../../fixtures/promise-entries.ts';
import { at, SALE, told } from '../../fixtures/sales.ts';
import { putSale } from '../handlers/sale-on-file.ts';

const NOW = at(17, '10:00');
const resolve = told.promised(NOW, 'resolve', { reply: 1, dueAt: at(20, '14:00') });

let world: MemoryWorld;
let wrote: string[];

const counting = (lists: PromiseLists): PromiseLists => ({
  ...lists,
  keep: async (row, scored) => {
    wrote.push(`keep ${row.promise} ${row.owner} ${scored}`);
    await lists.keep(row, scored);
  },
  drop: async (sale, promise, scored) => {
    wrote.push(`drop ${promise} ${scored}`);
    await lists.drop(sale, promise, scored);
  },
  score: async (score) => {
    wrote.push(`score ${score.owner} ${score.result}`);
    await lists.score(score);
  },
});

const project = async (now = NOW, lists: PromiseLists = world.ports.lists, listed?: Listed[]) => {
  const loaded = await findSale(world.ports, SALE);
  if (loaded === undefined) throw new Error('There is no sale');
  const stored = listed === undefined ? loaded.stored : { ...loaded.stored, listed };
  await projectPromises({ ...world.ports, lists: counting(lists) }, { ...loaded, stored }, now);
};
const happens = async (...entries: Entry[]) => {
  for (const entry of entries) await world.sales.append(SALE, entry);
};

beforeEach(async () => {
  world = memoryWorld();
  wrote = [];
  await putSale(world, [resolve]);
});

describe('the lists of the desk', () => {
  it('get a line when a promise is made, and nothing more while nothing changes', async () => {
    await project();
    await project();
    await project(at(17, '10:30'));

    expect(wrote).toEqual(['keep resolve-1 nora 0']);
  });

  it('get a new line when the next clock is another one', async () => {
    await project();
    await project(at(19, '09:00'));

    expect(wrote).toHaveLength(2);
    expect(world.lists.open()).toMatchObject([{ nextAt: at(20, '08:24') }]);
  });

  it('move it to the next owner, and score the turn that is over, once', async () => {
    await project();
    await happens(told.escalated(at(20, '14:00'), { dueAt: at(24) }));

    await project(at(20, '14:00'));
    await project(at(20, '14:00'));

    expect(wrote.slice(1)).toEqual(['score nora broken', 'keep resolve-1 ines 1']);
  });

  it('lose it when it is closed, and get it back when it is opened again', async () => {
    await project();
    await happens(told.proposed(at(18)), told.judged(at(19), true));
    await project(at(19));
    expect(world.lists.open()).toEqual([]);

    await happens(told.judged(at(20), false, { n: 2 }), told.escalated(at(20), { because: 'not-yet' }));
    await project(at(20));

    expect(wrote.slice(1)).toEqual(['score nora kept', 'drop resolve-1 1', 'keep resolve-1 ines 1']);
  });

  it('are the same when they are built anew from the journal', async () => {
    const visit = [
      since.visitPromised(at(18)),
      since.booked(at(18)),
      since.missed(at(19, '11:15')),
      told.escalated(at(19, '11:16'), { promise: 'visit-1', because: 'missed', dueAt: at(23) }),
    ];
    await project();
    for (const entry of [told.escalated(at(18), { dueAt: at(24) }), ...visit]) {
      await happens(entry);
      await project(entry.at);
    }
    const anew = createMemoryLists();

    await project(at(19, '11:16'), anew, []);

    expect(anew.open()).toEqual(world.lists.open());
    expect(anew.listedOf(SALE)).toEqual(world.lists.listedOf(SALE));
    expect(await anew.scoresOf('nora', 10)).toEqual(await world.lists.scoresOf('nora', 10));
  });

  it('put a miss right that was none: one kept visit, no broken one', async () => {
    await happens(
      since.visitPromised(at(18)),
      since.booked(at(18)),
      since.missed(at(19, '11:15')),
      told.escalated(at(19, '11:16'), { promise: 'visit-1', because: 'missed', dueAt: at(23) }),
    );
    await project(at(19, '11:16'));
    expect(await world.lists.scoresOf('nora', 10)).toMatchObject([{ result: 'broken' }]);

    await happens(told.judged(at(19, '12:00'), true, { promise: 'visit-1' }));
    await project(at(19, '12:00'));

    expect(await world.lists.scoresOf('nora', 10)).toMatchObject([{ result: 'kept', promise: 'visit-1' }]);
    expect(await world.lists.scoresOf('ines', 10)).toEqual([]);
  });

  it('are made whole by the next look when a crash comes between score and line', async () => {
    await project();
    await happens(told.escalated(at(20, '14:00'), { dueAt: at(24) }));
    const dying = { ...world.lists, keep: () => Promise.reject(new Error('the process ended')) };
    await expect(project(at(20, '14:00'), dying)).rejects.toThrow('the process ended');

    await project(at(20, '14:00'));

    expect(await world.lists.scoresOf('nora', 10)).toHaveLength(1);
    expect(world.lists.open()).toMatchObject([{ owner: 'ines' }]);
  });
});
