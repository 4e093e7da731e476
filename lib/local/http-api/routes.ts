/** Finds the route of a request as API Gateway's HTTP APIs do: the most specific path, then the method, then $default. */

export type RouteMatch<Target> = {
  readonly key: string;
  readonly target: Target;
  /** Decoded. */
  readonly pathParameters: Readonly<Record<string, string>>;
};

type Segment =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'variable' | 'greedy'; readonly name: string };

type Route<Target> = {
  readonly key: string;
  readonly method: string;
  readonly segments: readonly Segment[];
  readonly target: Target;
};

const RANK = { literal: 0, variable: 1, greedy: 2 } as const;

const segmentOf = (text: string): Segment => {
  const name = /^\{(.+?)(\+?)\}$/.exec(text);
  if (name?.[1] === undefined) return { kind: 'literal', text };
  return { kind: name[2] === '+' ? 'greedy' : 'variable', name: name[1] };
};

const partsOf = (path: string) => path.split('/').slice(1);

/** @throws Error for a key that is neither `$default` nor `<METHOD> /<path>`. */
const parseKey = (key: string) => {
  const [, method, path] = /^([A-Z]+) (\/.*)$/.exec(key) ?? [];
  if (method === undefined || path === undefined)
    throw new Error(`${key} is not a route key: it takes the form GET /path.`);
  return { method, segments: partsOf(path).map(segmentOf) };
};

/** Sorts specific before general: literal before variable before greedy, then a method before ANY. */
const compare = <Target>(a: Route<Target>, b: Route<Target>): number => {
  for (const [index, segment] of a.segments.entries()) {
    const other = b.segments[index];
    if (other === undefined) break;
    const difference = RANK[segment.kind] - RANK[other.kind];
    if (difference !== 0) return difference;
  }
  return Number(a.method === 'ANY') - Number(b.method === 'ANY');
};

const matchPath = (
  segments: readonly Segment[],
  parts: readonly string[],
): Record<string, string> | undefined => {
  const parameters: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const part = parts[index];
    if (part === undefined) return undefined;
    if (segment.kind === 'literal') {
      if (decodeURIComponent(part) !== segment.text) return undefined;
      continue;
    }
    if (part === '') return undefined;
    if (segment.kind === 'greedy') {
      parameters[segment.name] = decodeURIComponent(parts.slice(index).join('/'));
      return parameters;
    }
    parameters[segment.name] = decodeURIComponent(part);
  }
  return segments.length === parts.length ? parameters : undefined;
};

/**
 * HEAD is a method like any other: a GET route does not answer it.
 * The returned function throws URIError for a path with broken percent-encoding.
 */
export const createRouter = <Target>(routes: readonly { key: string; target: Target }[]) => {
  const fallback = routes.find(({ key }) => key === '$default');
  const ordered = routes
    .filter(({ key }) => key !== '$default')
    .map(({ key, target }): Route<Target> => ({ key, target, ...parseKey(key) }))
    .sort(compare);

  return (method: string, path: string): RouteMatch<Target> | undefined => {
    const parts = partsOf(path);
    for (const route of ordered) {
      if (route.method !== method && route.method !== 'ANY') continue;
      const pathParameters = matchPath(route.segments, parts);
      if (pathParameters !== undefined) return { key: route.key, target: route.target, pathParameters };
    }
    return fallback === undefined ? undefined : { ...fallback, pathParameters: {} };
  };
};
