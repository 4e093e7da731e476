/** A body as it should be, with up to four things about it wrong. */
import fc from 'fast-check';
import { nastyText, nastyValue } from './nasty.ts';

type Key = string | number;
type Path = readonly Key[];

const isContainer = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Every place in the value, its root first. */
const pathsOf = (value: unknown, path: Path = []): Path[] => {
  if (!isContainer(value)) return [path];
  const inner = Array.isArray(value)
    ? value.flatMap((item, at) => pathsOf(item, [...path, at]))
    : Object.entries(value).flatMap(([name, item]) => pathsOf(item, [...path, name]));
  return [path, ...inner];
};

type Change = (old: unknown) => { put: unknown } | 'remove' | { rename: string };

/** A copy in which the value at the path was changed; unchanged where the path leads nowhere any more. */
const changed = (value: unknown, [first, ...rest]: Path, change: Change): unknown => {
  if (first === undefined) {
    const how = change(value);
    return typeof how === 'object' && 'put' in how ? how.put : value;
  }
  if (!isContainer(value)) return value;
  const entries = Array.isArray(value)
    ? value.map((item, at): [string, unknown] => [String(at), item])
    : Object.entries(value);
  const made = entries.flatMap(([name, item]): [string, unknown][] => {
    if (name !== String(first)) return [[name, item]];
    if (rest.length > 0) return [[name, changed(item, rest, change)]];
    const how = change(item);
    if (how === 'remove') return [];
    return 'put' in how ? [[name, how.put]] : [[how.rename, item]];
  });
  return Array.isArray(value) ? made.map(([, item]) => item) : Object.fromEntries(made);
};

/** More than any list may hold, as long as that is not more than a body may be. */
const timesOf = (value: unknown): number =>
  Math.min(1200, Math.floor(200_000 / (JSON.stringify(value)?.length ?? 1)));

const change: fc.Arbitrary<Change> = fc.oneof(
  { weight: 6, arbitrary: nastyValue.map((put) => (): { put: unknown } => ({ put })) },
  { weight: 2, arbitrary: fc.constant<Change>(() => 'remove') },
  { weight: 1, arbitrary: nastyText.map((rename) => () => ({ rename })) },
  { weight: 1, arbitrary: fc.constant<Change>((old) => ({ put: [old, old] })) },
  {
    weight: 1,
    arbitrary: fc.constant<Change>((old) => ({
      put: JSON.parse(`{"__proto__": ${JSON.stringify(old) ?? 'null'}, "value": 1}`),
    })),
  },
  { weight: 1, arbitrary: fc.constant<Change>((old) => ({ put: JSON.stringify(old) ?? '' })) },
  {
    weight: 1,
    arbitrary: fc.constant<Change>((old) => ({ put: Array.from({ length: timesOf(old) }, () => old) })),
  },
);

/** One of the values, with one to four mutations at random places. */
export const mutated = (...values: readonly unknown[]): fc.Arbitrary<unknown> =>
  fc
    .tuple(fc.constantFrom(...values), fc.array(fc.tuple(fc.nat(), change), { minLength: 1, maxLength: 4 }))
    .map(([value, mutations]) =>
      mutations.reduce<unknown>((whole, [place, how]) => {
        const paths = pathsOf(whole);
        return changed(whole, paths[place % paths.length] ?? [], how);
      }, value),
    );
