/**
 * Expressions come from code: the same few texts again and again, with other values. Parsing one takes dynalite longer
 * than all the rest of a call, so what it made of a text is kept, with holes where the values were.
 */
import type { Value } from 'dynalite/db/index.js';
import type { PageRequest, UpdateRequest } from './requests.ts';

/** What dynalite's rules leave in a request when they have read its expressions. */
type Parsed = Pick<UpdateRequest, '_condition' | '_updates'> &
  Pick<PageRequest, '_filter' | '_projection' | 'KeyConditions'>;
type Values = Readonly<Record<string, Value>>;
type Fill = (values: Values) => unknown;

/** More than any code writes; whoever writes values into the text itself makes a new one each time. */
const MOST_TEXTS = 1000;

/** These look at what a value is, not only at its type. */
const DEPENDS_ON_VALUES = /between|attribute_type/i;

const TEXTS = [
  'ConditionExpression',
  'UpdateExpression',
  'KeyConditionExpression',
  'FilterExpression',
  'ProjectionExpression',
] as const;

const PARSED = ['_condition', '_updates', '_filter', '_projection', 'KeyConditions'] as const;

/** These stood in a request that dynalite's rules let pass, and only values were put in since. */
const isParsed = (parts: unknown): parts is Parsed => isRecord(parts);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** Undefined where no value stands in `node`, so that it may be shared. */
const holesIn = (node: unknown, names: ReadonlyMap<unknown, string>): Fill | undefined => {
  const name = names.get(node);
  if (name !== undefined) return (values) => values[name];
  if (!isRecord(node)) return undefined;
  const fills = Object.entries(node).flatMap(([key, child]) => {
    const fill = holesIn(child, names);
    return fill === undefined ? [] : [{ key, fill }];
  });
  if (fills.length === 0) return undefined;
  if (Array.isArray(node)) {
    const at = new Map(fills.map(({ key, fill }) => [Number(key), fill]));
    return (values) => node.map((child, index) => at.get(index)?.(values) ?? child);
  }
  return (values) => {
    const copy: Record<string, unknown> = { ...node };
    for (const { key, fill } of fills) copy[key] = fill(values);
    return copy;
  };
};

export const hasExpressions = (request: Readonly<Record<string, unknown>>): boolean =>
  TEXTS.some((name) => request[name] !== undefined);

/** Tells apart whatever dynalite tells apart while it parses; undefined for what has to be parsed each time. */
export const keyOf = (operation: string, request: Readonly<Record<string, unknown>>): string | undefined => {
  let key = operation;
  for (const name of TEXTS) {
    const text = request[name];
    if (text === undefined) key += ';';
    else if (typeof text !== 'string' || DEPENDS_ON_VALUES.test(text)) return undefined;
    else key += `${text.length}:${text}`;
  }
  const names = request['ExpressionAttributeNames'];
  if (isRecord(names))
    for (const name in names) {
      const attribute = names[name];
      if (typeof attribute !== 'string') return undefined;
      key += `${name.length}:${name}${attribute.length}:${attribute}`;
    }
  key += ';';
  const values = request['ExpressionAttributeValues'];
  if (isRecord(values))
    for (const name in values) {
      const [type] = Object.keys(values[name] ?? {});
      key += `${name.length}:${name}${type}`;
    }
  return key;
};

export const createExpressions = () => {
  const known = new Map<string, (values: Values) => Parsed>();
  return {
    find: (key: string) => known.get(key),

    /** Keeps what dynalite made of a request that it let pass. */
    keep: (key: string, request: Readonly<Record<string, unknown>>): void => {
      if (known.size >= MOST_TEXTS) known.clear();
      const values = request['ExpressionAttributeValues'];
      const names = new Map(
        isRecord(values) ? Object.entries(values).map(([name, value]) => [value, name]) : [],
      );
      const parts = PARSED.flatMap((name) => (request[name] === undefined ? [] : [[name, request[name]]]));
      const whole = Object.fromEntries(parts);
      const fill = holesIn(whole, names);
      known.set(key, (given) => {
        const parsed = fill === undefined ? whole : fill(given);
        return isParsed(parsed) ? parsed : {};
      });
    },
  };
};
