/** What the expressions of a state see. Inner scopes read the variables of outer ones. */

import type { Arns } from './arn.ts';
import type { State } from './definition-schema.ts';
import type { Execution } from './execution.ts';
import { type Json, parseJson } from './json.ts';
import { clockFunctions } from './jsonata.ts';
import type { Bindings } from './template.ts';
import type { Thread } from './thread.ts';

export type Seen = {
  /** JSON text. */
  result?: string;
  errorOutput?: Json;
  token?: string;
  item?: { index: number; value: Json };
};

/** What a machine's scopes know besides the moment. */
export type ScopePorts = { arns: Arns; roleArn: string; redriveCount(execution: number): number };

/** Where and when an expression is evaluated. */
type Moment = { execution: Execution; now: number; parentOf(thread: Thread): Thread | undefined };

const Variables = (text: string): Record<string, Json> => {
  if (text === '{}') return {};
  const value = parseJson(text);
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
};

export const ownVariables = (thread: Thread): Record<string, Json> => Variables(thread.variables);

const visibleVariables = (moment: Moment, thread: Thread): Record<string, Json> => {
  const parent = moment.parentOf(thread);
  if (parent === undefined) return ownVariables(thread);
  return { ...visibleVariables(moment, parent), ...ownVariables(thread) };
};

const itemOf = (moment: Moment, thread: Thread): { Index: number; Value: Json } | undefined => {
  if (thread.item !== null) return { Index: thread.slot, Value: parseJson(thread.item) };
  const parent = moment.parentOf(thread);
  return parent === undefined ? undefined : itemOf(moment, parent);
};

export const attemptsOf = (thread: Thread): number[] => {
  const counts = thread.retries === null ? [] : parseJson(thread.retries);
  return Array.isArray(counts) ? counts.map(Number) : [];
};

const once = <T>(make: () => T): (() => T) => {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};

const RETRIED = new Set(['Task', 'Map', 'Parallel']);
const iso = (instant: number) => new Date(instant).toISOString();

const contextOf = (
  { arns, roleArn, redriveCount }: ScopePorts,
  moment: Moment,
  thread: Thread,
  state: State,
  seen: Seen,
) => {
  const { execution } = moment;
  const item =
    seen.item === undefined ? itemOf(moment, thread) : { Index: seen.item.index, Value: seen.item.value };
  const retryCount = attemptsOf(thread).reduce((sum, count) => sum + count, 0);
  return {
    Execution: {
      Id: arns.execution(execution.machine, execution.name),
      get Input() {
        return parseJson(execution.input);
      },
      get StartTime() {
        return iso(execution.startedAt);
      },
      Name: execution.name,
      RoleArn: roleArn,
      get RedriveCount() {
        return redriveCount(execution.id);
      },
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

/** Bodies are parsed and the context is made only when an expression reads them. */
export const scopeOf = (
  ports: ScopePorts,
  moment: Moment,
  thread: Thread,
  state: State,
  seen: Seen,
): Bindings => {
  const { result, errorOutput } = seen;
  const input = once(() => parseJson(thread.input));
  const context = once(() => contextOf(ports, moment, thread, state, seen));
  return {
    ...clockFunctions(moment.now),
    ...visibleVariables(moment, thread),
    states: {
      get input() {
        return input();
      },
      get context() {
        return context();
      },
      ...(result === undefined ? {} : { result: parseJson(result) }),
      ...(errorOutput === undefined ? {} : { errorOutput }),
    },
  };
};
