/**
 * DynamoDB's condition and update expressions, as far as the stores use them: compiled once, run a million times. What it
 * does not know it refuses by name; tables.test.ts holds it against the stores' contracts.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Item } from '../../../functions/adapters/table.ts';

export type Names = Readonly<Record<string, string>>;
type Given = { item: Item | undefined; names: Names; values: Item };
type Operand = (given: Given) => unknown;
type Test = (given: Given) => boolean;
type Change = (given: Given, next: Record<string, unknown>) => void;

const TOKEN = /\s*(<>|<=|>=|[()=,+\-<>.]|[#:]?[A-Za-z_]\w*)/y;

const tokensOf = (text: string): string[] => {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const found = TOKEN.exec(text);
    if (found?.[1] === undefined) throw new Error(`Not understood: ${text}`);
    tokens.push(found[1]);
  }
  return tokens;
};

/** Where in the tokens we are. */
type Reader = { peek(): string | undefined; take(): string; skip(token: string): void };

const readerOf = (text: string): Reader => {
  const tokens = tokensOf(text);
  let at = 0;
  const take = (): string => {
    const token = tokens[at];
    if (token === undefined) throw new Error(`Ends too early: ${text}`);
    at += 1;
    return token;
  };
  return {
    peek: () => tokens[at],
    take,
    skip: (wanted) => {
      const token = take();
      if (token !== wanted) throw new Error(`Expected ${wanted} and found ${token}: ${text}`);
    },
  };
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Set);

const nameOf = (token: string, names: Names): string => {
  const name = token.startsWith('#') ? names[token] : token;
  if (name === undefined) throw new Error(`No name is given for ${token}`);
  return name;
};

const readPath = (reader: Reader): string[] => {
  const path = [reader.take()];
  while (reader.peek() === '.') {
    reader.skip('.');
    path.push(reader.take());
  }
  return path;
};

const follow = (path: readonly string[], { item, names }: Given): unknown =>
  path.reduce<unknown>((value, token) => (isRecord(value) ? value[nameOf(token, names)] : undefined), item);

const readOperand = (reader: Reader): Operand => {
  if (reader.peek() === 'if_not_exists') {
    reader.take();
    reader.skip('(');
    const path = readPath(reader);
    reader.skip(',');
    const otherwise = readOperand(reader);
    reader.skip(')');
    return (given) => follow(path, given) ?? otherwise(given);
  }
  const path = readPath(reader);
  const [first = ''] = path;
  if (!first.startsWith(':')) return (given) => follow(path, given);
  return ({ values }) => {
    if (!Object.hasOwn(values, first)) throw new Error(`No value is given for ${first}`);
    return values[first];
  };
};

/** Values of different types are never before or after each other. */
const isBelow = (a: unknown, b: unknown): boolean =>
  (typeof a === 'number' && typeof b === 'number' && a < b) ||
  (typeof a === 'string' && typeof b === 'string' && a < b);

const COMPARE: Readonly<Record<string, (a: unknown, b: unknown) => boolean>> = {
  '=': (a, b) => a !== undefined && isDeepStrictEqual(a, b),
  '<>': (a, b) => !isDeepStrictEqual(a, b),
  '<': isBelow,
  '<=': (a, b) => isBelow(a, b) || (a !== undefined && a === b),
  '>': (a, b) => isBelow(b, a),
  '>=': (a, b) => isBelow(b, a) || (a !== undefined && a === b),
};

const readTerm = (reader: Reader): Test => {
  const next = reader.peek();
  if (next === '(') {
    reader.take();
    const test = readAny(reader);
    reader.skip(')');
    return test;
  }
  if (next === 'NOT') {
    reader.take();
    const test = readTerm(reader);
    return (given) => !test(given);
  }
  if (next === 'attribute_exists' || next === 'attribute_not_exists') {
    reader.take();
    reader.skip('(');
    const path = readPath(reader);
    reader.skip(')');
    const isWanted = next === 'attribute_exists';
    return (given) => (follow(path, given) !== undefined) === isWanted;
  }
  const left = readOperand(reader);
  const operator = reader.take();
  const compare = COMPARE[operator];
  if (compare === undefined) throw new Error(`No such comparison here: ${operator}`);
  const right = readOperand(reader);
  return (given) => compare(left(given), right(given));
};

const readAll = (reader: Reader): Test => {
  const tests = [readTerm(reader)];
  while (reader.peek() === 'AND') {
    reader.take();
    tests.push(readTerm(reader));
  }
  return (given) => tests.every((test) => test(given));
};

const readAny = (reader: Reader): Test => {
  const tests = [readAll(reader)];
  while (reader.peek() === 'OR') {
    reader.take();
    tests.push(readAll(reader));
  }
  return (given) => tests.some((test) => test(given));
};

/** Only whole attributes are changed by the stores. */
const attributeOf = (path: readonly string[], names: Names): string => {
  const [token] = path;
  if (path.length !== 1 || token === undefined) throw new Error(`A part of an attribute: ${path.join('.')}`);
  return nameOf(token, names);
};

const readSet = (reader: Reader): Change => {
  const path = readPath(reader);
  reader.skip('=');
  const left = readOperand(reader);
  const sign = reader.peek();
  if (sign !== '+' && sign !== '-')
    return (given, next) => {
      next[attributeOf(path, given.names)] = left(given);
    };
  reader.take();
  const right = readOperand(reader);
  return (given, next) => {
    const [a, b] = [Number(left(given)), Number(right(given))];
    next[attributeOf(path, given.names)] = sign === '+' ? a + b : a - b;
  };
};

const readRemove = (reader: Reader): Change => {
  const path = readPath(reader);
  return ({ names }, next) => {
    delete next[attributeOf(path, names)];
  };
};

const asSet = (value: unknown): Set<unknown> => new Set(value instanceof Set ? value : []);

const readAdd = (reader: Reader): Change => {
  const path = readPath(reader);
  const value = readOperand(reader);
  return (given, next) => {
    const name = attributeOf(path, given.names);
    const [known, more] = [follow(path, given), value(given)];
    next[name] =
      more instanceof Set ? new Set([...asSet(known), ...more]) : Number(known ?? 0) + Number(more);
  };
};

/** A set that has become empty is not there any more. */
const readDelete = (reader: Reader): Change => {
  const path = readPath(reader);
  const value = readOperand(reader);
  return (given, next) => {
    const name = attributeOf(path, given.names);
    const gone = asSet(value(given));
    const left = new Set([...asSet(follow(path, given))].filter((one) => !gone.has(one)));
    if (left.size === 0) delete next[name];
    else next[name] = left;
  };
};

const CLAUSES: Readonly<Record<string, (reader: Reader) => Change>> = {
  SET: readSet,
  REMOVE: readRemove,
  ADD: readAdd,
  DELETE: readDelete,
};

const readUpdate = (reader: Reader): Change[] => {
  const changes: Change[] = [];
  while (reader.peek() !== undefined) {
    const word = reader.take();
    const read = CLAUSES[word];
    if (read === undefined) throw new Error(`No such clause: ${word}`);
    changes.push(read(reader));
    while (reader.peek() === ',') {
      reader.take();
      changes.push(read(reader));
    }
  }
  return changes;
};

const remembered = <T>(make: (text: string) => T): ((text: string) => T) => {
  const made = new Map<string, T>();
  return (text) => {
    const known = made.get(text);
    if (known !== undefined) return known;
    const fresh = make(text);
    made.set(text, fresh);
    return fresh;
  };
};

const conditionOf = remembered((text): Test => {
  const reader = readerOf(text);
  const test = readAny(reader);
  if (reader.peek() !== undefined) throw new Error(`Too much: ${text}`);
  return test;
});

const updateOf = remembered((text) => readUpdate(readerOf(text)));

export const holds = (
  condition: string | undefined,
  item: Item | undefined,
  names: Names = {},
  values: Item = {},
): boolean => condition === undefined || conditionOf(condition)({ item, names, values });

/** The item as the update leaves it; every clause sees it as it was before. */
export const updated = (update: string, item: Item, names: Names = {}, values: Item = {}): Item => {
  const next = { ...item };
  for (const change of updateOf(update)) change({ item, names, values }, next);
  return next;
};
