/**
 * The deployed state machines, run by a driver small enough to keep in mind: tasks, tokens, timeouts, retries, catchers. It knows
 * what those two machines use and refuses the rest by name. driver.test.ts holds it against the one-machine runtime's interpreter.
 */
import * as z from 'zod';
import { readMachines } from '../../../lib/simulation/machines.ts';

const Json = z.unknown();
const Retrier = z.object({
  ErrorEquals: z.array(z.string()),
  MaxAttempts: z.int(),
  IntervalSeconds: z.int().default(1),
  BackoffRate: z.number().default(2),
  MaxDelaySeconds: z.int().optional(),
  JitterStrategy: z.literal('FULL').optional(),
});
type Retrier = z.output<typeof Retrier>;

const TaskState = z.strictObject({
  Type: z.literal('Task'),
  Resource: z.string(),
  Arguments: Json,
  TimeoutSeconds: z.union([z.string(), z.int()]),
  Retry: z.array(Retrier),
  Catch: z
    .array(z.strictObject({ ErrorEquals: z.array(z.string()), Next: z.string(), Output: z.string() }))
    .default([]),
  Output: z.string().optional(),
  Next: z.string().optional(),
  End: z.literal(true).optional(),
});
export type TaskState = z.output<typeof TaskState>;

const Machine = z.object({
  StartAt: z.string(),
  States: z.record(
    z.string(),
    z.discriminatedUnion('Type', [TaskState, z.strictObject({ Type: z.literal('Succeed') })]),
  ),
});
export type Machine = z.output<typeof Machine>;

export type MachineName = 'FollowUp' | 'Promise';
export type Machines = Readonly<Record<MachineName, Machine>>;

export const deployedMachines = (): Machines => {
  const { followUp, promise } = readMachines();
  return { FollowUp: Machine.parse(JSON.parse(followUp)), Promise: Machine.parse(JSON.parse(promise)) };
};

export type Execution = {
  readonly machine: MachineName;
  readonly name: string;
  readonly status: 'RUNNING' | 'SUCCEEDED' | 'FAILED';
  /** Where it stands, or stood when it ended. */
  readonly state: string;
  /** JSON text of the state's input, or of the output when it has ended. */
  readonly input: string;
  /** What it was started with. */
  readonly began: string;
  readonly enteredAt: number;
  /** `due`: its Lambda is to be called; `waiting`: with its token; `pausing`: before the next try. */
  readonly phase: 'due' | 'waiting' | 'pausing' | 'over';
  /** Counts every call of a Lambda: the token is made of it. */
  readonly attempt: number;
  /** How often each retrier of the state was used. */
  readonly retries: readonly number[];
  /** When the pause or the wait ends. */
  readonly dueAt: number;
  readonly error?: string;
};

export type Failure = { error: string; cause: string };

const EXPRESSION = /^\{%\s*(.+?)\s*%\}$/;
const PARSE = /^\$parse\((.+)\)((?:\.\w+)*)$/;
const PATH = /^\$states((?:\.\w+)+)$/;
const Fields = z.record(z.string(), z.unknown());

const follow = (path: string, from: unknown): unknown =>
  path
    .split('.')
    .filter((name) => name !== '')
    .reduce<unknown>((value, name) => Fields.parse(value)[name], from);

/** A path, or a text that is read as JSON: the machines of Aftercare say no more in JSONata. */
const evaluate = (source: string, states: unknown): unknown => {
  const [, text, rest = ''] = PARSE.exec(source) ?? [];
  if (text !== undefined) return follow(rest, JSON.parse(String(evaluate(text, states))));
  const [, path] = PATH.exec(source) ?? [];
  if (path === undefined) throw new Error(`The driver does not know ${source}`);
  return follow(path, states);
};

const filled = (template: unknown, states: unknown): unknown => {
  if (typeof template === 'string') {
    const [, source] = EXPRESSION.exec(template) ?? [];
    const value = source === undefined ? template : evaluate(source, states);
    if (value === undefined) throw new Error(`${template} yields nothing`);
    return value;
  }
  if (typeof template !== 'object' || template === null) return template;
  return Object.fromEntries(Object.entries(template).map(([name, part]) => [name, filled(part, states)]));
};

export const taskOf = (machines: Machines, { machine, state }: Execution): TaskState => {
  const found = machines[machine].States[state];
  if (found?.Type !== 'Task') throw new Error(`${machine} has no task ${state}`);
  return found;
};

export const waitsForToken = ({ Resource }: TaskState): boolean => Resource.endsWith('.waitForTaskToken');

export const tokenOf = ({ name, attempt }: Pick<Execution, 'name' | 'attempt'>): string =>
  `${name}.${attempt}`;

const iso = (instant: number) => new Date(instant).toISOString();
const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);

const contextOf = (one: Execution) => ({
  input: JSON.parse(one.input),
  context: {
    Task: { Token: tokenOf(one) },
    State: { EnteredTime: iso(one.enteredAt), RetryCount: sum(one.retries) },
  },
});

const Invoke = z.object({ FunctionName: z.string(), Payload: z.unknown() });

/** Which function is called with what. */
export const callOf = (machines: Machines, one: Execution): { name: string; payload: unknown } => {
  const task = taskOf(machines, one);
  const given = filled(task.Arguments, contextOf(one));
  const { FunctionName, Payload } = waitsForToken(task)
    ? Invoke.parse(given)
    : { FunctionName: task.Resource, Payload: given };
  const name = FunctionName.split(':').at(-1) ?? '';
  if (!/^[a-z-]+$/.test(name)) throw new Error(`The driver does not know how to call ${FunctionName}`);
  return { name, payload: Payload };
};

const entered = (
  machines: Machines,
  one: Execution,
  state: string,
  input: unknown,
  now: number,
): Execution => {
  const next = machines[one.machine].States[state];
  if (next === undefined) throw new Error(`${one.machine} has no state ${state}`);
  const isOver = next.Type === 'Succeed';
  return {
    ...one,
    state,
    input: JSON.stringify(input),
    enteredAt: now,
    attempt: isOver ? one.attempt : one.attempt + 1,
    retries: [],
    phase: isOver ? 'over' : 'due',
    status: isOver ? 'SUCCEEDED' : 'RUNNING',
    dueAt: now,
  };
};

export const begun = (
  machines: Machines,
  machine: MachineName,
  name: string,
  input: unknown,
  now: number,
) => {
  const blank: Execution = {
    ...{ machine, name, status: 'RUNNING', state: '', input: '{}', began: JSON.stringify(input) },
    ...{ enteredAt: now, phase: 'due', attempt: 0, retries: [], dueAt: now },
  };
  return entered(machines, blank, machines[machine].StartAt, input, now);
};

/** Its Lambda has returned and it waits for its token. */
export const waiting = (machines: Machines, one: Execution, now: number): Execution => {
  const { TimeoutSeconds } = taskOf(machines, one);
  const seconds = Number(filled(TimeoutSeconds, contextOf(one)));
  if (!Number.isInteger(seconds) || seconds < 1) throw new Error(`${one.state} waits ${seconds} seconds`);
  /* No Lambda takes any time here, so the wait began when it was called. */
  return { ...one, phase: 'waiting', dueAt: now + seconds * 1000 };
};

export const succeeded = (machines: Machines, one: Execution, result: unknown, now: number): Execution => {
  const { Output, Next } = taskOf(machines, one);
  const output = Output === undefined ? result : filled(Output, { ...contextOf(one), result });
  if (Next !== undefined) return entered(machines, one, Next, output, now);
  return { ...one, status: 'SUCCEEDED', phase: 'over', input: JSON.stringify(output), retries: [] };
};

const meets = (names: readonly string[], error: string): boolean =>
  names.some((name) => name === error || (name === 'States.TaskFailed' && error !== 'States.Timeout'));

/** With full jitter a pause may be of any length: here there is none, so that a task that died runs again before anything else. */
const pauseMs = ({ IntervalSeconds, BackoffRate, MaxDelaySeconds, JitterStrategy }: Retrier, used: number) =>
  JitterStrategy === 'FULL'
    ? 0
    : Math.min(IntervalSeconds * BackoffRate ** used, MaxDelaySeconds ?? Number.POSITIVE_INFINITY) * 1000;

export const failed = (machines: Machines, one: Execution, failure: Failure, now: number): Execution => {
  const { Retry, Catch } = taskOf(machines, one);
  const at = Retry.findIndex(({ ErrorEquals }) => meets(ErrorEquals, failure.error));
  const retrier = Retry[at];
  const used = one.retries[at] ?? 0;
  if (retrier !== undefined && used < retrier.MaxAttempts) {
    const retries = Retry.map((_, index) => (one.retries[index] ?? 0) + (index === at ? 1 : 0));
    return { ...one, phase: 'pausing', retries, dueAt: now + pauseMs(retrier, used) };
  }
  const catcher = Catch.find(({ ErrorEquals }) => meets(ErrorEquals, failure.error));
  if (catcher === undefined)
    return { ...one, status: 'FAILED', phase: 'over', error: failure.error, retries: [] };
  const errorOutput = { Error: failure.error, Cause: failure.cause };
  return entered(
    machines,
    one,
    catcher.Next,
    filled(catcher.Output, { ...contextOf(one), errorOutput }),
    now,
  );
};

/** After its pause: the Lambda is to be called once more, with a token of its own. */
export const again = (one: Execution): Execution => ({ ...one, phase: 'due', attempt: one.attempt + 1 });
