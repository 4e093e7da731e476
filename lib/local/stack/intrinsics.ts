/** Resolves CloudFormation's intrinsic functions, as far as synthesized stacks use them. */
import * as z from 'zod';
import { StackError } from './stack-error.ts';
import type { Template } from './template.ts';

/** What Ref and Fn::GetAtt give; undefined when the resource has no such value on one machine. */
export type References = {
  ref(logicalId: string): string | undefined;
  attribute(logicalId: string, name: string): string | undefined;
  /** Last word on a text that Fn::Join or Fn::Sub put together. */
  rewrite?(text: string): string;
};

export type Resolver = {
  /** @throws StackError naming the place and the part that cannot be resolved. */
  resolve(value: unknown, path: readonly string[]): unknown;
  /** The outcome of a condition in the template; a resource or value without one always exists. */
  holds(condition: string | undefined): boolean;
};

/** Marks a value that AWS::NoValue takes out of its list or map. */
const NO_VALUE = Symbol('AWS::NoValue');

const Pair = z.tuple([z.unknown(), z.unknown()]);
const Triple = z.tuple([z.unknown(), z.unknown(), z.unknown()]);
const Join = z.tuple([z.string(), z.unknown()]);
const GetAtt = z.union([z.string().transform((text) => text.split('.')), z.array(z.string())]);
const Sub = z.union([
  z.string().transform((text): [string, Record<string, unknown>] => [text, {}]),
  z.tuple([z.string(), z.record(z.string(), z.unknown())]),
]);
const Text = z.union([z.string(), z.number().transform(String), z.boolean().transform(String)]);

const where = (path: readonly string[]) => path.join('.');

const parse = <S extends z.ZodType>(schema: S, value: unknown, path: readonly string[]): z.output<S> => {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new StackError(
    `${where(path)}: this is not what the function takes (${z.prettifyError(parsed.error)})`,
  );
};

export const createResolver = (
  template: Template,
  pseudoParameters: Readonly<Record<string, string>>,
  references: References,
): Resolver => {
  const rewrite = (text: string) => references.rewrite?.(text) ?? text;

  const ref = (logicalId: string, path: readonly string[]): unknown => {
    if (logicalId === 'AWS::NoValue') return NO_VALUE;
    const pseudo = pseudoParameters[logicalId];
    if (pseudo !== undefined) return pseudo;
    const parameter = template.Parameters[logicalId];
    if (parameter !== undefined) {
      if (parameter.Default !== undefined) return String(parameter.Default);
      throw new StackError(
        `${where(path)}: parameter ${logicalId} has no default value, and there is nobody to ask.`,
      );
    }
    const found = references.ref(logicalId);
    if (found !== undefined) return found;
    throw new StackError(`${where(path)}: Ref ${logicalId} has no value on one machine.`);
  };

  const getAtt = (argument: unknown, path: readonly string[]) => {
    const [logicalId = '', ...name] = parse(GetAtt, argument, path);
    const found = references.attribute(logicalId, name.join('.'));
    if (found !== undefined) return found;
    throw new StackError(
      `${where(path)}: attribute ${name.join('.')} of ${logicalId} has no value on one machine.`,
    );
  };

  const sub = (argument: unknown, path: readonly string[]) => {
    const [text, own] = parse(Sub, argument, path);
    const filled = text.replace(/\$\{([^}]+)\}/g, (_whole, name: string) => {
      if (name.startsWith('!')) return `\${${name.slice(1)}}`;
      if (name in own) return parse(Text, resolve(own[name], path), path);
      return parse(Text, name.includes('.') ? getAtt(name, path) : ref(name, path), path);
    });
    return rewrite(filled);
  };

  const join = (argument: unknown, path: readonly string[]) => {
    const [separator, parts] = parse(Join, argument, path);
    return rewrite(parse(z.array(Text), resolve(parts, path), path).join(separator));
  };

  const select = (argument: unknown, path: readonly string[]) => {
    const [index, list] = parse(Pair, argument, path);
    const at = parse(z.coerce.number().int(), resolve(index, path), path);
    const items = parse(z.array(z.unknown()), resolve(list, path), path);
    if (at in items) return items[at];
    throw new StackError(`${where(path)}: Fn::Select asks for item ${at} of a list of ${items.length}.`);
  };

  const split = (argument: unknown, path: readonly string[]) => {
    const [separator, text] = parse(Join, argument, path);
    return parse(Text, resolve(text, path), path).split(separator);
  };

  const findInMap = (argument: unknown, path: readonly string[]) => {
    const [map, top, second] = parse(z.tuple([Text, Text, Text]), resolve(argument, path), path);
    const found = template.Mappings[map]?.[top]?.[second];
    if (found !== undefined) return found;
    throw new StackError(`${where(path)}: mapping ${map} has nothing under ${top}, ${second}.`);
  };

  const choose = (argument: unknown, path: readonly string[]) => {
    const [name, yes, no] = parse(Triple, argument, path);
    return resolve(holds(parse(z.string(), name, path)) ? yes : no, path);
  };

  const functions: Record<string, (argument: unknown, path: readonly string[]) => unknown> = {
    Ref: (argument, path) => ref(parse(z.string(), argument, path), path),
    'Fn::GetAtt': getAtt,
    'Fn::Join': join,
    'Fn::Sub': sub,
    'Fn::Select': select,
    'Fn::Split': split,
    'Fn::FindInMap': findInMap,
    'Fn::If': choose,
    Condition: (argument, path) => holds(parse(z.string(), argument, path)),
    'Fn::Equals': (argument, path) => {
      const [left, right] = parse(Pair, resolve(argument, path), path);
      return left === right;
    },
    'Fn::Not': (argument, path) => !parse(z.tuple([z.boolean()]), resolve(argument, path), path)[0],
    'Fn::And': (argument, path) => parse(z.array(z.boolean()), resolve(argument, path), path).every(Boolean),
    'Fn::Or': (argument, path) => parse(z.array(z.boolean()), resolve(argument, path), path).some(Boolean),
  };

  const resolve = (value: unknown, path: readonly string[]): unknown => {
    if (Array.isArray(value))
      return value
        .map((item: unknown, index) => resolve(item, [...path, String(index)]))
        .filter((item) => item !== NO_VALUE);
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value);
    const [only] = entries;
    if (only !== undefined && entries.length === 1) {
      const [name, argument] = only;
      const play = functions[name];
      if (play !== undefined) return play(argument, path);
      if (name.startsWith('Fn::'))
        throw new StackError(`${where(path)}: ${name} is not supported on one machine.`);
    }
    return Object.fromEntries(
      entries
        .map(([key, item]) => [key, resolve(item, [...path, key])] as const)
        .filter(([, item]) => item !== NO_VALUE),
    );
  };

  const holds = (name: string | undefined): boolean => {
    if (name === undefined) return true;
    if (!(name in template.Conditions)) throw new StackError(`Conditions.${name} is not in the template.`);
    return parse(z.boolean(), resolve(template.Conditions[name], ['Conditions', name]), ['Conditions', name]);
  };

  return { resolve: (value, path) => resolve(value, path), holds };
};
