/** Enters states, one after the other, until every thread of the execution waits for something. */
import { StateError } from './errors.ts';
import { fail, stateOf, stopExecution } from './flow.ts';
import { HISTORY_LIMIT } from './history.ts';
import { runChoice } from './states/choice.ts';
import { runFail } from './states/fail.ts';
import { runMap } from './states/map.ts';
import { runParallel } from './states/parallel.ts';
import { runPass } from './states/pass.ts';
import { runSucceed } from './states/succeed.ts';
import {
  beat,
  type LambdaOutcome,
  lambdaReturned,
  runTask,
  type TaskPorts,
  taskFailed,
  taskSucceeded,
  taskTimedOut,
} from './states/task.ts';
import { endWait, runWait } from './states/wait.ts';
import type { Thread } from './thread.ts';
import type { Turn } from './turn.ts';

/** States entered before the turn is written, so that a loop of Pass and Choice states cannot hold the runtime. */
const STATES_PER_TURN = 100;
/** No single state adds more than this many events beyond its Map iterations. */
const EVENTS_IN_RESERVE = 10;

export type Interpreter = ReturnType<typeof createInterpreter>;

export const createInterpreter = (ports: TaskPorts) => {
  const run = (turn: Turn, thread: Thread): Promise<void> => {
    const state = stateOf(turn, thread);
    switch (state.Type) {
      case 'Pass':
        return runPass(turn, thread, state);
      case 'Task':
        return runTask(ports, turn, thread, state);
      case 'Choice':
        return runChoice(turn, thread, state);
      case 'Wait':
        return runWait(turn, thread, state);
      case 'Succeed':
        return runSucceed(turn, thread, state);
      case 'Fail':
        return runFail(turn, thread, state);
      case 'Map':
        return runMap(turn, thread, state);
      case 'Parallel':
        return runParallel(turn, thread, state);
    }
  };

  const attempt = async (turn: Turn, thread: Thread): Promise<void> => {
    turn.transition();
    try {
      await run(turn, thread);
    } catch (error) {
      if (!(error instanceof StateError)) throw error;
      await fail(turn, thread, error);
    }
  };

  const enter = async (turn: Turn, thread: Thread): Promise<void> => {
    if (thread.parent === null) turn.execution.state = thread.state;
    thread.enteredAt = turn.now;
    const details = { name: thread.state, input: thread.input };
    thread.enteredEvent = turn.record(thread, `${stateOf(turn, thread).Type}StateEntered`, details);
    await attempt(turn, thread);
  };

  return {
    /** Threads that could still go on are left in phase `entering`. */
    goOn: async (turn: Turn): Promise<void> => {
      for (let entered = 0; entered < STATES_PER_TURN; entered += 1) {
        const thread = turn.ready.shift();
        if (thread === undefined) return;
        // A sibling's failure may have ended it meanwhile.
        if (turn.thread(thread.ordinal) !== thread) continue;
        if (turn.execution.lastEvent > HISTORY_LIMIT - EVENTS_IN_RESERVE) {
          const why = `The execution reached the maximum number of history events (${HISTORY_LIMIT}).`;
          stopExecution(turn, thread, 'FAILED', new StateError('States.Runtime', why));
          return;
        }
        await enter(turn, thread);
      }
    },
    /** The state that failed, once more: a Task is scheduled again, any other state is entered again. */
    again: async (turn: Turn, thread: Thread): Promise<void> => {
      if (stateOf(turn, thread).Type === 'Task') return attempt(turn, thread);
      turn.ready.push(thread);
    },
    returned: (turn: Turn, thread: Thread, outcome: LambdaOutcome): Promise<void> =>
      lambdaReturned(turn, thread, outcome),
    succeeded: (turn: Turn, thread: Thread, result: string): Promise<void> =>
      taskSucceeded(turn, thread, result),
    failed: (turn: Turn, thread: Thread, error: StateError): Promise<void> => taskFailed(turn, thread, error),
    beat,
    /** The thread's due instant has come. */
    due: async (turn: Turn, thread: Thread): Promise<void> => {
      const state = stateOf(turn, thread);
      thread.dueAt = null;
      if (thread.phase === 'retrying') return attempt(turn, thread);
      if (thread.phase === 'waiting' && state.Type === 'Wait') return endWait(turn, thread, state);
      if (thread.phase === 'running' || thread.phase === 'token') return taskTimedOut(turn, thread);
    },
  };
};
