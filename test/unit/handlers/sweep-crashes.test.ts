/** Whatever step of whatever handler a process dies at, and its workflow with it: the sweeper puts it right. */
import { describe, expect, it } from 'vitest';
import type { KeeperPorts } from '../../../functions/adapters/ports.ts';
import type { Entry } from '../../../functions/core/journal.ts';
import { missedVisit } from '../../../functions/core/promises/ladder.ts';
import { isClosed } from '../../../functions/core/promises/promise.ts';
import { isPresent, memberOf } from '../../../functions/core/staff.ts';
import { createHandler as createMake } from '../../../functions/make-promise/handler.ts';
import { createHandler as createRaise } from '../../../functions/raise-promise/handler.ts';
import { commit } from '../../../functions/steps/commit.ts';
import { promiseName } from '../../../functions/steps/execution-names.ts';
import { loadSale } from '../../../functions/steps/load.ts';
import { createHandler as createSweep } from '../../../functions/sweep/handler.ts';
import { followUpTask, promiseTask } from '../../fixtures/invocations.ts';
import { type MemoryWorld, memoryWorld } from '../../fixtures/memory-ports.ts';
import { at, SALE, told } from '../../fixtures/sales.ts';
import { putSale, run } from './sale-on-file.ts';

class Died extends Error {}

/** The ports of a process that dies when it has asked `after` things of the world. */
const dying = (ports: KeeperPorts, after: number): KeeperPorts => {
  let asked = 0;
  const mortal = <P extends object>(port: P): P =>
    new Proxy(port, {
      get: (target, name) => {
        const call: unknown = Reflect.get(target, name);
        if (typeof call !== 'function') return call;
        return (...given: unknown[]) => {
          if (asked >= after) throw new Died(`after ${asked}`);
          asked += 1;
          return Reflect.apply(call, target, given);
        };
      },
    });
  const { sales, links, people, workflows, lists, bookings, mailer, notes, pager } = ports;
  return {
    ...ports,
    ...{ sales: mortal(sales), links: mortal(links), people: mortal(people), workflows: mortal(workflows) },
    ...{ lists: mortal(lists), bookings: mortal(bookings), mailer: mortal(mailer) },
    ...{ notes: mortal(notes), pager: mortal(pager) },
  };
};

const hour = (n: number) => new Date(Date.parse(at(17, '16:00')) + n * 3_600_000).toISOString();

/** What is not as it must be, in words; empty when every open promise is looked after. */
const complaints = async ({ ports, lists, workflows }: MemoryWorld, now: string): Promise<string[]> => {
  const { sale, stored } = await loadSale(ports, SALE);
  const { config } = ports.settings;
  const open = sale.promises.filter((promise) => !isClosed(promise));
  const rows = lists.open();
  const perPromise = open.map(async (promise) => {
    const owner = memberOf(config, promise.owner);
    const name = promiseName(ports.ids, SALE, promise.id, promise.cycle);
    const isWaiting = stored.waiters.some(({ key, until }) => key === promise.id && until > now);
    const isAlive = isWaiting || (await workflows.isPromiseRunning(name));
    return [
      ...(rows.some((row) => row.promise === promise.id && row.owner === promise.owner)
        ? []
        : [`${promise.id} has no row`]),
      ...(owner !== undefined && isPresent(config, owner, now) ? [] : [`${promise.id} has no owner`]),
      ...(isAlive ? [] : [`${promise.id} has no next action`]),
    ];
  });
  const orphans = rows.filter((row) => !open.some(({ id }) => id === row.promise));
  return [
    ...(await Promise.all(perPromise)).flat(),
    ...orphans.map((row) => `${row.promise} has a row and is not`),
  ];
};

type Scenario = {
  prepare(world: MemoryWorld): Promise<void>;
  act(ports: KeeperPorts, world: MemoryWorld): Promise<unknown>;
};

const reply: Entry = told.replied(at(17, '09:30'), 1, { words: 'It creaks.' });
const owed: Entry[] = [
  reply,
  told.promised(at(17, '09:31'), 'resolve', { dueAt: at(17, '14:00'), reply: 1 }),
];
const booked: Entry[] = [
  told.promised(at(16), 'visit', { because: 'booked', dueAt: at(17, '13:15') }),
  {
    type: 'booked',
    at: at(16),
    promise: 'visit-1',
    n: 1,
    by: 'nora',
    from: at(17, '12:00'),
    to: at(17, '13:00'),
    zone: 'Europe/Zurich',
    provider: 'lio',
    dueAt: at(17, '13:15'),
    needsAcceptance: false,
  },
];

/** As after a start: row, execution and wait are there; but the execution will be found dead. */
const underWay = async (world: MemoryWorld, entries: readonly Entry[], promise: string) => {
  await putSale(world, entries);
  const { sale } = await loadSale(world.ports, SALE);
  const [one] = sale.promises;
  if (one === undefined) throw new Error('Nothing is owed');
  const { id, kind, because, status, owner, level, strikes, severity, madeAt, dueAt } = one;
  if (status !== 'open') throw new Error('It is not open');
  await world.lists.keep(
    {
      saleId: SALE,
      promise: id,
      ...{ kind, because, status, owner, level, strikes, severity, madeAt, dueAt },
      nextAt: dueAt,
      amount: 0,
    },
    0,
  );
  const name = promiseName(world.ids, SALE, promise, 1);
  await world.workflows.startPromise(name, {});
  await world.sales.wait(SALE, { key: promise, position: 'owner', token: 'gone', until: dueAt, turn: 1 });
  world.workflows.expire('gone');
  world.workflows.die(name);
};

const NOW = at(17, '14:00:01.000');
const step = (promise: string) => {
  const { token: _, ...task } = promiseTask(NOW, { promise });
  return { ...task, because: 'overdue' as const };
};

const SCENARIOS: Record<string, Scenario> = {
  'make-promise': {
    prepare: (world) => putSale(world, [reply]),
    act: (ports) => run(createMake(ports), { ...followUpTask(at(17, '09:31')), from: 'answer' }),
  },
  'raise-promise, overdue': {
    prepare: (world) => underWay(world, owed, 'resolve-1'),
    act: (ports) => run(createRaise(ports), step('resolve-1')),
  },
  'raise-promise, nobody came': {
    prepare: (world) => underWay(world, booked, 'visit-1'),
    act: (ports) => run(createRaise(ports), step('visit-1')),
  },
  'commit of a miss': {
    prepare: (world) => underWay(world, booked, 'visit-1'),
    act: async (ports, world) => {
      const { sale } = await loadSale(world.ports, SALE);
      const [visit] = sale.promises;
      if (visit === undefined) throw new Error('Nothing is owed');
      const { config } = ports.settings;
      await commit(ports, sale, missedVisit(config, sale, visit, { who: 'provider', by: 'lio' }, NOW));
    },
  },
};

/** How many things a run asks of the world when nothing stops it. */
const lengthOf = async ({ prepare, act }: Scenario): Promise<number> => {
  for (let after = 0; after < 200; after += 1) {
    const world = memoryWorld();
    await prepare(world);
    try {
      await act(dying(world.ports, after), world);
      return after;
    } catch (error) {
      if (!(error instanceof Died)) throw error;
    }
  }
  throw new Error('It never ends');
};

describe.each(Object.entries(SCENARIOS))('%s', (_, scenario) => {
  it('may die after every single step: the sweeper finds it, at the latest when its next clock has come', async () => {
    const steps = await lengthOf(scenario);
    expect(steps).toBeGreaterThan(2);

    for (let after = 0; after <= steps; after += 1) {
      const world = memoryWorld();
      await scenario.prepare(world);
      const act = scenario.act(dying(world.ports, after), world);
      await (after < steps ? expect(act).rejects.toThrow() : act);

      for (const n of [0, 1, 2, 25, 49, 96]) await run(createSweep(world.ports), { time: hour(n) });

      expect(await complaints(world, hour(96)), `after ${after} of ${steps}`).toEqual([]);
    }
  });
});

describe('make-promise', () => {
  it('has been called before it dies: without the sweeper something is wrong', async () => {
    const scenario = SCENARIOS['make-promise'];
    const world = memoryWorld();
    await scenario?.prepare(world);
    await expect(scenario?.act(dying(world.ports, 4), world)).rejects.toThrow(Died);

    expect(await complaints(world, hour(4))).not.toEqual([]);
  });
});
