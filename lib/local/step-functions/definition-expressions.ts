/** Compiles every expression when the machine is created, and checks the names of variables. */
import type { Level, Problem } from './definition-level.ts';
import type { State } from './definition-schema.ts';
import type { Json } from './json.ts';
import { compile } from './jsonata.ts';
import { isExpression, sourceOf } from './template.ts';

type Assign = Record<string, Json> | undefined;

const VARIABLE = /^[\p{ID_Start}_][\p{ID_Continue}]{0,79}$/u;
/** Fields that hold states, not templates: their own states are checked at their own level. */
const NESTED = new Set(['ItemProcessor', 'Branches', 'Comment', 'Type', 'Next']);

const PATH_KEY =
  "ends in '.$', which marks a JSONPath or an intrinsic function: this runtime speaks JSONata only";

const compileProblem = (source: string): string | undefined => {
  try {
    compile(source);
    return undefined;
  } catch (error) {
    const message =
      typeof error === 'object' && error !== null && 'message' in error
        ? String(error.message)
        : String(error);
    return `is not a JSONata expression this runtime plays: ${message}`;
  }
};

const templateProblems = (state: string, field: string, value: unknown): Problem[] => {
  if (typeof value === 'string') {
    if (!isExpression(value)) return [];
    const reason = compileProblem(sourceOf(value));
    return reason === undefined ? [] : [{ state, field, reason }];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const place = `${field}/${key}`;
    if (key.endsWith('.$')) return [{ state, field: place, reason: PATH_KEY }];
    return templateProblems(state, place, inner);
  });
};

const assignsOf = (state: State): { field: string; assign: Assign }[] => [
  ...('Assign' in state ? [{ field: 'Assign', assign: state.Assign }] : []),
  ...('Catch' in state
    ? state.Catch.map(({ Assign }, at) => ({ field: `Catch/${at}/Assign`, assign: Assign }))
    : []),
  ...('Choices' in state
    ? state.Choices.map(({ Assign }, at) => ({ field: `Choices/${at}/Assign`, assign: Assign }))
    : []),
];

const assignedIn = (level: Level): Set<string> =>
  new Set([...level.states.values()].flatMap(assignsOf).flatMap(({ assign }) => Object.keys(assign ?? {})));

const outerVariables = (level: Level): Set<string> => {
  const names = new Set<string>();
  for (let outer = level.outer; outer !== undefined; outer = outer.outer) {
    for (const name of assignedIn(outer)) names.add(name);
  }
  return names;
};

const variableProblem = (name: string, outer: ReadonlySet<string>): string | undefined => {
  if (name === 'states') return "may not be named 'states': the name is taken";
  if (!VARIABLE.test(name)) return 'is not a valid variable name';
  return outer.has(name)
    ? 'is assigned in an outer scope, which inner scopes read but cannot write'
    : undefined;
};

export const expressionProblems = (level: Level): Problem[] => {
  const outer = outerVariables(level);
  return [...level.states].flatMap(([name, state]) => {
    const fields = Object.entries(state).filter(([field]) => !NESTED.has(field));
    const variables = assignsOf(state).flatMap(({ field, assign }) =>
      Object.keys(assign ?? {}).flatMap((variable): Problem[] => {
        const reason = variableProblem(variable, outer);
        return reason === undefined ? [] : [{ state: name, field: `${field}/${variable}`, reason }];
      }),
    );
    return [...fields.flatMap(([field, value]) => templateProblems(name, field, value)), ...variables];
  });
};
