/** What the expressions of a state see. Inner scopes read the variables of outer ones. */

import type { Arns } from './arn.ts';
import type { State } from './definition-schema.ts';
import { type Json, parseJson } from './json.ts';
import { clockFunctions } from './jsonata.ts';
import type { Bindings } from './template.ts';
import type { Thread } from './thread-table.ts';
import type { Turn } from './turn.ts';

export type Seen = {
  result?: Json;
  errorOutput?: Json;
  token?: string;
  item?: { index: number; value: Json };
};

/** The two things scopes need to know besides the turn. */
export type ScopePorts = { arns: Arns; roleArn: string };

const Variables = (text: string): Record<string, Json> => {
  const value = parseJson(text);
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
};

export const ownVariables = (thread: Thread): Record<string, Json> => Variables(thread.variables);

const visibleVariables = (turn: Turn, thread: Thread): Record<string, Json> => {
  const parent = turn.parentOf(thread);
  if (parent === undefined) return ownVariables(thread);
  return { ...visibleVariables(turn, parent), ...ownVariables(thread) };
};

const itemOf = (turn: Turn, thread: Thread): { Index: number; Value: Json } | undefined => {
  if (thread.item !== null) return { Index: thread.slot, Value: parseJson(thread.item) };
  const parent = turn.parentOf(thread);
  return parent === undefined ? undefined : itemOf(turn, parent);
};

export const attemptsOf = (thread: Thread): number[] => {
  const counts = thread.retries === null ? [] : parseJson(thread.retries);
  return Array.isArray(counts) ? counts.map(Number) : [];
};

const RETRIED = new Set(['Task', 'Map', 'Parallel']);
const iso = (instant: number) => new Date(instant).toISOString();

const contextOf = ({ arns, roleArn }: ScopePorts, turn: Turn, thread: Thread, state: State, seen: Seen) => {
  const { execution } = turn;
  const item =
    seen.item === undefined ? itemOf(turn, thread) : { Index: seen.item.index, Value: seen.item.value };
  const retryCount = attemptsOf(thread).reduce((sum, count) => sum + count, 0);
  return {
    Execution: {
      Id: arns.execution(execution.machine, execution.name),
      get Input() {
        return parseJson(execution.input);
      },
      StartTime: iso(execution.startedAt),
      Name: execution.name,
      RoleArn: roleArn,
      RedriveCount: 0,
    },
    StateMachine: { Id: arns.machine(execution.machine), Name: execution.machine },
    State: {
      Name: thread.state,
      EnteredTime: iso(thread.enteredAt),
      ...(RETRIED.has(state.Type) ? { RetryCount: retryCount } : {}),
    },
    ...(seen.token === undefined ? {} : { Task: { Token: seen.token } }),
    ...(item === undefined ? {} : { Map: { Item: item } }),
  };
};

/** Bodies are parsed only when an expression reads them. */
export const scopeOf = (
  ports: ScopePorts,
  turn: Turn,
  thread: Thread,
  state: State,
  seen: Seen,
): Bindings => ({
  ...clockFunctions(turn.now),
  ...visibleVariables(turn, thread),
  states: {
    get input() {
      return parseJson(thread.input);
    },
    get context() {
      return contextOf(ports, turn, thread, state, seen);
    },
    ...(seen.result === undefined ? {} : { result: seen.result }),
    ...(seen.errorOutput === undefined ? {} : { errorOutput: seen.errorOutput }),
  },
});
