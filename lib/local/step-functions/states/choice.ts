import type { ChoiceState } from '../definition-schema.ts';
import { ERROR, StateError } from '../errors.ts';
import { leave } from '../flow.ts';
import { evaluateBoolean } from '../template.ts';
import type { Thread } from '../thread.ts';
import type { Turn } from '../turn.ts';

export const runChoice = async (turn: Turn, thread: Thread, state: ChoiceState): Promise<void> => {
  const scope = turn.scope(thread, state);
  for (const [at, rule] of state.Choices.entries()) {
    if (!(await evaluateBoolean(rule.Condition, `Choices[${at}]/Condition`, scope))) continue;
    const exit = { next: rule.Next, assign: rule.Assign, output: rule.Output };
    return leave(turn, thread, { ...exit, otherwise: thread.input, seen: {} });
  }
  if (state.Default === undefined) {
    throw new StateError(
      ERROR.noChoice,
      `An error occurred while executing the state '${thread.state}' (entered at the event id #${thread.enteredEvent}). Failed to transition out of the state. The state does not point to a next state.`,
    );
  }
  // Assign and Output of the state itself hold for the default only; a rule brings its own.
  const exit = { next: state.Default, assign: state.Assign, output: state.Output };
  return leave(turn, thread, { ...exit, otherwise: thread.input, seen: {} });
};
