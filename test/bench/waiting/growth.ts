/** Which figures show how cost grows with open sales: `waiting.<cost>.<open sales>`. */
import type { Figure } from '../figure.ts';
import type { Series } from '../runner/plot.ts';

export const COSTS = {
  'cpu-us': { title: 'CPU for one more sale', unit: 'us' },
  'rss-bytes': { title: 'memory for each open sale', unit: 'bytes' },
  'disk-bytes': { title: 'disk for each open sale', unit: 'bytes' },
  'restart-s': { title: 'back after kill -9', unit: 's' },
} as const;
export type Cost = keyof typeof COSTS;

export const costId = (cost: Cost, open: number): string => `waiting.${cost}.${open}`;

export const growthOf = (figures: readonly Pick<Figure, 'id' | 'value'>[]): Series[] =>
  Object.entries(COSTS).flatMap(([cost, { title, unit }]) => {
    const points = figures.flatMap(({ id, value }) => {
      const [name, of, open] = id.split('.');
      return name === 'waiting' && of === cost ? [[Number(open), value] as const] : [];
    });
    return points.length === 0 ? [] : [{ title, unit, points: points.toSorted(([a], [b]) => a - b) }];
  });
