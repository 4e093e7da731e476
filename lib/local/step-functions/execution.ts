/** An execution, and how it lies in its row together with the thread it begins with. */
import type { SQLInputValue } from 'node:sqlite';
import * as z from 'zod';
import { Phase, type Thread } from './thread.ts';

export const ExecutionStatus = z.enum(['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED']);
export type ExecutionStatus = z.output<typeof ExecutionStatus>;

/** Instants are epoch milliseconds; input and output are JSON text. */
export const Execution = z.object({
  id: z.number(),
  machine: z.string(),
  name: z.string(),
  /** The revision of the definition it started with and keeps. */
  definition: z.number(),
  /** The version or alias it was started through. */
  qualifier: z.string().nullable(),
  input: z.string(),
  startedAt: z.number(),
  status: ExecutionStatus,
  /** State of the root thread, kept after the end. */
  state: z.string().nullable(),
  transitions: z.number(),
  lastEvent: z.number(),
  /** Where its newest piece of history lies. */
  history: z.number().nullable(),
  /** Thread numbers are never used twice in an execution: tokens and late answers rely on it. */
  nextThread: z.number(),
  stoppedAt: z.number().nullable(),
  timesOutAt: z.number().nullable(),
  output: z.string().nullable(),
  error: z.string().nullable(),
  cause: z.string().nullable(),
});
export type Execution = z.output<typeof Execution>;

/** With its root thread, which it has as long as it runs. */
export type Stored = { execution: Execution; root: Thread | undefined };

const Root = z.object({
  phase: Phase.nullable(),
  rootState: z.string().nullable(),
  rootInput: z.string().nullable(),
  variables: z.string().nullable(),
  enteredAt: z.number().nullable(),
  enteredEvent: z.number().nullable(),
  rootEvent: z.number().nullable(),
  retries: z.string().nullable(),
  event: z.number().nullable(),
  functionArn: z.string().nullable(),
  payload: z.string().nullable(),
  dueAt: z.number().nullable(),
  timeoutAt: z.number().nullable(),
  heartbeatMs: z.number().nullable(),
  children: z.string().nullable(),
});

/** Written once. */
const FIXED = ['id', 'machine', 'name', 'definition', 'qualifier', 'input', 'startedAt'];

export const EXECUTION_COLUMNS = Object.keys(Execution.shape);
export const CHANGING_COLUMNS = [
  ...EXECUTION_COLUMNS.filter((name) => !FIXED.includes(name)),
  ...Object.keys(Root.shape),
];
export const INSERTED_COLUMNS = [...FIXED, ...CHANGING_COLUMNS];

/** Texts that the row holds already are not written twice. */
const rootValues = ({ input, state }: Execution, root: Thread): SQLInputValue[] => [
  root.phase,
  root.state === state ? null : root.state,
  root.input === input ? null : root.input,
  root.variables === '{}' ? null : root.variables,
  root.enteredAt,
  root.enteredEvent,
  root.lastEvent,
  root.retries,
  root.event,
  root.functionArn,
  root.payload,
  root.dueAt,
  root.timeoutAt,
  root.heartbeatMs,
  root.children,
];

const NO_ROOT: SQLInputValue[] = Object.keys(Root.shape).map(() => null);

export const changingValues = (one: Execution, root: Thread | undefined): SQLInputValue[] => [
  one.status,
  one.state,
  one.transitions,
  one.lastEvent,
  one.history,
  one.nextThread,
  one.stoppedAt,
  one.timesOutAt,
  one.output,
  one.error,
  one.cause,
  ...(root === undefined ? NO_ROOT : rootValues(one, root)),
];

export const insertedValues = (one: Execution, root: Thread | undefined): SQLInputValue[] => [
  one.id,
  one.machine,
  one.name,
  one.definition,
  one.qualifier,
  one.input,
  one.startedAt,
  ...changingValues(one, root),
];

const rootOf = (execution: Execution, row: Record<string, unknown>): Thread | undefined => {
  const { phase, rootState, rootInput, rootEvent, variables, enteredAt, enteredEvent, ...rest } =
    Root.parse(row);
  if (phase === null) return undefined;
  return {
    execution: execution.id,
    ordinal: 0,
    parent: null,
    slot: 0,
    item: null,
    output: null,
    phase,
    state: rootState ?? execution.state ?? '',
    input: rootInput ?? execution.input,
    variables: variables ?? '{}',
    enteredAt: enteredAt ?? 0,
    enteredEvent: enteredEvent ?? 0,
    lastEvent: rootEvent ?? 0,
    ...rest,
  };
};

export const storedOf = (row: Record<string, unknown>): Stored => {
  const execution = Execution.parse(row);
  return { execution, root: rootOf(execution, row) };
};
