/** Reads a state machine's definition and refuses, by state and field, whatever this runtime does not play. */
import type * as z from 'zod';
import { expressionProblems } from './definition-expressions.ts';
import type { Level, Problem } from './definition-level.ts';
import { type Flow, MachineDefinition, State } from './definition-schema.ts';
import { transitionProblems } from './definition-transitions.ts';
import { AwsError } from './errors.ts';
import { parseJson } from './json.ts';
import { resourceProblems } from './resource.ts';

export type Machine = {
  startAt: string;
  timeoutSeconds: number | undefined;
  /** Every state, those inside Map and Parallel included: names are unique in the whole machine, as on AWS. */
  states: ReadonlyMap<string, State>;
};

const JSON_PATH =
  /^(InputPath|OutputPath|ResultPath|ResultSelector|Parameters|Result|Variable|ItemsPath|.*Path)$/;
const DISTRIBUTED = new Set(['ItemReader', 'ItemBatcher', 'ResultWriter', 'Label', 'ExecutionType']);

const whyUnknown = (field: string): string => {
  if (DISTRIBUTED.has(field)) return 'Distributed Map is not supported by this runtime';
  if (JSON_PATH.test(field)) return 'JSONPath fields are not supported: this runtime speaks JSONata only';
  return 'is not supported by this runtime';
};

type Issue = z.core.$ZodIssue;

const problemsOf = (
  issues: readonly Issue[],
  state: string | undefined,
  path: readonly PropertyKey[] = [],
): Problem[] =>
  issues.flatMap((issue) => {
    const at = [...path, ...issue.path];
    const field = at.map(String).join('/') || 'definition';
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        state,
        field: [...at, key].map(String).join('/'),
        reason: whyUnknown(key),
      }));
    }
    if (field === 'Type')
      return [{ state, field, reason: 'is missing or not a state type this runtime plays' }];
    if (field.endsWith('ProcessorConfig/Mode')) return [{ state, field, reason: whyUnknown('ItemReader') }];
    if (field.endsWith('QueryLanguage')) {
      return [{ state, field, reason: "must be 'JSONata': this runtime plays no other query language" }];
    }
    return [{ state, field, reason: issue.message }];
  });

type Reading = { machineLanguage: string; levels: Level[]; problems: Problem[]; seen: Set<string> };

const innerFlows = (state: State): z.output<typeof Flow>[] => {
  if (state.Type === 'Map') return [state.ItemProcessor];
  return state.Type === 'Parallel' ? state.Branches : [];
};

const readLevel = (
  reading: Reading,
  flow: z.output<typeof Flow>,
  owner: string | undefined,
  outer: Level | undefined,
): void => {
  const level: Level = { owner, startAt: flow.StartAt, states: new Map(), outer };
  reading.levels.push(level);
  for (const [name, raw] of Object.entries(flow.States)) {
    if (reading.seen.has(name)) {
      reading.problems.push({ state: name, field: 'States', reason: 'is a name used twice in this machine' });
    }
    reading.seen.add(name);
    const parsed = State.safeParse(raw);
    if (!parsed.success) {
      reading.problems.push(...problemsOf(parsed.error.issues, name));
      continue;
    }
    if ((parsed.data.QueryLanguage ?? reading.machineLanguage) !== 'JSONata') {
      const reason = "must be 'JSONata' here or on the machine: this runtime plays no other query language";
      reading.problems.push({ state: name, field: 'QueryLanguage', reason });
    }
    level.states.set(name, parsed.data);
    for (const inner of innerFlows(parsed.data)) readLevel(reading, inner, name, level);
  }
};

const refuse = (problems: Problem[]): never => {
  const texts = problems.map(({ state, field, reason }) =>
    state === undefined ? `field '${field}' ${reason}` : `state '${state}', field '${field}': ${reason}`,
  );
  throw new AwsError('InvalidDefinition', `Invalid State Machine Definition: '${texts.join('; ')}'`);
};

const readText = (text: string): unknown => {
  try {
    return parseJson(text);
  } catch (error) {
    const message = `Invalid State Machine Definition: 'INVALID_JSON_DESCRIPTION: ${String(error)}'`;
    throw new AwsError('InvalidDefinition', message, 400, { cause: error });
  }
};

/** @throws AwsError InvalidDefinition that names state, field and reason of everything refused. */
export const parseDefinition = (text: string): Machine => {
  const parsed = MachineDefinition.safeParse(readText(text));
  if (!parsed.success) return refuse(problemsOf(parsed.error.issues, undefined));
  const { StartAt, TimeoutSeconds, QueryLanguage } = parsed.data;
  const reading: Reading = { machineLanguage: QueryLanguage, levels: [], problems: [], seen: new Set() };
  readLevel(reading, parsed.data, undefined, undefined);
  // Later checks would only report what follows from a state that did not parse.
  if (reading.problems.length === 0) {
    for (const level of reading.levels) {
      reading.problems.push(
        ...transitionProblems(level),
        ...expressionProblems(level),
        ...resourceProblems(level),
      );
    }
  }
  if (reading.problems.length > 0) refuse(reading.problems);
  const states = new Map(reading.levels.flatMap((level) => [...level.states]));
  return { startAt: StartAt, timeoutSeconds: TimeoutSeconds, states };
};
