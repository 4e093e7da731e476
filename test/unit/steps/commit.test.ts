import { beforeEach, describe, expect, it } from 'vitest';
import type { Entry } from '../../../functions/core/journal.ts';
import type { PromiseEntry } from '../../../functions/core/promises/entries.ts';
import { timeIsUp } from '../../../functions/core/promises/ladder.ts';
import { promiseOf } from '../../../functions/core/sale.ts';
import { commit } from '../../../functions/steps/commit.ts';
import { loadSale } from '../../../functions/steps/load.ts';
import { projectPromises } from '../../../functions/steps/project.ts';
import { type MemoryWorld, memoryWorld } from '../../fixtures/memory-ports.ts';
import { since, WINDOW } from '../../fixtures/promise-entries.ts';
import { at, SALE } from '../../fixtures/sales.ts';
import { putSale } from '../handlers/sale-on-file.ts';

const ELSE = 'shop/other#visit-1';
const LATER = { from: at(24, '09:00'), to: at(24, '11:00'), dueAt: at(24, '11:15') };
const NOW = at(17, '10:00');

let world: MemoryWorld;

beforeEach(() => {
  world = memoryWorld();
});

/** Only entries of promises can be committed. */
const ofPromise = (entry: Entry): PromiseEntry[] => ('promise' in entry ? [entry] : []);
const write = async (entries: Entry[], ports = world.ports) =>
  commit(ports, (await loadSale(world.ports, SALE)).sale, entries.flatMap(ofPromise));
const isFree = (window: { from: string; to: string }, provider = 'nora', holder = ELSE) =>
  world.ports.bookings.reserve(provider, window.from, window.to, holder);
const owed = async (id: string) => promiseOf((await loadSale(world.ports, SALE)).sale, id);

type Port = 'sales' | 'lists' | 'bookings';

/** The process dies before or after the nth write. */
const dying = (nth: number, moment: 'before' | 'after') => {
  let count = 0;
  const mortal = <T extends object>(port: T, names: readonly string[]): T =>
    new Proxy(port, {
      get: (target, name, receiver) => {
        const original: unknown = Reflect.get(target, name, receiver);
        if (typeof original !== 'function' || !names.includes(String(name))) return original;
        return async (...parameters: unknown[]) => {
          count += 1;
          const isNow = count === nth;
          if (isNow && moment === 'before') throw new Error('the process ended');
          const result: unknown = await Reflect.apply(original, target, parameters);
          if (isNow) throw new Error('the process ended');
          return result;
        };
      },
    });
  const { sales, lists, bookings } = world.ports;
  const ports: Pick<MemoryWorld['ports'], Port> = {
    sales: mortal(sales, ['append']),
    lists: mortal(lists, ['keep', 'drop', 'score']),
    bookings: mortal(bookings, ['reserve', 'release']),
  };
  return { ports: { ...world.ports, ...ports }, writes: () => count };
};

describe('committing what was decided', () => {
  it('writes the entries in their order, and puts a new promise on the lists first', async () => {
    await putSale(world);
    const visit = [since.visitPromised(NOW), since.booked(NOW)];
    world.onceAfter('sales.append promise#visit-1#promised', () => {
      expect(world.lists.open()).toMatchObject([{ promise: 'visit-1', owner: 'nora', nextAt: NOW }]);
    });

    expect(await write(visit)).toBe('done');
    expect(world.sales.entries(SALE).slice(2)).toEqual(visit);
    expect.assertions(3);
  });

  it('writes nothing when the provider has another visit then', async () => {
    await putSale(world, [since.visitPromised(at(10))]);
    await isFree({ from: at(19, '10:45'), to: at(19, '12:00') });
    const before = world.bytes();

    const committed = await write([since.booked(NOW)]);

    expect(committed).toBe('provider-busy');
    expect(world.bytes()).toBe(before);
    expect(await isFree({ from: at(19, '09:00'), to: at(19, '10:45') }, 'nora', 'shop/third#visit-1')).toBe(
      true,
    );
  });

  it('keeps the time of a visit from everybody else, and gives it back with a new time', async () => {
    await putSale(world, [since.visitPromised(at(10))]);
    await write([since.booked(at(11))]);
    expect(await isFree(WINDOW)).toBe(false);

    await write([since.booked(NOW, { n: 2, ...LATER })]);

    expect(await isFree(WINDOW)).toBe(true);
    expect(await isFree(LATER)).toBe(false);
  });

  it('keeps what old and new time have in common', async () => {
    await putSale(world, [since.visitPromised(at(10))]);
    await write([since.booked(at(11))]);

    await write([since.booked(NOW, { n: 2, from: at(19, '10:00'), to: at(19, '12:00') })]);

    expect(await isFree({ from: at(19, '09:00'), to: at(19, '10:00') })).toBe(true);
    expect(await isFree({ from: at(19, '10:00'), to: at(19, '11:00') }, 'nora', 'shop/third#visit-1')).toBe(
      false,
    );
  });

  it('keeps the time it has when the new one is not free', async () => {
    await putSale(world, [since.visitPromised(at(10))]);
    await write([since.booked(at(11))]);
    await isFree({ from: at(19, '11:00'), to: at(19, '12:00') });

    const wish = since.booked(NOW, { n: 2, from: at(19, '10:00'), to: at(19, '12:00') });

    expect(await write([wish])).toBe('provider-busy');
    expect(await isFree(WINDOW, 'nora', 'shop/third#visit-1')).toBe(false);
  });

  it('gives back the whole time of a visit that was late and is taken back', async () => {
    await putSale(world, [since.visitPromised(at(10))]);
    await write([since.booked(at(11))]);
    await write([since.delayed(at(19, '08:30'))]);

    await write([since.withdrawn(at(19, '08:40'), { promise: 'visit-1' })]);

    expect(await isFree(WINDOW)).toBe(true);
  });

  it('lets the time go that a colleague outran, and leaves them theirs', async () => {
    await putSale(world, [since.visitPromised(at(10))]);
    const { sale } = await loadSale(world.ports, SALE);
    await write([since.booked(NOW, LATER)]);

    const late = await commit(world.ports, sale, ofPromise(since.booked(NOW)));

    expect(late).toBe('overtaken');
    expect(await isFree(WINDOW)).toBe(true);
    expect(await isFree(LATER)).toBe(false);
  });

  it('says that somebody else was quicker', async () => {
    await putSale(world, [since.visitPromised(at(10))]);

    expect(await write([since.wished(NOW, { promise: 'visit-1' })])).toBe('done');
    expect(await write([since.wished(NOW, { promise: 'visit-1' })])).toBe('overtaken');
  });
});

describe('a crash while a visit is booked', () => {
  const visit = [since.visitPromised(NOW), since.booked(NOW)];
  const asOneByOne = async (ports: MemoryWorld['ports']) => {
    for (const entry of visit) await write([entry], ports);
    await projectPromises(world.ports, await loadSale(world.ports, SALE), NOW);
  };
  const state = async () => ({
    journal: world.sales.dump(),
    rows: world.lists.open(),
    isTaken: !(await isFree(WINDOW)),
  });

  it.each([1, 2, 3, 4].flatMap((nth) => [[nth, 'before'] as const, [nth, 'after'] as const]))(
    'comes to the same when it is done again: %s, %s',
    async (nth, moment) => {
      await putSale(world);
      const { ports, writes } = dying(nth, moment);
      await expect(asOneByOne(ports)).rejects.toThrow('the process ended');
      expect(writes()).toBe(nth);

      await asOneByOne(world.ports);

      const crashed = await state();
      world = memoryWorld();
      await putSale(world);
      await asOneByOne(world.ports);
      expect(crashed).toEqual(await state());
    },
  );
});

describe('a crash while a missed visit is written down', () => {
  const DUE = at(19, '11:15');
  const settle = async (ports: MemoryWorld['ports'], now: string) => {
    const { sale } = await loadSale(world.ports, SALE);
    const promise = promiseOf(sale, 'visit-1');
    if (promise === undefined) throw new Error('There is no visit');
    await commit(ports, sale, timeIsUp(world.ports.settings.config, sale, promise, now));
    await projectPromises(ports, await loadSale(world.ports, SALE), now);
  };

  it.each([1, 2, 3, 4, 5, 6, 7].flatMap((nth) => [[nth, 'before'] as const, [nth, 'after'] as const]))(
    'leaves one strike, one call and the same lists: %s, %s',
    async (nth, moment) => {
      await putSale(world, [since.visitPromised(at(10)), since.booked(at(10))]);
      const { ports } = dying(nth, moment);
      await expect(settle(ports, DUE)).rejects.toThrow('the process ended');

      await settle(world.ports, at(19, '11:16'));

      expect(await owed('visit-1')).toMatchObject({
        strikes: 1,
        owner: 'ines',
        results: [{ result: 'broken' }],
      });
      expect(await owed('call-1')).toMatchObject({ after: 'visit-1', strikes: 0 });
      expect(await owed('call-2')).toBeUndefined();
      expect(world.lists.open().map(({ promise, owner }) => `${promise} ${owner}`)).toEqual([
        'visit-1 ines',
        'call-1 ines',
      ]);
      expect(await world.lists.scoresOf('nora', 10)).toHaveLength(1);
    },
  );
});
