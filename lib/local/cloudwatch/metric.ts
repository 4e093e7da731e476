/** What CloudWatch knows a metric by, and how its values are looked at. */

export type Dimensions = Readonly<Record<string, string>>;

export type Metric = { readonly namespace: string; readonly name: string; readonly dimensions: Dimensions };

const AGGREGATES = ['Sum', 'Average', 'Minimum', 'Maximum', 'SampleCount'] as const;
export type Aggregate = (typeof AGGREGATES)[number];

/** An aggregate, or which percentile. */
export type Stat = Aggregate | { readonly percent: number };

/** Equal periods one after the other; all in epoch milliseconds. */
export type Grid = { readonly from: number; readonly periodMs: number; readonly slots: number };

/** A value for each period of a grid, undefined where there is none. */
export type Values = readonly (number | undefined)[];

/** The metric as a person writes it, and as the store finds it: the same text for the same metric. */
export const keyOf = (namespace: string, name: string, dimensions: Dimensions): string => {
  let key = `${namespace} ${name}`;
  for (const dimension of Object.keys(dimensions).sort()) key += ` ${dimension}=${dimensions[dimension]}`;
  return key;
};

/** Reads `Sum`, `p90` and the like; undefined when it is something else. */
export const readStat = (text: string): Stat | undefined => {
  const percent = /^p(100|\d{1,2}(?:\.\d{1,10})?)$/.exec(text)?.[1];
  return percent === undefined ? AGGREGATES.find((one) => one === text) : { percent: Number(percent) };
};
