/** One worker's share of all orders. */
import type { Ratings } from './events.ts';
import { explore } from './explore.ts';
import { createGraph } from './graph.ts';
import { createModel } from './model.ts';
import { report } from './report.ts';

export type Walk = { depth: number; ratings: Ratings; worker: number; of: number };

/** Of ten events, each at most once and the second reply after the first: counted by hand. */
export const ORDERS: readonly number[] = [9, 73, 528, 3360, 18_480, 85_680];

export const walk = async ({ depth, ratings, worker, of }: Walk) => {
  const graph = createGraph(await createModel({ ratings }));
  const explored = await explore(graph, { depth, worker, of });
  return { explored, counts: graph.counts, text: report(graph, explored, ratings) };
};
