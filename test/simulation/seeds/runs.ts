/**
 * Runs of functions side by side. Every call a run makes to the world waits at a gate until the schedule lets it pass, in an
 * order drawn from the seed; a run that dies at a gate never goes on, as a process that was killed never does.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Agenda } from './agenda.ts';
import type { Chance } from './chance.ts';
import type { CallKind, Fault, Faults } from './faults.ts';

export type Run = {
  /** Says what runs and what for; draws are named after it. */
  readonly name: string;
  isDead: boolean;
  /** When it last looked at a sale. */
  lookedAt: number | undefined;
  writes: number;
};

export type Ended = { kind: 'done'; value: unknown } | { kind: 'failed'; error: unknown } | { kind: 'died' };

class WorldError extends Error {
  constructor(name: string) {
    super('The world did not answer as it should');
    this.name = name;
  }
}

type Running = Run & { calls: Map<string, number>; waiting: number; isTimed: boolean; die(): void };

/** `at`: what is called, for the names of draws. */
export type Call<T> = {
  kind: CallKind;
  at: string;
  act(): T | Promise<T>;
  /** What a caller hears whose own write made the condition say no. */
  echo?: () => T;
  /** The answer of an index that is a moment old. */
  stale?: () => T;
  errors: readonly [string, ...string[]];
  /** What is heard when it was done all the same; `errors` when left out. */
  lost?: readonly [string, ...string[]];
};

const never = <T>(): Promise<T> => new Promise<T>(() => undefined);
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** The longest a function may run, as deployed. */
const FUNCTION_MS = 30_000;
const LONGEST_CALL_MS = 12_000;

type Ports = { chance: Chance; faults: Faults; agenda: Agenda; now(): number; settled(): Promise<void> };

export const createRuns = ({ chance, faults, agenda, now, settled }: Ports) => {
  const current = new AsyncLocalStorage<Running>();
  const atTheGate: (() => void)[] = [];
  const counts = new Map<string, number>();
  const running = new Set<Running>();
  let passes = 0;

  const nth = (counter: Map<string, number>, name: string): number => {
    const n = (counter.get(name) ?? 0) + 1;
    counter.set(name, n);
    return n;
  };

  const gate = (run: Running): Promise<void> =>
    new Promise((resolve) => {
      run.waiting += 1;
      atTheGate.push(() => {
        run.waiting -= 1;
        resolve();
      });
    });

  /** The call takes its time; a run that outlives its function's time is ended. */
  const dawdle = (run: Running, name: string): Promise<void> =>
    new Promise((resolve) => {
      run.waiting += 1;
      if (!run.isTimed) agenda.add(now() + FUNCTION_MS, run.die);
      run.isTimed = true;
      agenda.add(now() + 1 + chance.below(`slow ${name}`, LONGEST_CALL_MS), () => {
        run.waiting -= 1;
        resolve();
      });
    });

  const answer = async <T>(
    run: Running,
    name: string,
    fault: Fault | undefined,
    given: Call<T>,
  ): Promise<T> => {
    const trouble = (names: readonly [string, ...string[]]) =>
      new WorldError(chance.pick(`error ${name}`, names));
    if (fault === 'error') throw trouble(given.errors);
    if (fault === 'stale' && given.stale !== undefined) return given.stale();
    if (given.kind !== 'read' && given.kind !== 'index') run.writes += 1;
    const value = await given.act();
    if (fault === 'lost') throw trouble(given.lost ?? given.errors);
    if (fault === 'dies-after') run.die();
    return fault === 'echo' && given.echo !== undefined ? given.echo() : value;
  };

  /** Passes a call on to the world, in its turn and with what goes wrong with it. Outside of runs nothing goes wrong. */
  const call = async <T>(given: Call<T>): Promise<T> => {
    const run = current.getStore();
    if (run === undefined) return given.act();
    if (run.isDead) return never();
    const name = `${given.at} ${nth(run.calls, given.at)} of ${run.name}`;
    const fault = faults.strike(given.kind, name);
    if (fault === 'slow') await dawdle(run, name);
    await gate(run);
    if (fault === 'dies-before') run.die();
    if (run.isDead) return never();
    const value = await answer(run, name, fault, given);
    return run.isDead ? never() : value;
  };

  const begin = (name: string, work: (run: Run) => Promise<unknown>): Promise<Ended> =>
    new Promise((resolve) => {
      const full = `${name}~${nth(counts, name)}`;
      const end = (ended: Ended) => {
        running.delete(run);
        resolve(ended);
      };
      const run: Running = {
        name: full,
        isDead: false,
        lookedAt: undefined,
        writes: 0,
        calls: new Map(),
        waiting: 0,
        isTimed: false,
        die: () => {
          if (run.isDead) return;
          run.isDead = true;
          end({ kind: 'died' });
        },
      };
      running.add(run);
      current.run(run, () => {
        work(run).then(
          (value) => end({ kind: 'done', value }),
          (error: unknown) => end({ kind: 'failed', error }),
        );
      });
    });

  const isAnyBusy = (): boolean => [...running].some((run) => run.waiting === 0);

  /** Lets calls pass one by one until everybody waits for the clock. */
  const settle = async (): Promise<void> => {
    for (let quiet = 0; quiet < 2; ) {
      await turn();
      if (atTheGate.length > 0) {
        quiet = 0;
        passes += 1;
        const index = atTheGate.length === 1 ? 0 : chance.below(`pass ${passes}`, atTheGate.length);
        for (const pass of atTheGate.splice(index, 1)) pass();
        continue;
      }
      await settled();
      quiet = isAnyBusy() ? 0 : quiet + 1;
    }
  };

  return {
    begin,
    call,
    settle,
    current: (): Run | undefined => current.getStore(),
    openRuns: () => running.size,
  };
};

export type Runs = ReturnType<typeof createRuns>;
