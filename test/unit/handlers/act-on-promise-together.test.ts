import { beforeEach, describe, expect, it } from 'vitest';
import { createHandler } from '../../../functions/act-on-promise/handler.ts';
import type { StaffAct } from '../../../functions/core/promises/staff-acts.ts';
import { stampOf } from '../../../functions/core/promises/staff-repeat.ts';
import { promiseOf } from '../../../functions/core/sale.ts';
import { actAsStaff } from '../../../functions/steps/act-as-staff.ts';
import { loadSale } from '../../../functions/steps/load.ts';
import { visit } from '../../fixtures/invocations.ts';
import { type MemoryWorld, memoryWorld } from '../../fixtures/memory-ports.ts';
import { at, SALE, told } from '../../fixtures/sales.ts';
import { journalOf, putLink, putSale, run, toldOf } from './sale-on-file.ts';

let world: MemoryWorld;
const NOW = at(17, '09:00');

beforeEach(async () => {
  world = memoryWorld();
  await putSale(world, [told.promised(at(16), 'call', { because: 'staff', by: 'nora', dueAt: at(18) })]);
});

/** What somebody sees when they open the page: they act on it whatever happens meanwhile. */
const look = async (by: string, now = NOW) => {
  const { sale } = await loadSale(world.ports, SALE);
  const promise = promiseOf(sale, 'call-1');
  if (promise === undefined) throw new Error('nothing is owed');
  return { sale, promise, by, now, seen: stampOf(promise) };
};
const act = async (by: string, what: StaffAct, now?: string) =>
  actAsStaff(world.ports, await look(by, now), what);

describe('two at the same instant', () => {
  it('say it is done: one wins, the other is told, one word is stored', async () => {
    const [nora, lio] = [await look('nora'), await look('lio')];

    const answers = await Promise.all([
      actAsStaff(world.ports, nora, { act: 'done', what: 'Rang her.' }),
      actAsStaff(world.ports, lio, { act: 'done', what: 'Wrote to her.' }),
    ]);

    expect(answers.sort()).toEqual(['done', 'overtaken']);
    expect(journalOf(world).filter((type) => type === 'proposed')).toHaveLength(1);
  });

  it('take it: exactly one has it', async () => {
    const owner = await look('nora');
    const system = await look('system');

    const answers = await Promise.all([
      actAsStaff(world.ports, owner, { act: 'take' }),
      actAsStaff(world.ports, system, { act: 'take' }),
    ]);

    expect(answers.sort()).toEqual(['done', 'overtaken']);
  });

  it('on the page: the one who lost reads so, sees how it stands, and keeps the text', async () => {
    const handler = createHandler(world.ports);
    const token = await putLink(world, 'staff', { promise: 'call-1', staff: 'lio' });
    const nora = await look('nora');
    world.onceAfter('sales.load', () => {
      world.heal();
      void world.sales.append(SALE, {
        type: 'proposed',
        at: NOW,
        promise: 'call-1',
        n: 1,
        by: nora.by,
        private: { what: 'Rang her.' },
      });
    });

    const answer = await run(
      handler,
      visit('p', token, { at: NOW, form: { act: 'done', what: 'I <wrote>.' } }),
    );

    expect(answer.statusCode).toBe(409);
    expect(answer.body).toContain('This has changed since you opened it');
    expect(answer.body).toContain('Rang her.');
    expect(answer.body).toContain('I &lt;wrote&gt;.');
  });
});

describe('the same person twice', () => {
  it.each<StaffAct>([
    { act: 'take' },
    { act: 'done', what: 'Rang her.' },
    { act: 'hand-over', to: 'lio' },
    { act: 'more-time', dueAt: at(20) },
    { act: 'offer', to: at(20) },
    { act: 'withdraw', reason: 'She has it.' },
  ])('$act: both presses hear that it is so, and it happened once', async (what) => {
    const seen = await look('nora');

    const answers = [await actAsStaff(world.ports, seen, what)];
    const fresh = await look('nora');
    answers.push(await actAsStaff(world.ports, { ...fresh, seen: seen.seen }, what));
    answers.push(await actAsStaff(world.ports, seen, what));

    expect(answers).toEqual(['done', 'done', 'done']);
    expect(journalOf(world).slice(1)).toHaveLength(1);
  });
});

describe('a page that is out of date', () => {
  it('decides nothing about what was not seen', async () => {
    const old = await look('nora');
    await act('nora', { act: 'more-time', dueAt: at(20) });
    const before = world.bytes();

    const answer = await actAsStaff(
      world.ports,
      { ...(await look('ines')), seen: old.seen },
      { act: 'hand-over', to: 'lio' },
    );

    expect(answer).toBe('overtaken');
    expect(world.bytes()).toBe(before);
  });

  it('is none where nobody said what they saw', async () => {
    await act('nora', { act: 'more-time', dueAt: at(20) });

    expect(await actAsStaff(world.ports, { ...(await look('nora')), seen: undefined }, { act: 'take' })).toBe(
      'done',
    );
  });
});

describe('acting', () => {
  it('tells the workflow that waits', async () => {
    await world.sales.wait(SALE, {
      key: 'call-1',
      position: 'owner',
      token: 'waiting',
      until: at(18),
      turn: 1,
    });

    await act('nora', { act: 'done', what: 'Rang her.' });

    expect(toldOf(world)).toEqual(['success']);
  });

  it('refused tells nobody and writes nothing', async () => {
    const before = world.bytes();

    expect(await act('lio', { act: 'take' })).toBe('not-yours');
    expect(world.bytes()).toBe(before);
  });
});
