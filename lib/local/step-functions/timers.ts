/** Everything that falls due by itself: Wait states, retries, task timeouts, heartbeats and execution timeouts. */
import type { TimedPart, Timekeeper } from '../time.ts';
import type { Engine } from './engine.ts';
import { ERROR, StateError } from './errors.ts';
import type { ExecutionTable } from './execution-table.ts';
import { stopExecution } from './flow.ts';
import type { Interpreter } from './interpreter.ts';
import type { Due, ThreadTable } from './thread-table.ts';
import { type Turn, wholeExecution } from './turn.ts';

type TimerPorts = {
  engine: Engine;
  interpreter: Interpreter;
  time: Timekeeper;
  executions: ExecutionTable;
  threads: ThreadTable;
};

/** Turns side by side while catching up: enough for a full group commit, few enough to stay in due order. */
const BATCH = 500;

export const createTimers = ({ engine, interpreter, time, executions, threads }: TimerPorts): TimedPart => {
  let nextDue: number | undefined;
  let isKnown = false;

  const nextDueAt = (): number | undefined => {
    if (!isKnown) {
      const dues = [threads.nextDueAt(), executions.nextDueAt()].filter((due) => due !== undefined);
      nextDue = dues.length === 0 ? undefined : Math.min(...dues);
      isKnown = true;
    }
    return nextDue;
  };

  // A timer that went away leaves the known instant too early, which costs one empty look and no query per change.
  let soonest = Number.POSITIVE_INFINITY;
  engine.onDue((due) => {
    soonest = Math.min(soonest, due);
    if (due === Number.POSITIVE_INFINITY) return;
    if (isKnown && nextDue !== undefined && nextDue <= due) return;
    if (isKnown) nextDue = due;
    time.touch();
  });

  const dueThreads = (now: number): Due[] =>
    [...executions.dueRoots(now, BATCH), ...threads.due(now, BATCH)].toSorted((a, b) => a.dueAt - b.dueAt);

  const threadDue = (now: number, ordinal: number) => async (turn: Turn) => {
    const thread = turn.thread(ordinal);
    if (thread?.dueAt == null || thread.dueAt > now) return false;
    await interpreter.due(turn, thread);
    return true;
  };

  const executionDue = (now: number) => (turn: Turn) => {
    const { timesOutAt } = turn.execution;
    if (timesOutAt === null || timesOutAt > now) return false;
    stopExecution(turn, wholeExecution(turn), 'TIMED_OUT', new StateError(ERROR.timeout, null));
    return true;
  };

  const endTimedOut = (now: number) => (id: number) => engine.turn(id, executionDue(now));
  const fire =
    (now: number) =>
    ({ execution, ordinal }: Due) =>
      engine.turn(execution, threadDue(now, ordinal));

  return {
    name: 'step-functions',
    nextDueAt,
    runDue: async (now) => {
      let fired = 0;
      for (;;) {
        soonest = Number.POSITIVE_INFINITY;
        const timedOut = executions.timedOut(now, BATCH);
        const due = dueThreads(now);
        const changes = (
          await Promise.all([...timedOut.map(endTimedOut(now)), ...due.map(fire(now))])
        ).filter(Boolean).length;
        fired += changes;
        // What a turn made due at once was told: looking again in vain costs as much as a turn.
        const isMoreDue = Math.max(timedOut.length, due.length) >= BATCH || soonest <= now;
        if (changes === 0 || !isMoreDue) break;
      }
      isKnown = false;
      return fired;
    },
  };
};
