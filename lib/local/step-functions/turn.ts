/**
 * One turn of one execution: what an arrived event changes, gathered in memory and written in a single group commit.
 * Whatever must happen outside (Lambda runs) is listed and begins only once the turn is on disk.
 */
import type { Machine } from './definition.ts';
import type { State } from './definition-schema.ts';
import type { Execution } from './execution.ts';
import type { Details, StoredEvent } from './history.ts';
import type { Place } from './redrive-table.ts';
import { type ScopePorts, type Seen, scopeOf } from './scope.ts';
import type { Bindings } from './template.ts';
import type { Thread } from './thread.ts';
import type { ThreadTable } from './thread-table.ts';

export type Invocation = {
  execution: number;
  ordinal: number;
  event: number;
  functionArn: string;
  payload: string;
};

export type Turn = {
  readonly execution: Execution;
  readonly machine: Machine;
  readonly isNew: boolean;
  readonly now: number;
  readonly events: StoredEvent[];
  readonly invocations: Invocation[];
  /** Threads that have a state to enter. */
  readonly ready: Thread[];
  /** Transitions made in this turn. */
  transitions: number;
  /** Where the execution stood when this turn ended it unwell. */
  left: Place | undefined;
  thread(ordinal: number): Thread | undefined;
  parentOf(thread: Thread): Thread | undefined;
  childrenOf(thread: Thread): Thread[];
  addThread(thread: Thread): void;
  removeThread(thread: Thread): void;
  removeDescendants(thread: Thread): void;
  /** Ends everything the execution is at. */
  removeAllThreads(): void;
  /** Appends an event after the thread's last one and returns its id. */
  record(thread: Thread, type: string, details?: Details): number;
  transition(): void;
  /** What the expressions of the thread's state see. */
  scope(thread: Thread, state: State, seen?: Seen): Bindings;
  /** The root thread as the turn leaves it. */
  root(): Thread | undefined;
  /** The threads it leaves behind whose Lambda runs. */
  running(): Thread[];
  /** Infinity when nothing the turn touched is due by itself. */
  earliestDue(): number;
  /** Writes all threads but the root; runs inside a group commit. */
  save(threads: ThreadTable): void;
};

type Source = {
  scopes: ScopePorts;
  execution: Execution;
  machine: Machine;
  isNew: boolean;
  now: number;
  root: Thread | undefined;
  /** The other threads as they are on disk. */
  threads: Pick<ThreadTable, 'get' | 'childrenOf'>;
};

export const createThread = (
  execution: number,
  place: Pick<Thread, 'ordinal' | 'parent' | 'slot' | 'state' | 'input' | 'lastEvent' | 'phase' | 'item'>,
): Thread => ({
  execution,
  ...place,
  variables: '{}',
  enteredAt: 0,
  enteredEvent: 0,
  retries: null,
  event: null,
  functionArn: null,
  payload: null,
  dueAt: null,
  timeoutAt: null,
  heartbeatMs: null,
  children: null,
  output: null,
});

/** Stands for the execution as a whole: events recorded on it follow the very last one. */
export const wholeExecution = ({ execution }: Pick<Turn, 'execution'>): Thread =>
  createThread(execution.id, {
    ordinal: 0,
    parent: null,
    slot: 0,
    state: execution.state ?? '',
    phase: 'done',
    input: 'null',
    item: null,
    lastEvent: execution.lastEvent,
  });

export const openTurn = ({ scopes, execution, machine, isNew, now, root, threads }: Source): Turn => {
  const loaded = new Map<number, Thread>();
  if (root !== undefined) loaded.set(0, root);
  const added = new Set<Thread>();
  const removed = new Set<Thread>();
  let isEverythingRemoved = false;

  const thread = (ordinal: number): Thread | undefined => {
    const known = loaded.get(ordinal);
    if (known !== undefined) return removed.has(known) ? undefined : known;
    if (ordinal === 0 || isNew || isEverythingRemoved) return undefined;
    const found = threads.get(execution.id, ordinal);
    if (found !== undefined) loaded.set(ordinal, found);
    return found;
  };

  const childrenOf = (parent: Thread): Thread[] => {
    const stored = isNew ? [] : threads.childrenOf(execution.id, parent.ordinal);
    const fresh = [...added].filter((one) => one.parent === parent.ordinal).map((one) => one.ordinal);
    return [...stored, ...fresh].flatMap((ordinal) => thread(ordinal) ?? []);
  };

  const removeDescendants = (parent: Thread): void => {
    for (const child of childrenOf(parent)) {
      removeDescendants(child);
      removed.add(child);
    }
  };

  const saveOne = (table: ThreadTable, one: Thread): void => {
    const isRemoved = removed.has(one);
    if (added.has(one)) {
      if (!isRemoved) table.insert(one);
    } else if (isRemoved) table.remove(one);
    else table.update(one);
  };

  const turn: Turn = {
    execution,
    machine,
    isNew,
    now,
    events: [],
    invocations: [],
    ready: [],
    transitions: 0,
    left: undefined,
    thread,
    parentOf: (child) => (child.parent === null ? undefined : thread(child.parent)),
    childrenOf,
    addThread: (one) => {
      loaded.set(one.ordinal, one);
      added.add(one);
    },
    removeThread: (one) => {
      removed.add(one);
    },
    removeDescendants,
    removeAllThreads: () => {
      isEverythingRemoved = true;
      for (const one of loaded.values()) removed.add(one);
    },
    record: (one, type, details) => {
      execution.lastEvent += 1;
      turn.events.push([execution.lastEvent, one.lastEvent, type, now, details ?? null]);
      one.lastEvent = execution.lastEvent;
      return execution.lastEvent;
    },
    transition: () => {
      turn.transitions += 1;
      execution.transitions += 1;
    },
    scope: (one, state, seen = {}) => scopeOf(scopes, turn, one, state, seen),
    root: () => thread(0),
    running: () => [...loaded.values()].filter((one) => one.phase === 'running' && !removed.has(one)),
    earliestDue: () => {
      let earliest = Number.POSITIVE_INFINITY;
      for (const one of loaded.values()) {
        if (one.dueAt !== null && one.dueAt < earliest && !removed.has(one)) earliest = one.dueAt;
      }
      return earliest;
    },
    save: (table) => {
      if (isEverythingRemoved) {
        // The root is number 0: who was never given another number never had another thread.
        if (!isNew && execution.nextThread > 1) table.removeAll(execution.id);
        return;
      }
      for (const one of loaded.values()) if (one.ordinal > 0) saveOne(table, one);
    },
  };
  return turn;
};
