/** What one process does to a state, and every moment at which it may die. */

import { createLinkStore } from '../../../functions/adapters/link-store.ts';
import type { Settings } from '../../../functions/adapters/ports.ts';
import { toInstant } from '../../../functions/core/calendar.ts';
import { checkConfiguration } from '../../../functions/core/configuration.ts';
import { SIGNALS } from '../../../functions/core/errors.ts';
import { configurationInput, contentDir, publicUrl } from '../../fixtures/configuration.ts';
import { queueBatch, queueMessage } from '../../fixtures/invocations.ts';
import { createHandle, type Ratings } from './events.ts';
import {
  again,
  callOf,
  deployedMachines,
  type Execution,
  type Failure,
  failed,
  type Machines,
  succeeded,
  taskOf,
  waiting,
  waitsForToken,
} from './machines.ts';
import { createPorts } from './ports.ts';
import { createMemory, forgetful } from './recall.ts';
import { CUSTOMER_TOKEN, SALE_ID, STAFF_TOKEN } from './sale.ts';
import { type EventName, emptyState, nextSeq, type Queued, type State } from './state.ts';
import { createSteps } from './steps.ts';
import { createMemoryTable } from './tables.ts';
import { createWorld, type Write } from './world.ts';

/** Who runs: what it was told by the world outside, a Lambda of a state, a piece from the queue. */
type Process =
  | { kind: 'event' }
  | { kind: 'task'; name: string; attempt: number }
  | { kind: 'piece'; id: number };

export type Point = Write & { process: Process };

export type Played = {
  /** Nobody died. */
  state: State;
  /** One for each durable write. */
  points: Point[];
};

export type Model = {
  start: State;
  /** What the process does that is told the event; nothing that it causes. */
  happen(state: State, event: EventName): Promise<Played>;
  /** What the platform does next by itself, one process of it; undefined when it rests. */
  step(state: State): Promise<Played | undefined>;
  /** What is left when the process died there, and what called it has found out. */
  died(point: Point): State;
  /** What EventBridge calls. */
  rouse(state: State, name: 'watch' | 'sweep'): Promise<State>;
  /** When the next wait or pause ends; undefined when there is none. */
  nextDue(state: State): number | undefined;
};

const BEGIN = Date.parse('2026-11-02T10:00:00.000Z');
const MOST_TRIES = 5;
/** Errors that a state machine is meant to hear. */
const EXPECTED: ReadonlySet<string> = new Set([...SIGNALS, 'SendInFlight', 'MailThrottled']);

export const modelSettings = (): Settings => ({
  config: checkConfiguration(configurationInput({ sources: { shop: { kind: 'standard' } } })),
  contentDir,
  publicUrl,
});

const failureOf = (error: unknown): Failure => {
  const { name: errorType, message: errorMessage } =
    error instanceof Error ? error : new Error(String(error));
  return { error: errorType, cause: JSON.stringify({ errorType, errorMessage, trace: [] }) };
};

const isAt = (one: Execution | undefined, attempt: number): one is Execution =>
  one !== undefined && one.phase === 'due' && one.attempt === attempt;

const withExecution = (state: State, one: Execution): State => ({
  ...state,
  executions: new Map(state.executions).set(one.name, one),
});

const seeded = async (): Promise<State> => {
  const world = createWorld(emptyState(BEGIN));
  const links = createLinkStore(createMemoryTable(world, 'Links'));
  const { ids } = createPorts(world, deployedMachines(), modelSettings());
  const expiresAt = '2036-01-01T00:00:00.000Z';
  await links.keep(ids.digest(CUSTOMER_TOKEN), { saleId: SALE_ID, audience: 'customer', expiresAt });
  await links.keep(ids.digest(STAFF_TOKEN), { saleId: SALE_ID, audience: 'staff', expiresAt });
  return world.state;
};

type Options = {
  ratings?: Ratings;
  settings?: Settings;
  machines?: Machines;
  /** Every handler runs each time, whatever it did before. */
  isForgetful?: boolean;
};

export const createModel = async ({
  ratings = [5, 2],
  settings = modelSettings(),
  machines = deployedMachines(),
  isForgetful = false,
}: Options = {}): Promise<Model> => {
  const start = await seeded();
  const world = createWorld(start);
  const memory = isForgetful ? forgetful : createMemory();
  const ports = createPorts(world, machines, settings, memory.hear);
  const said = memory.recall<unknown>();
  const statuses = memory.recall<number>();
  const steps = createSteps(ports);
  const handle = createHandle(world, ports, ratings);
  let process: Process = { kind: 'event' };
  let points: Point[] = [];

  const set = (one: Execution) => {
    world.state = withExecution(world.state, one);
  };
  const trouble = (what: string) => {
    world.state = { ...world.state, troubles: [...world.state.troubles, what] };
  };
  /** Undoes what has been written from here on. */
  const wayBack = () => {
    const { state } = world;
    const { length } = points;
    return () => {
      world.state = state;
      points.length = length;
    };
  };
  const call = (name: string, payload: unknown): Promise<unknown> => {
    const step = steps.get(name);
    if (step === undefined) throw new Error(`No function is called ${name}`);
    return said.run(`${name} ${JSON.stringify(payload)}`, () => step(payload), wayBack());
  };

  const runTask = async (one: Execution): Promise<void> => {
    const { name, payload } = callOf(machines, one);
    process = { kind: 'task', name: one.name, attempt: one.attempt };
    const still = () => {
      const current = world.state.executions.get(one.name);
      return isAt(current, one.attempt) ? current : undefined;
    };
    try {
      const result: unknown = await call(name, payload);
      const current = still();
      if (current === undefined) return;
      const isToken = waitsForToken(taskOf(machines, current));
      set(
        isToken
          ? waiting(machines, current, world.state.now)
          : succeeded(machines, current, result, world.state.now),
      );
    } catch (error) {
      const failure = failureOf(error);
      if (!EXPECTED.has(failure.error)) trouble(`${name}: ${failure.cause}`);
      const current = still();
      if (current !== undefined) set(failed(machines, current, failure, world.state.now));
    }
  };

  const runPiece = async ({ id, task, sentAt, tries }: Queued): Promise<void> => {
    process = { kind: 'piece', id };
    const record = queueMessage(JSON.stringify(task), toInstant(sentAt), 'piece');
    const said = await call('forget-person', queueBatch(record));
    const isDone = JSON.stringify(said) === '{"batchItemFailures":[]}';
    if (!isDone) trouble(`forget-person failed on ${task.kind}`);
    const others = world.state.queue.filter((one) => one.id !== id);
    const left =
      isDone || tries + 1 >= MOST_TRIES ? others : [...others, { id, task, sentAt, tries: tries + 1 }];
    world.state = { ...world.state, queue: left };
  };

  /** What the platform does by itself now: calls that are due, pauses and waits that are over. */
  const runNext = async (): Promise<boolean> => {
    const { executions, now, queue } = world.state;
    const all = [...executions.values()];
    const due = all.find(({ phase }) => phase === 'due');
    if (due !== undefined) {
      await runTask(due);
      return true;
    }
    const over = all.find((one) => (one.phase === 'pausing' || one.phase === 'waiting') && one.dueAt <= now);
    if (over !== undefined) {
      set(
        over.phase === 'pausing'
          ? again(over)
          : failed(machines, over, { error: 'States.Timeout', cause: '' }, now),
      );
      return true;
    }
    const [piece] = queue;
    if (piece !== undefined) await runPiece(piece);
    return piece !== undefined;
  };

  const nextDue = ({ executions }: State): number | undefined => {
    const dues = [...executions.values()].flatMap(({ phase, dueAt }) =>
      phase === 'pausing' || phase === 'waiting' ? [dueAt] : [],
    );
    return dues.length === 0 ? undefined : Math.min(...dues);
  };

  const happen = async (event: EventName): Promise<void> => {
    process = { kind: 'event' };
    if (event === 'timer') {
      world.state = { ...world.state, now: Math.max(world.state.now, nextDue(world.state) ?? 0) };
      return;
    }
    const told = `${event} at ${world.state.now}`;
    const status = await statuses.run(told, () => handle(event), wayBack());
    if (status >= 500) trouble(`${event} was answered with ${status}`);
    const { now, answered, tables } = world.state;
    const isKnown = tables.Sales.get(SALE_ID)?.some(({ item }) => item === 'record') === true;
    const answer = { event, at: now, status, isKnown, seq: nextSeq(world.state) };
    world.state = { ...world.state, answered: [...answered, answer] };
  };

  /** Runs what `act` does from there, and notes every moment at which it could die. */
  const watched = async <T>(state: State, act: () => Promise<T>): Promise<Played & { said: T }> => {
    points = [];
    world.state = state;
    world.onWrite = (write) => points.push({ ...write, process });
    try {
      const said = await act();
      return { state: world.state, points, said };
    } finally {
      world.onWrite = undefined;
    }
  };

  return {
    start,
    nextDue,
    happen: (state, event) => watched(state, () => happen(event)),
    step: async (state) => {
      const { said: hasRun, ...played } = await watched(state, runNext);
      return hasRun ? played : undefined;
    },
    died: ({ state, process: dead }) => {
      const one = dead.kind === 'task' ? state.executions.get(dead.name) : undefined;
      if (dead.kind !== 'task' || !isAt(one, dead.attempt)) return state;
      return withExecution(state, failed(machines, one, failureOf(new LambdaUnknown('It died')), state.now));
    },
    rouse: async (state, name) => {
      process = { kind: 'event' };
      const { state: roused } = await watched(state, () => call(name, { time: toInstant(state.now) }));
      return roused;
    },
  };
};

class LambdaUnknown extends Error {
  override name = 'Lambda.Unknown' as const;
}
