/** How a thread leaves a state: onwards, back to a retry, into a catcher, into its parent, or out of the execution. */
import type { Catcher, Retrier, State } from './definition-schema.ts';
import { ERROR, StateError } from './errors.ts';
import type { ExecutionStatus } from './execution.ts';
import type { Details } from './history.ts';
import { isTooLarge, type Json, parseJson } from './json.ts';
import { meets, pauseBefore } from './retry.ts';
import { attemptsOf, ownVariables, type Seen } from './scope.ts';
import { evaluate } from './template.ts';
import { Children, type Thread } from './thread.ts';
import type { Turn } from './turn.ts';

/** What ends a state well: the templates that apply and where they lead. */
export type Exit = {
  next: string | undefined;
  assign: Record<string, Json> | undefined;
  output: Json | undefined;
  /** JSON text of the output when no Output template is given. */
  otherwise: string;
  seen: Seen;
};

export const stateOf = (turn: Turn, thread: Thread): State => {
  const state = turn.machine.states.get(thread.state);
  if (state === undefined) throw new Error(`the machine has no state '${thread.state}'`);
  return state;
};

const within = (thread: Thread, why: string): string =>
  `An error occurred while executing the state '${thread.state}' (entered at the event id #${thread.enteredEvent}). ${why}`;

const tooLarge = (thread: Thread): StateError =>
  new StateError(
    ERROR.dataLimit,
    `The state/task '${thread.state}' returned a result with a size exceeding the maximum number of bytes service limit.`,
  );

const failureDetails = ({ error, why }: StateError): Details => ({
  ...(error === null ? {} : { error }),
  ...(why === null || why === '' ? {} : { cause: why }),
});

/** Forgets what only the attempt that has just ended needed. */
export const clearAttempt = (thread: Thread): void => {
  thread.event = null;
  thread.functionArn = null;
  thread.payload = null;
  thread.dueAt = null;
  thread.timeoutAt = null;
  thread.heartbeatMs = null;
  thread.children = null;
};

const goTo = (turn: Turn, thread: Thread, state: string): void => {
  clearAttempt(thread);
  thread.retries = null;
  thread.state = state;
  thread.phase = 'entering';
  turn.ready.push(thread);
};

const endExecution = (turn: Turn, status: ExecutionStatus): void => {
  const root = turn.thread(0);
  if (status !== 'SUCCEEDED' && root !== undefined) {
    const { state, input, variables, enteredAt, enteredEvent } = root;
    turn.left = { state, input, variables, enteredAt, enteredEvent };
  }
  turn.execution.status = status;
  turn.execution.stoppedAt = turn.now;
  turn.execution.timesOutAt = null;
  turn.ready.length = 0;
  turn.invocations.length = 0;
  turn.removeAllThreads();
};

/** Ends the whole execution unwell from any of its threads. */
export const stopExecution = (
  turn: Turn,
  thread: Thread,
  status: ExecutionStatus,
  error: StateError,
): void => {
  const types = { FAILED: 'ExecutionFailed', TIMED_OUT: 'ExecutionTimedOut', ABORTED: 'ExecutionAborted' };
  if (status === 'RUNNING' || status === 'SUCCEEDED') throw new Error(`${status} is not a way to stop`);
  turn.record(thread, types[status], failureDetails(error));
  turn.execution.error = error.error;
  turn.execution.cause = error.why === '' ? null : error.why;
  endExecution(turn, status);
};

const assigned = async (turn: Turn, thread: Thread, state: State, exit: Exit, prefix: string) => {
  const scope = turn.scope(thread, state, exit.seen);
  const values: Record<string, Json> = {};
  for (const [name, template] of Object.entries(exit.assign ?? {})) {
    values[name] = await evaluate(template, `${prefix}Assign/${name}`, scope);
  }
  const output =
    exit.output === undefined
      ? exit.otherwise
      : JSON.stringify(await evaluate(exit.output, `${prefix}Output`, scope));
  if (isTooLarge(output)) throw tooLarge(thread);
  return { values, output };
};

/** Evaluates Assign and Output, notes the exit and moves on. Throws StateError. */
const exitState = async (
  turn: Turn,
  thread: Thread,
  state: State,
  exit: Exit,
  prefix = '',
): Promise<void> => {
  const hasTemplates = exit.assign !== undefined || exit.output !== undefined;
  const { values, output } = hasTemplates
    ? await assigned(turn, thread, state, exit, prefix)
    : { values: {}, output: exit.otherwise };
  const texts = Object.entries(values).map(([name, value]) => [name, JSON.stringify(value)]);
  const assignedVariables = texts.length === 0 ? {} : { assignedVariables: Object.fromEntries(texts) };
  turn.record(thread, `${state.Type}StateExited`, { name: thread.state, output, ...assignedVariables });
  if (texts.length > 0) thread.variables = JSON.stringify({ ...ownVariables(thread), ...values });
  thread.input = output;
  if (exit.next === undefined) await finish(turn, thread, output);
  else goTo(turn, thread, exit.next);
};

const finish = async (turn: Turn, thread: Thread, output: string): Promise<void> => {
  const parent = turn.parentOf(thread);
  if (parent !== undefined) return finishChild(turn, parent, thread, output);
  turn.record(thread, 'ExecutionSucceeded', { output });
  turn.execution.output = output;
  endExecution(turn, 'SUCCEEDED');
};

const finishChild = async (turn: Turn, parent: Thread, child: Thread, output: string): Promise<void> => {
  const isMap = stateOf(turn, parent).Type === 'Map';
  if (isMap) turn.record(child, 'MapIterationSucceeded', { name: parent.state, index: child.slot });
  clearAttempt(child);
  child.phase = 'done';
  child.output = output;
  const children = Children.parse(parseJson(parent.children ?? 'null'));
  children.done += 1;
  beginNext(turn, parent, children);
  parent.children = JSON.stringify(children);
  if (children.done === children.total) await join(turn, parent, children, child.lastEvent);
};

/** Lets the next waiting iteration begin. */
export const beginNext = (turn: Turn, parent: Thread, children: Children): void => {
  const next = children.begun < children.total ? turn.thread(children.first + children.begun) : undefined;
  if (next === undefined) return;
  children.begun += 1;
  next.phase = 'entering';
  next.lastEvent = parent.lastEvent;
  turn.record(next, 'MapIterationStarted', { name: parent.state, index: next.slot });
  turn.ready.push(next);
};

const join = async (turn: Turn, parent: Thread, { first, total }: Children, after: number): Promise<void> => {
  const outputs = Array.from({ length: total }, (_, slot) => turn.thread(first + slot)?.output ?? 'null');
  turn.removeDescendants(parent);
  parent.lastEvent = after;
  await succeed(turn, parent, `[${outputs.join()}]`);
};

/** A Map or Parallel whose threads all ended well. */
export const succeed = async (turn: Turn, thread: Thread, result: string): Promise<void> => {
  turn.record(thread, `${stateOf(turn, thread).Type}StateSucceeded`);
  await complete(turn, thread, result);
};

/** A Task, Map or Parallel has its result (JSON text). */
export const complete = async (turn: Turn, thread: Thread, result: string): Promise<void> => {
  const state = stateOf(turn, thread);
  if (isTooLarge(result)) return fail(turn, thread, tooLarge(thread));
  await leave(turn, thread, { ...onwards(state), otherwise: result, seen: { result } });
};

export const onwards = (state: State) => ({
  next: 'Next' in state ? state.Next : undefined,
  assign: 'Assign' in state ? state.Assign : undefined,
  output: 'Output' in state ? state.Output : undefined,
});

export const leave = async (turn: Turn, thread: Thread, exit: Exit): Promise<void> => {
  try {
    await exitState(turn, thread, stateOf(turn, thread), exit);
  } catch (error) {
    if (!(error instanceof StateError)) throw error;
    await fail(turn, thread, error);
  }
};

/** Something in the state failed: note it, then retry, catch, or give up. */
export const fail = async (turn: Turn, thread: Thread, thrown: StateError): Promise<void> => {
  const state = stateOf(turn, thread);
  const error = noteFailure(turn, thread, thrown);
  if (state.Type === 'Map' || state.Type === 'Parallel') {
    if (state.Type === 'Map') noteAborted(turn, thread);
    turn.removeDescendants(thread);
    turn.record(thread, `${state.Type}StateFailed`);
  }
  if (!('Retry' in state)) return giveUp(turn, thread, error);
  if (retry(turn, thread, state.Retry, error)) return;
  const at = state.Catch.findIndex(({ ErrorEquals }) => meets(ErrorEquals, error));
  const catcher = state.Catch[at];
  if (catcher === undefined) return giveUp(turn, thread, error);
  await caught(turn, thread, state, catcher, `Catch[${at}]/`, error);
};

const noteAborted = (turn: Turn, parent: Thread): void => {
  for (const child of turn.childrenOf(parent)) {
    if (child.phase === 'pending' || child.phase === 'done') continue;
    turn.record(child, 'MapIterationAborted', { name: parent.state, index: child.slot });
  }
};

/** Gives evaluation errors the wording and the event that AWS gives them. */
const noteFailure = (turn: Turn, thread: Thread, thrown: StateError): StateError => {
  if (thrown.location === undefined) return thrown;
  const cause = within(thread, thrown.why ?? '');
  const location = thrown.location === null ? {} : { location: thrown.location };
  turn.record(thread, 'EvaluationFailed', { error: thrown.error, cause, ...location, state: thread.state });
  return new StateError(thrown.error, cause);
};

const retry = (turn: Turn, thread: Thread, retriers: readonly Retrier[], error: StateError): boolean => {
  const at = retriers.findIndex(({ ErrorEquals }) => meets(ErrorEquals, error));
  const retrier = retriers[at];
  if (retrier === undefined) return false;
  const counts = attemptsOf(thread);
  const used = counts[at] ?? 0;
  if (used >= retrier.MaxAttempts) return false;
  clearAttempt(thread);
  thread.retries = JSON.stringify(retriers.map((_, index) => (counts[index] ?? 0) + (index === at ? 1 : 0)));
  thread.phase = 'retrying';
  thread.dueAt = turn.now + pauseBefore(retrier, used);
  return true;
};

const caught = async (
  turn: Turn,
  thread: Thread,
  state: State,
  catcher: Catcher,
  prefix: string,
  error: StateError,
): Promise<void> => {
  const errorOutput = { Error: error.error, Cause: error.why };
  const exit = {
    next: catcher.Next,
    assign: catcher.Assign,
    output: catcher.Output,
    otherwise: JSON.stringify(errorOutput),
    seen: { errorOutput },
  };
  try {
    await exitState(turn, thread, state, exit, prefix);
  } catch (inner) {
    if (!(inner instanceof StateError)) throw inner;
    await giveUp(turn, thread, noteFailure(turn, thread, inner));
  }
};

/** The failure leaves the thread: into the Map or Parallel around it, or out of the execution. */
export const giveUp = async (turn: Turn, thread: Thread, error: StateError): Promise<void> => {
  const parent = turn.parentOf(thread);
  if (parent === undefined) return stopExecution(turn, thread, 'FAILED', error);
  if (stateOf(turn, parent).Type === 'Map') {
    turn.record(thread, 'MapIterationFailed', { name: parent.state, index: thread.slot });
  }
  thread.phase = 'done';
  parent.lastEvent = thread.lastEvent;
  await fail(turn, parent, error);
};
