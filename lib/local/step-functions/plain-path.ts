/**
 * Most expressions only name something, as `$states.context.Task.Token` does. Such a path through plain objects needs
 * no JSONata, which takes ten times as long. Whatever is less plain (an array on the way or at the end, a name that is
 * not there, a function) is left to JSONata.
 */

const PATH = /^\$[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/;
/** Words of the language, which mean something else than a name. */
const TAKEN = new Set(['and', 'or', 'in', 'true', 'false', 'null', 'function']);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const paths = new Map<string, readonly string[] | undefined>();
const MOST_KEPT = 10_000;

/** The names on the way; undefined for whatever is more than a path. */
const pathOf = (source: string): readonly string[] | undefined => {
  if (!PATH.test(source)) return undefined;
  const names = source.slice(1).split('.');
  return names.some((name) => TAKEN.has(name)) ? undefined : names;
};

const knownPath = (source: string): readonly string[] | undefined => {
  if (paths.has(source)) return paths.get(source);
  const path = pathOf(source);
  if (paths.size >= MOST_KEPT) paths.clear();
  paths.set(source, path);
  return path;
};

/** What the expression names; undefined when JSONata has to look. */
export const followPath = (source: string, bindings: Record<string, unknown>): unknown => {
  const path = knownPath(source);
  if (path === undefined) return undefined;
  let value: unknown = bindings;
  for (const name of path) {
    if (!isRecord(value) || !Object.hasOwn(value, name)) return undefined;
    value = value[name];
  }
  return typeof value === 'function' || Array.isArray(value) ? undefined : value;
};
