/** Fields that may hold JSONata: any JSON value whose strings of the form `{% … %}` are expressions. */
import * as z from 'zod';
import { queryError, type StateError } from './errors.ts';
import { isJson, type Json, jsonType } from './json.ts';
import { compile } from './jsonata.ts';
import { followPath } from './plain-path.ts';

/** What expressions see: `$states`, the variables and the clock functions. */
export type Bindings = Record<string, unknown>;

export const isExpression = (value: Json): value is string =>
  typeof value === 'string' && value.startsWith('{%') && value.endsWith('%}');

export const sourceOf = (expression: string): string => expression.slice(2, -2).trim();

const Thrown = z.object({ code: z.string().optional(), message: z.string() });

const failed = (source: string, field: string, outcome: string): StateError =>
  queryError(field, `The JSONata expression '${source}' specified for the field '${field}' ${outcome}`);

const evaluateExpression = async (expression: string, field: string, bindings: Bindings): Promise<Json> => {
  const source = sourceOf(expression);
  let result: unknown;
  try {
    result = followPath(source, bindings) ?? (await compile(source).evaluate(undefined, bindings));
  } catch (error) {
    const { code, message } = Thrown.parse(error);
    const reason = code === undefined ? message : `${code}: ${message}`;
    throw failed(source, field, `threw an error during evaluation. ${reason}`);
  }
  if (result === undefined) throw failed(source, field, 'returned nothing (undefined).');
  if (!isJson(result)) throw failed(source, field, 'returned an unsupported result type.');
  return result;
};

const evaluateParts = async (template: Json, field: string, bindings: Bindings): Promise<Json> => {
  if (isExpression(template)) return evaluateExpression(template, field, bindings);
  if (template === null || typeof template !== 'object') return template;
  if (Array.isArray(template)) {
    const items: Json[] = [];
    for (const [at, item] of template.entries())
      items.push(await evaluateParts(item, `${field}[${at}]`, bindings));
    return items;
  }
  const members: Record<string, Json> = {};
  for (const [key, value] of Object.entries(template)) {
    members[key] = await evaluateParts(value, `${field}/${key}`, bindings);
  }
  return members;
};

/** What constants and plain paths come to; undefined when a part of it needs JSONata. */
const evaluatePlain = (template: Json, bindings: Bindings): Json | undefined => {
  if (isExpression(template)) {
    const value = followPath(sourceOf(template), bindings);
    return isJson(value) ? value : undefined;
  }
  if (template === null || typeof template !== 'object') return template;
  if (Array.isArray(template)) {
    const items = template.map((item) => evaluatePlain(item, bindings));
    return items.every((item) => item !== undefined) ? items : undefined;
  }
  const members: Record<string, Json> = {};
  for (const [key, inner] of Object.entries(template)) {
    const value = evaluatePlain(inner, bindings);
    if (value === undefined) return undefined;
    members[key] = value;
  }
  return members;
};

/** Most templates are plain, and an `await` for each of their parts costs more than the parts. */
export const evaluate = async (template: Json, field: string, bindings: Bindings): Promise<Json> =>
  evaluatePlain(template, bindings) ?? evaluateParts(template, field, bindings);

const unexpected = (template: Json, field: string, wanted: string, value: Json): StateError => {
  const outcome = `returned an unexpected result type. Expected '${wanted}', but was '${jsonType(value)}' for value: ${JSON.stringify(value)}`;
  return isExpression(template)
    ? failed(sourceOf(template), field, outcome)
    : queryError(field, `The field '${field}' ${outcome}`);
};

export const evaluateArray = async (template: Json, field: string, bindings: Bindings): Promise<Json[]> => {
  const value = await evaluate(template, field, bindings);
  if (!Array.isArray(value)) throw unexpected(template, field, 'array', value);
  return value;
};

export const evaluateString = async (template: Json, field: string, bindings: Bindings): Promise<string> => {
  const value = await evaluate(template, field, bindings);
  if (typeof value !== 'string') throw unexpected(template, field, 'string', value);
  return value;
};

export const evaluateBoolean = async (
  template: Json,
  field: string,
  bindings: Bindings,
): Promise<boolean> => {
  const value = await evaluate(template, field, bindings);
  if (typeof value !== 'boolean') throw unexpected(template, field, 'boolean', value);
  return value;
};

type Bounds = { from: number; to: number };

export const evaluateInteger = async (
  template: Json,
  field: string,
  bindings: Bindings,
  { from, to }: Bounds,
): Promise<number> => {
  const value = await evaluate(template, field, bindings);
  if (typeof value !== 'number') throw unexpected(template, field, 'number', value);
  if (!Number.isInteger(value) || value < from || value > to) {
    const outcome = `must be a whole number from ${from} to ${to} but was: ${value}`;
    throw queryError(field, `The value of the field '${field}' ${outcome}`);
  }
  return value;
};
