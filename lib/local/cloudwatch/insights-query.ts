/** A log query, read: what our dashboards use of the Logs Insights language. */

export type Condition =
  | { readonly kind: 'present'; readonly field: string }
  | { readonly kind: 'one of'; readonly field: string; readonly values: readonly (string | number)[] }
  | { readonly kind: 'not'; readonly of: Condition }
  | { readonly kind: 'all' | 'any'; readonly of: readonly Condition[] };

export type Statistic = 'count' | 'sum' | 'min' | 'max' | 'avg' | 'pct';

/** `field` is undefined for `count(*)`. */
export type Aggregate = {
  readonly statistic: Statistic;
  readonly field?: string;
  readonly percent?: number;
  readonly label: string;
};

export type Grouping =
  | { readonly kind: 'field'; readonly field: string; readonly label: string }
  | { readonly kind: 'bin'; readonly periodMs: number; readonly label: string };

export type InsightsQuery = {
  readonly groups: readonly string[];
  readonly fields: readonly string[];
  readonly filters: readonly Condition[];
  readonly stats?: { readonly aggregates: readonly Aggregate[]; readonly by: readonly Grouping[] };
  readonly sorts: readonly { readonly field: string; readonly isDescending: boolean }[];
  readonly limit: number;
};

/** As CloudWatch Logs gives without a `limit`. */
export const MOST_ROWS = 10_000;
