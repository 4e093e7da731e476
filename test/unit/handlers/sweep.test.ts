import { beforeEach, describe, expect, it } from 'vitest';
import type { Configuration } from '../../../functions/core/configuration.ts';
import type { Entry } from '../../../functions/core/journal.ts';
import { foldPromises } from '../../../functions/core/promises/fold.ts';
import type { PromiseRow } from '../../../functions/core/promises/row.ts';
import { rowOf } from '../../../functions/core/promises/row.ts';
import { promiseName } from '../../../functions/steps/execution-names.ts';
import { loadSale } from '../../../functions/steps/load.ts';
import { createHandler } from '../../../functions/sweep/handler.ts';
import { configuration, configurationInput, withAbsent } from '../../fixtures/configuration.ts';
import { context } from '../../fixtures/invocations.ts';
import { type MemoryWorld, memoryWorld } from '../../fixtures/memory-ports.ts';
import { at, SALE, told } from '../../fixtures/sales.ts';
import { journalOf, putSale, run, toldOf } from './sale-on-file.ts';

let world: MemoryWorld;
/** Tuesday the 17th, in the middle of the working day. */
const NOW = at(17, '14:00');
const owed: Entry[] = [told.promised(at(16), 'resolve', { dueAt: at(17, '12:00') })];

beforeEach(() => {
  world = memoryWorld();
});

const sweep = (time = NOW, check?: 'daily') =>
  run(createHandler(world.ports), { time, ...(check === undefined ? {} : { check }) });

const promise = () => foldPromises(world.sales.entries(SALE))[0];

/** Puts the row as it was written when the promise was looked at last. */
const list = async (when: string, more: Partial<PromiseRow> = {}): Promise<void> => {
  const { sale } = await loadSale(world.ports, SALE);
  const [one] = sale.promises;
  const row = one && rowOf(world.ports.settings.config, sale, one, when);
  if (row === undefined) throw new Error('Nothing is owed');
  await world.lists.keep({ ...row, ...more }, 0);
};

const wait = (until: string, token = 'token') =>
  world.sales.wait(SALE, { key: 'resolve-1', position: 'owner', token, until, turn: 1 });

const nameOf = (cycle: number) => promiseName(world.ids, SALE, 'resolve-1', cycle);
const started = () => world.workflows.executions.map(({ name }) => name);

/** Its workflow has been started under its first name, and has come to nothing. */
const dead = async (until = at(17, '12:00')): Promise<void> => {
  await putSale(world, owed);
  await list(at(16, '11:00'), { nextAt: at(17, '12:00') });
  await world.workflows.startPromise(nameOf(1), {});
  world.workflows.die(nameOf(1));
  world.workflows.expire('token');
  await wait(until);
};

const fail = (): never => {
  throw new Error('There is no row');
};

describe('when nothing is wrong', () => {
  it('reads the list and the notes once, loads no sale and writes nothing', async () => {
    await putSale(world, owed);
    await list(at(16, '11:00'), { nextAt: at(17, '13:51') });
    world.operations.length = 0;
    const before = world.bytes();

    const result = await sweep();

    expect(result).toMatchObject({ open: 1, late: 0, looked: 0 });
    expect(world.operations).toEqual([]);
    expect(world.bytes()).toBe(before);
  });

  it('rests until the next row is late, or the next day of work begins', async () => {
    await putSale(world, owed);
    await list(at(16), { nextAt: at(17, '15:00') });
    expect((await sweep()).restsUntil).toBe(at(17, '15:10'));

    await list(at(16), { nextAt: at(20, '15:00') });
    expect((await sweep()).restsUntil).toBe(at(18, '08:00'));
    expect((await sweep(at(18, '07:59'))).restsUntil).toBe(at(18, '08:00'));
  });

  it('rests until something is written when nothing is owed', async () => {
    expect(await sweep()).toEqual({ open: 0, late: 0, looked: 0, restsUntil: null });
  });
});

describe('a row without a promise', () => {
  const announced: PromiseRow = {
    saleId: SALE,
    promise: 'resolve-1',
    kind: 'resolve',
    because: 'unhappy',
    status: 'open',
    owner: 'nora',
    level: 0,
    strikes: 0,
    severity: 'normal',
    madeAt: at(17, '13:00'),
    dueAt: at(17, '16:00'),
    nextAt: at(17, '13:00'),
    amount: 0,
  };

  it('stays for an hour, for its promise may be on its way', async () => {
    await putSale(world);
    await world.lists.keep(announced, 0);

    await sweep(at(17, '14:00'));
    expect(world.lists.open()).toHaveLength(1);
    await sweep(at(17, '14:01'));
    expect(world.lists.open()).toEqual([]);
  });

  it('goes as well when there is no such sale', async () => {
    await world.lists.keep(announced, 0);

    await sweep(at(17, '15:00'));

    expect(world.lists.open()).toEqual([]);
  });
});

describe('a promise that nobody waits for', () => {
  it('is started when it never was', async () => {
    await putSale(world, owed);
    await list(at(16, '11:00'), { nextAt: at(17, '12:00') });

    await sweep();

    expect(started()).toEqual([nameOf(1)]);
    expect(journalOf(world)).not.toContain('rescued');
  });

  it('is told its news first, and left alone when somebody hears them', async () => {
    await putSale(world, [...owed, told.taken(at(17, '11:00'))]);
    await list(at(16, '11:00'), { nextAt: at(17, '12:00') });
    await world.workflows.startPromise(nameOf(1), {});
    await wait(at(17, '12:00'));

    await sweep();

    expect(toldOf(world)).toEqual(['Rescheduled']);
    expect(started()).toEqual([nameOf(1)]);
    expect(journalOf(world)).not.toContain('rescued');
  });

  it('gets a new workflow when the old one has died, and the journal says so', async () => {
    await dead();

    await sweep();

    expect(journalOf(world)).toContain('rescued');
    expect(started()).toEqual([nameOf(1), nameOf(2)]);
    expect(promise()).toMatchObject({ rescues: 1, cycle: 2, status: 'open', owner: 'nora' });
  });

  it('is left alone while the platform is still trying', async () => {
    await putSale(world, owed);
    await list(at(16, '11:00'), { nextAt: at(17, '12:00') });
    await world.workflows.startPromise(nameOf(1), {});
    await wait(at(17, '12:00'));

    await sweep();

    expect(journalOf(world)).not.toContain('rescued');
    expect(started()).toEqual([nameOf(1)]);
  });

  it('is given ten minutes', async () => {
    await dead();

    await sweep(at(17, '12:10'));
    expect(started()).toEqual([nameOf(1)]);
    await sweep(at(17, '12:11'));
    expect(started()).toEqual([nameOf(1), nameOf(2)]);
  });

  it('is rescued once however often the sweeper comes, and again when the next one dies as well', async () => {
    await dead();

    await sweep();
    await sweep();
    await sweep(at(17, '15:00'));
    expect(started()).toEqual([nameOf(1), nameOf(2)]);

    world.workflows.die(nameOf(2));
    await sweep(at(17, '16:00'));
    expect(started()).toEqual([nameOf(1), nameOf(2), nameOf(3)]);
  });

  it('is rescued after a run that died between the entry and the start', async () => {
    await dead();
    world.failOnce('workflows.start Promise');
    await sweep();
    world.heal();

    await sweep();

    expect(started().at(-1)).toBe(nameOf(2));
    expect(promise()?.rescues).toBe(1);
  });

  it('does not keep the others waiting when it cannot be loaded', async () => {
    await dead();
    const [row = fail()] = world.lists.open();
    await world.lists.keep({ ...row, promise: 'call-7', madeAt: at(1), nextAt: at(2) }, 0);
    world.failOnce('sales.load');

    await sweep();

    expect(journalOf(world)).toContain('rescued');
    expect(
      world.lists
        .open()
        .map(({ promise: id }) => id)
        .sort(),
    ).toEqual(['call-7', 'resolve-1']);
  });
});

describe('a row that is out of date', () => {
  it('is written again when somebody does wait', async () => {
    await putSale(world, owed);
    await list(at(16, '11:00'), { nextAt: at(17, '09:00'), dueAt: at(17, '10:00') });
    await wait(at(17, '15:00'));

    await sweep();

    expect(world.lists.open()).toMatchObject([{ dueAt: at(17, '12:00') }]);
    expect(toldOf(world)).toEqual([]);
  });

  it('goes when the customer has closed the promise', async () => {
    await putSale(world, owed);
    await list(at(16, '11:00'), { nextAt: at(17, '12:00') });
    await world.sales.append(SALE, told.judged(at(17, '11:00'), true));

    await sweep();

    expect(world.lists.open()).toEqual([]);
    expect(started()).toEqual([]);
  });

  it('does not go before the sale is told that nothing is owed any more', async () => {
    await putSale(world, owed);
    await list(at(16, '11:00'), { nextAt: at(17, '12:00') });
    await world.sales.wait(SALE, { key: 'FollowUp', position: 'promise', token: 'sale', until: at(30) });
    await world.sales.append(SALE, told.judged(at(17, '11:00'), true));

    await sweep();

    expect(world.lists.open()).toEqual([]);
    expect(world.workflows.told).toMatchObject([{ token: 'sale' }]);
  });
});

describe('while the customer has the ball', () => {
  const proposed = [...owed, told.proposed(at(16, '15:00'))];

  it('is not looked at before their time is over', async () => {
    await putSale(world, proposed);
    await list(at(16, '15:00'));

    expect((await sweep(at(18, '14:00'))).late).toBe(0);
    expect((await sweep(at(19, '15:30'))).late).toBe(1);
    expect((await sweep(at(19, '17:00'))).late).toBe(0);
    expect((await sweep(at(24, '12:00'))).late).toBe(1);
  });

  it('rests until then', async () => {
    await putSale(world, proposed);
    await list(at(16, '15:00'));

    expect((await sweep(at(19, '14:59'))).restsUntil).toBe(at(19, '15:10'));
  });

  it('keeps the name of whoever said it is done, even when they have left', async () => {
    world = memoryWorld(withAbsent('nora'));
    await putSale(world, proposed);
    await list(at(16, '15:00'));

    await sweep();

    expect(promise()).toMatchObject({ owner: 'nora', status: 'proposed' });
  });
});

const without = (...ids: string[]): Configuration =>
  configuration({ staff: configurationInput().staff.filter(({ id }) => !ids.includes(id)) });

describe('an owner who works here no more', () => {
  it.each<[string, Configuration]>([
    ['is marked as gone', withAbsent('nora')],
    ['has gone from the configuration', without('nora')],
  ])('passes it on when they %s, and the journal says why', async (_, config) => {
    world = memoryWorld(config);
    await putSale(world, owed);
    await list(at(16, '11:00'), { nextAt: at(17, '15:00') });
    await world.workflows.startPromise(nameOf(1), {});
    await wait(at(17, '15:00'));

    await sweep(at(17, '10:00'));

    expect(promise()).toMatchObject({ owner: 'lio', handovers: 1 });
    expect(world.sales.entries(SALE).at(-1)).toMatchObject({ type: 'handed-over', because: 'left' });
    expect(world.lists.open()).toMatchObject([{ owner: 'lio' }]);
    expect(toldOf(world)).toEqual(['Rescheduled']);
  });

  it('passes it on once', async () => {
    world = memoryWorld(withAbsent('nora'));
    await putSale(world, owed);
    await list(at(16, '11:00'));

    await sweep(at(17, '10:00'));
    await sweep(at(17, '11:00'));

    expect(promise()?.handovers).toBe(1);
  });

  it('does not let what has climbed the ladder fall off it', async () => {
    world = memoryWorld(without('ines'));
    await putSale(world, [...owed, told.escalated(at(17, '12:00'), { dueAt: at(18, '09:00') })]);
    await list(at(17, '12:00'));

    await sweep();

    expect(promise()).toMatchObject({ owner: 'urs', level: 2 });
  });
});

describe('a run', () => {
  it('takes as many as fit, the longest overdue first, and the rest in the hours after it', async () => {
    await putSale(world);
    await putSale(world, owed);
    await list(at(16, '11:00'), { nextAt: at(17, '12:00') });
    const [row] = world.lists.open();
    for (let n = 1; n <= 150; n += 1)
      await world.lists.keep({ ...(row ?? fail()), promise: `call-${n}`, madeAt: at(1), nextAt: at(2) }, 0);

    const first = await sweep();
    expect(first).toMatchObject({ late: 151, looked: 100 });
    const second = await sweep(at(17, '15:00'));
    expect(second).toMatchObject({ late: 51, looked: 51 });
    expect(world.lists.open().map(({ promise: id }) => id)).toEqual(['resolve-1']);
  });

  it('stops while there is time left to end', async () => {
    await putSale(world, owed);
    await list(at(16, '11:00'), { nextAt: at(17, '12:00') });

    const result = await createHandler(world.ports)(
      { time: NOW },
      { ...context, getRemainingTimeInMillis: () => 9999 },
    );

    expect(result).toMatchObject({ late: 1, looked: 0 });
    expect(result.restsUntil).toBe(NOW);
  });

  it('fails for an event without a time', async () => {
    await expect(sweep('yesterday')).rejects.toMatchObject({ name: 'BadInput' });
  });
});
