/** The JSONata dialect of Step Functions: the language itself plus what AWS adds and takes away. */
import { createHash, randomUUID } from 'node:crypto';
import jsonata, { type Expression, type ExprNode } from 'jsonata';
import { parseJson } from './json.ts';
import { looseName } from './loose-name.ts';

const HASHES = new Map([
  ['MD5', 'md5'],
  ['SHA-1', 'sha1'],
  ['SHA-256', 'sha256'],
  ['SHA-384', 'sha384'],
  ['SHA-512', 'sha512'],
]);
const LONGEST_RANGE = 1000;

const partition = (items: unknown[], size: number): unknown[][] => {
  if (size < 1) throw new Error('$partition needs a chunk size of at least 1');
  const chunk = Math.trunc(size);
  return Array.from({ length: Math.ceil(items.length / chunk) }, (_, at) =>
    items.slice(at * chunk, (at + 1) * chunk),
  );
};

const range = (first: number, last: number, step: number): number | number[] => {
  if (step === 0) throw new Error('$range needs a step other than 0');
  const count = Math.max(0, Math.floor((last - first) / step) + 1);
  if (count > LONGEST_RANGE) throw new Error(`$range yields at most ${LONGEST_RANGE} items`);
  // AWS hands a range of one back as the bare number (recorded).
  return count === 1 ? first : Array.from({ length: count }, (_, at) => first + at * step);
};

const hash = (text: string, algorithm: string): string => {
  const name = HASHES.get(algorithm);
  if (name === undefined) throw new Error(`$hash does not know the algorithm ${algorithm}`);
  return createHash(name).update(text).digest('hex');
};

/** Same seed, same number; not the numbers that AWS draws. */
const random = (seed?: number): number =>
  seed === undefined
    ? Math.random()
    : createHash('sha256').update(String(seed)).digest().readUInt32BE() / 4_294_967_296;

const isNode = (value: unknown): value is ExprNode => typeof value === 'object' && value !== null;

const mentionsEval = (node: ExprNode): boolean => {
  if (node.type === 'variable' && node.value === 'eval') return true;
  return Object.values(node)
    .flat(2)
    .some((child) => isNode(child) && mentionsEval(child));
};

/** An expression without an end would hold the whole runtime: no honest one comes near either bound. */
const GUARDS = { stack: 1000, timeout: 10_000 };

const compiled = new Map<string, Expression>();
const MOST_COMPILED = 10_000;

/** @throws Error with a readable message when the source is not valid in this dialect. */
export const compile = (source: string): Expression => {
  const known = compiled.get(source);
  if (known !== undefined) return known;
  const expression = jsonata(source, GUARDS);
  if (mentionsEval(expression.ast())) throw new Error('$eval is not available');
  const loose = looseName(expression.ast());
  if (loose !== undefined) throw new Error(`${loose} names nothing here: begin with $states or a variable`);
  expression.registerFunction('partition', partition, '<an:a>');
  expression.registerFunction('range', range, '<nnn:x>');
  expression.registerFunction('hash', hash, '<ss:s>');
  expression.registerFunction('random', random, '<n?:n>');
  expression.registerFunction('uuid', () => randomUUID(), '<:s>');
  expression.registerFunction('parse', parseJson, '<s:x>');
  if (compiled.size >= MOST_COMPILED) compiled.clear();
  compiled.set(source, expression);
  return expression;
};

const formatted = jsonata('$fromMillis($at, $picture, $zone)');

/** `$now` and `$millis` on the runtime's clock instead of the machine's. */
export const clockFunctions = (now: number) => ({
  millis: () => now,
  now: (picture?: string, zone?: string) =>
    picture === undefined
      ? new Date(now).toISOString()
      : formatted.evaluate(undefined, { at: now, picture, zone }),
});
