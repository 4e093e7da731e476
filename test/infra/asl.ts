/** The machines of the stack: their states, and the JSONata in them taken apart. */

import jsonata from 'jsonata';
import * as z from 'zod';
import { compile } from '../../lib/local/step-functions/jsonata.ts';
import { synthesized } from '../fixtures/synthesized.ts';
import { readTemplate } from './read-template.ts';

const Retrier = z.strictObject({
  ErrorEquals: z.array(z.string()),
  MaxAttempts: z.number(),
  IntervalSeconds: z.number().optional(),
  BackoffRate: z.number().optional(),
  MaxDelaySeconds: z.number().optional(),
  JitterStrategy: z.string().optional(),
});
const Catcher = z.strictObject({ ErrorEquals: z.array(z.string()), Output: z.string(), Next: z.string() });

/** In the order a person reads: what it does, how long, what if, what then. */
export const State = z.strictObject({
  Type: z.string(),
  Resource: z.string().optional(),
  Arguments: z.record(z.string(), z.unknown()).optional(),
  TimeoutSeconds: z.union([z.string(), z.number()]).optional(),
  Retry: z.array(Retrier).optional(),
  Catch: z.array(Catcher).optional(),
  Output: z.string().optional(),
  Next: z.string().optional(),
  End: z.boolean().optional(),
});
export type State = z.output<typeof State>;

const Definition = z.strictObject({
  QueryLanguage: z.string(),
  StartAt: z.string(),
  States: z.record(z.string(), State),
});
export type Definition = z.output<typeof Definition>;

const Json = z.string().transform((text): unknown => JSON.parse(text));

export type Machine = {
  readonly text: unknown;
  readonly definition: Definition;
  readonly states: [string, State][];
};

/** `FollowUp` or `Promise`. */
export const machine = (name: string): Machine => {
  const template = readTemplate(synthesized().template);
  const found = template
    .of('AWS::StepFunctions::StateMachine')
    .find(([, { Properties }]) => Properties['StateMachineName'] === `Aftercare-${name}`);
  const text = template.read(Json, found?.[1].Properties['DefinitionString']);
  const definition = Definition.parse(text);
  return { text, definition, states: Object.entries(definition.States) };
};

export const waitsForToken = (state: State): boolean =>
  state.Resource?.endsWith('.waitForTaskToken') === true;

/** The function a task calls, without its alias, and what it is given. */
export const callOf = (state: State): { name: string; payload: unknown } => {
  const [target, payload] = waitsForToken(state)
    ? [state.Arguments?.['FunctionName'], state.Arguments?.['Payload']]
    : [state.Resource, state.Arguments];
  return { name: String(target).replace(/^<(.*):live>$/, '$1'), payload };
};

const EXPRESSION = /^\{%\s*(.*?)\s*%\}$/s;

/** Every `{% … %}` in a value, without its delimiters. */
export const expressionsIn = (value: unknown): string[] => {
  if (typeof value === 'string') return EXPRESSION.exec(value)?.slice(1) ?? [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(expressionsIn) : [];
};

export type Parts = { variables: string[]; functions: string[]; operators: string[]; paths: string[][] };

const Node = z.object({
  type: z.string(),
  value: z.unknown().optional(),
  steps: z.array(z.unknown()).optional(),
  procedure: z.object({ value: z.string() }).optional(),
  arguments: z.array(z.unknown()).optional(),
});

const nodeOf = (value: unknown) => Node.safeParse(value).data;

/** Which variables an expression reads, which functions it calls, which operators it uses, which paths it follows. */
export const takeApart = (expression: string): Parts => {
  const parts: Parts = { variables: [], functions: [], operators: [], paths: [] };
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const node = nodeOf(value);
    if (node?.type === 'variable') parts.variables.push(String(node.value));
    if (node?.type === 'binary' || node?.type === 'unary') parts.operators.push(String(node.value));
    if (node?.type === 'path')
      parts.paths.push((node.steps ?? []).map((step) => String(nodeOf(step)?.value)));
    if (node?.type === 'function') {
      parts.functions.push(node.procedure?.value ?? '?');
      visit(node.arguments);
    } else Object.values(value).forEach(visit);
  };
  visit(jsonata(expression).ast());
  return parts;
};

/** The value with its expressions evaluated, as Step Functions would hand it on. */
export const evaluate = async (value: unknown, states: unknown): Promise<unknown> => {
  if (typeof value === 'string') {
    const [expression] = expressionsIn(value);
    return expression === undefined ? value : compile(expression).evaluate(undefined, { states });
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = await Promise.all(
    Object.entries(value).map(async ([key, one]) => [key, await evaluate(one, states)] as const),
  );
  return Object.fromEntries(entries);
};

export const nextOf = (state: State): string[] => [
  ...(state.Next === undefined ? [] : [state.Next]),
  ...(state.Catch ?? []).map(({ Next }) => Next),
];
