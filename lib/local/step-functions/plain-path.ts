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

/** What the expression names; undefined when JSONata has to look. */
export const followPath = (source: string, bindings: Record<string, unknown>): unknown => {
  if (!PATH.test(source)) return undefined;
  let value: unknown = bindings;
  for (const name of source.slice(1).split('.')) {
    if (TAKEN.has(name) || !isRecord(value) || !Object.hasOwn(value, name)) return undefined;
    value = value[name];
  }
  return typeof value === 'function' || Array.isArray(value) ? undefined : value;
};
