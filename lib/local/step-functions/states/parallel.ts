import type { ParallelState } from '../definition-schema.ts';
import { evaluate } from '../template.ts';
import type { Thread } from '../thread.ts';
import { createThread, type Turn } from '../turn.ts';

export const runParallel = async (turn: Turn, thread: Thread, state: ParallelState): Promise<void> => {
  const input =
    state.Arguments === undefined
      ? thread.input
      : JSON.stringify(await evaluate(state.Arguments, 'Arguments', turn.scope(thread, state)));
  turn.record(thread, 'ParallelStateStarted');
  const first = turn.execution.nextThread;
  const total = state.Branches.length;
  turn.execution.nextThread += total;
  for (const [slot, { StartAt }] of state.Branches.entries()) {
    const branch = createThread(thread.execution, {
      ordinal: first + slot,
      parent: thread.ordinal,
      slot,
      state: StartAt,
      input,
      item: null,
      phase: 'entering',
      lastEvent: thread.lastEvent,
    });
    turn.addThread(branch);
    turn.ready.push(branch);
  }
  thread.phase = 'joining';
  thread.children = JSON.stringify({ first, total, begun: total, done: 0 });
};
