import type { FailState } from '../definition-schema.ts';
import { StateError } from '../errors.ts';
import { giveUp } from '../flow.ts';
import { evaluateString } from '../template.ts';
import type { Thread } from '../thread.ts';
import type { Turn } from '../turn.ts';

export const runFail = async (turn: Turn, thread: Thread, state: FailState): Promise<void> => {
  const scope = turn.scope(thread, state);
  const error = state.Error === undefined ? null : await evaluateString(state.Error, 'Error', scope);
  const cause = state.Cause === undefined ? null : await evaluateString(state.Cause, 'Cause', scope);
  await giveUp(turn, thread, new StateError(error, cause));
};
