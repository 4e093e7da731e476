import type { Arns } from '../arn.ts';
import { InvokeArguments, StartArguments, type TaskState } from '../definition-schema.ts';
import { ERROR, StateError } from '../errors.ts';
import { clearAttempt, complete, fail, stateOf } from '../flow.ts';
import { invokeResult } from '../invoke-result.ts';
import { type Json, parseJson } from '../json.ts';
import { type TaskMode, taskMode } from '../resource.ts';
import { type Bindings, evaluate, evaluateInteger } from '../template.ts';
import type { Thread } from '../thread.ts';
import type { Tokens } from '../token.ts';
import type { Turn } from '../turn.ts';

const LONGEST = { from: 1, to: 99_999_999 };
const TOKEN = { resourceType: 'lambda', resource: 'invoke.waitForTaskToken' };
/** As the history names what is called; a function by its ARN has events of its own. */
const CALLED: Record<Exclude<TaskMode, 'function'>, { resourceType: string; resource: string }> = {
  invoke: { resourceType: 'lambda', resource: 'invoke' },
  token: TOKEN,
  start: { resourceType: 'states', resource: 'startExecution' },
};

const modeOf = (state: TaskState): TaskMode => {
  const mode = taskMode(state.Resource);
  if (mode === undefined) throw new Error(`'${state.Resource}' got past the definition's checks`);
  return mode;
};

const taskOf = (turn: Turn, thread: Thread): { state: TaskState; mode: TaskMode } => {
  const state = stateOf(turn, thread);
  if (state.Type !== 'Task') throw new Error(`'${thread.state}' is not a Task`);
  return { state, mode: modeOf(state) };
};

type Limits = { timeout: number | undefined; heartbeat: number | undefined };

const limitsOf = async (state: TaskState, scope: Bindings): Promise<Limits> => {
  const { TimeoutSeconds, HeartbeatSeconds } = state;
  return {
    timeout:
      TimeoutSeconds === undefined
        ? undefined
        : await evaluateInteger(TimeoutSeconds, 'TimeoutSeconds', scope, LONGEST),
    heartbeat:
      HeartbeatSeconds === undefined
        ? undefined
        : await evaluateInteger(HeartbeatSeconds, 'HeartbeatSeconds', scope, LONGEST),
  };
};

const setLimits = (turn: Turn, thread: Thread, { timeout, heartbeat }: Limits): void => {
  thread.timeoutAt = timeout === undefined ? null : turn.now + timeout * 1000;
  thread.heartbeatMs = heartbeat === undefined ? null : heartbeat * 1000;
  beat(turn, thread);
};

/** Starts the heartbeat's interval anew. */
export const beat = (turn: Turn, thread: Thread): void => {
  const beatBy = thread.heartbeatMs === null ? Number.POSITIVE_INFINITY : turn.now + thread.heartbeatMs;
  const due = Math.min(beatBy, thread.timeoutAt ?? Number.POSITIVE_INFINITY);
  thread.dueAt = due === Number.POSITIVE_INFINITY ? null : due;
};

const scheduleEvents = (
  turn: Turn,
  thread: Thread,
  mode: TaskMode,
  parameters: string,
  region: string,
  limits: Limits,
) => {
  const seconds = {
    ...(limits.timeout === undefined ? {} : { timeoutInSeconds: limits.timeout }),
    ...(limits.heartbeat === undefined ? {} : { heartbeatInSeconds: limits.heartbeat }),
  };
  if (mode === 'function') {
    const details = { resource: thread.functionArn, input: parameters, ...seconds };
    thread.event = turn.record(thread, 'LambdaFunctionScheduled', details);
    turn.record(thread, 'LambdaFunctionStarted');
    return;
  }
  const resource = CALLED[mode];
  thread.event = turn.record(thread, 'TaskScheduled', { ...resource, region, parameters, ...seconds });
  turn.record(thread, 'TaskStarted', resource);
};

/** What is run: a function by its ARN, or the resource that starts an execution; and the text it is given. */
const callOf = (
  arns: Arns,
  state: string,
  { Resource }: TaskState,
  given: Json,
): { target: string; payload: string } => {
  const mode = taskMode(Resource);
  if (mode === 'function') return { target: Resource, payload: JSON.stringify(given) };
  const misfit = (call: string, why: unknown) =>
    new StateError(ERROR.runtime, `The Arguments of '${state}' do not fit ${call}: ${why}`);
  if (mode === 'start') {
    const { data, error } = StartArguments.safeParse(given);
    if (data === undefined) throw misfit('states:startExecution', error);
    const { StateMachineArn: stateMachineArn, Name: name, Input = {} } = data;
    return {
      target: Resource,
      payload: JSON.stringify({ stateMachineArn, name, input: JSON.stringify(Input) }),
    };
  }
  const { data, error } = InvokeArguments.safeParse(given);
  if (data === undefined) throw misfit('lambda:invoke', error);
  return {
    target: arns.lambda(data.FunctionName, data.Qualifier),
    payload: JSON.stringify(data.Payload ?? {}),
  };
};

export type TaskPorts = { arns: Arns; tokens: Tokens; region: string };

/** Notes the Lambda run as scheduled; it begins when the turn is on disk. */
export const runTask = async (
  { arns, tokens, region }: TaskPorts,
  turn: Turn,
  thread: Thread,
  state: TaskState,
): Promise<void> => {
  const mode = modeOf(state);
  const { execution } = turn;
  // Nothing is recorded between here and the scheduling event, so its id is known before Arguments are evaluated.
  const ref = { execution: execution.id, ordinal: thread.ordinal, event: execution.lastEvent + 1 };
  const scope = turn.scope(thread, state, mode === 'token' ? { token: tokens.make(ref) } : {});
  const given =
    state.Arguments === undefined
      ? parseJson(thread.input)
      : await evaluate(state.Arguments, 'Arguments', scope);
  const limits = await limitsOf(state, scope);
  const parameters = JSON.stringify(given);
  const { target, payload } = callOf(arns, thread.state, state, given);
  thread.functionArn = target;
  thread.payload = payload;
  scheduleEvents(turn, thread, mode, parameters, region, limits);
  setLimits(turn, thread, limits);
  thread.phase = 'running';
  turn.invocations.push({ ...ref, functionArn: target, payload });
};

export type LambdaOutcome = { ok: true; payload: unknown } | { ok: false; error: string; cause: string };

/** The Lambda of the attempt under way returned or failed. */
export const lambdaReturned = async (turn: Turn, thread: Thread, outcome: LambdaOutcome): Promise<void> => {
  const { mode } = taskOf(turn, thread);
  if (!outcome.ok) return taskFailed(turn, thread, new StateError(outcome.error, outcome.cause));
  const payload = JSON.stringify(outcome.payload ?? null);
  if (mode === 'token') {
    const output = invokeResult(payload, thread.functionArn ?? '', undefined);
    turn.record(thread, 'TaskSubmitted', { ...TOKEN, output });
    thread.phase = 'token';
    thread.functionArn = null;
    thread.payload = null;
    return;
  }
  const result = mode === 'invoke' ? invokeResult(payload, thread.functionArn ?? '', turn.now) : payload;
  await taskSucceeded(turn, thread, result);
};

export const taskSucceeded = async (turn: Turn, thread: Thread, result: string): Promise<void> => {
  const { mode } = taskOf(turn, thread);
  if (mode === 'function') turn.record(thread, 'LambdaFunctionSucceeded', { output: result });
  else turn.record(thread, 'TaskSucceeded', { ...CALLED[mode], output: result });
  clearAttempt(thread);
  await complete(turn, thread, result);
};

const noteEnd = (
  turn: Turn,
  thread: Thread,
  how: 'Failed' | 'TimedOut',
  { error, why }: StateError,
): void => {
  const { mode } = taskOf(turn, thread);
  const details = {
    ...(error === null ? {} : { error }),
    ...(why === null || why === '' ? {} : { cause: why }),
  };
  if (mode === 'function') turn.record(thread, `LambdaFunction${how}`, details);
  else turn.record(thread, `Task${how}`, { ...CALLED[mode], ...details });
};

export const taskFailed = async (turn: Turn, thread: Thread, error: StateError): Promise<void> => {
  noteEnd(turn, thread, 'Failed', error);
  clearAttempt(thread);
  await fail(turn, thread, error);
};

/** A missed heartbeat ends as States.Timeout too (recorded); ErrorEquals may still call it by its own name. */
export const taskTimedOut = async (turn: Turn, thread: Thread): Promise<void> => {
  const isHeartbeat = thread.timeoutAt === null || thread.timeoutAt > turn.now;
  const error = new StateError(ERROR.timeout, '', isHeartbeat ? { alias: ERROR.heartbeat } : {});
  noteEnd(turn, thread, 'TimedOut', error);
  clearAttempt(thread);
  await fail(turn, thread, error);
};
