/** What alarms and dashboards ask of the metrics: metrics and expressions over them, each by an id. */
import { alwaysOf } from './aws-metrics.ts';
import { asValues, computeMath, type Outcome } from './math.ts';
import { idsIn, type MathNode } from './math-parser.ts';
import type { Grid, Metric, Stat, Values } from './metric.ts';
import type { MetricStore } from './metric-store.ts';

export type MetricQuery = { readonly id: string } & (
  | { readonly kind: 'metric'; readonly metric: Metric; readonly stat: Stat; readonly periodMs: number }
  | { readonly kind: 'math'; readonly expression: string; readonly node: MathNode }
);

type Queries = readonly MetricQuery[];

const find = (queries: Queries, id: string) => queries.find((query) => query.id === id);

/** Every metric that a query comes down to; each id must be there. */
const metricsUnder = (queries: Queries, id: string): Extract<MetricQuery, { kind: 'metric' }>[] => {
  const query = find(queries, id);
  if (query === undefined) return [];
  return query.kind === 'metric'
    ? [query]
    : idsIn(query.node).flatMap((inner) => metricsUnder(queries, inner));
};

/** The period that a query is computed by, undefined of one without metrics. */
export const periodOf = (queries: Queries, id: string): number | undefined =>
  metricsUnder(queries, id)[0]?.periodMs;

/** What is wrong with the queries taken together, undefined when nothing is. */
export const faultIn = (queries: Queries): string | undefined => {
  const known = new Set<string>();
  for (const query of queries) {
    if (known.has(query.id)) return `the id ${query.id} is there twice.`;
    known.add(query.id);
  }
  for (const query of queries) {
    if (query.kind === 'metric') continue;
    const unknown = idsIn(query.node).find((id) => !known.has(id));
    if (unknown !== undefined) return `"${query.expression}" speaks of ${unknown}, which is not there.`;
    if (isCircular(queries, query.id, [])) return `"${query.expression}" is computed from itself.`;
    const periods = new Set(metricsUnder(queries, query.id).map(({ periodMs }) => periodMs));
    if (periods.size > 1) return `"${query.expression}" mixes metrics of different periods.`;
  }
  return undefined;
};

const isCircular = (queries: Queries, id: string, above: readonly string[]): boolean => {
  if (above.includes(id)) return true;
  const query = find(queries, id);
  if (query?.kind !== 'math') return false;
  return idsIn(query.node).some((inner) => isCircular(queries, inner, [...above, id]));
};

export type MetricReader = Pick<MetricStore, 'read'>;

/** Also of metrics that nobody has to tell, because they never change here. */
export const readMetric = (store: MetricReader, metric: Metric, stat: Stat, grid: Grid): Values => {
  const always = alwaysOf(metric);
  return always === undefined ? store.read(metric, stat, grid) : new Array(grid.slots).fill(always);
};

/** Reads each metric once, however often it is spoken of. */
export const createQueryRun = (store: MetricReader, queries: Queries, grid: Grid) => {
  const known = new Map<string, Outcome>();
  const outcomeOf = (id: string): Outcome => {
    if (known.has(id)) return known.get(id);
    const query = find(queries, id);
    const outcome =
      query === undefined
        ? undefined
        : query.kind === 'metric'
          ? readMetric(store, query.metric, query.stat, grid)
          : computeMath(query.node, outcomeOf);
    known.set(id, outcome);
    return outcome;
  };
  return (id: string): Values => asValues(outcomeOf(id), grid.slots);
};
