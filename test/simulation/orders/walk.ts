/** One worker's share of all orders. */
import { explore } from './explore.ts';
import { createGraph } from './graph.ts';
import { createModel } from './model.ts';
import { report } from './report.ts';

export const DEPTH = 6;
export const WORKERS = 2;
/** Of ten events, each at most once and the second reply after the first: counted by hand. */
export const ORDERS: readonly number[] = [9, 73, 528, 3360, 18_480, 85_680];

export const walk = async (worker: number) => {
  const graph = createGraph(await createModel());
  const explored = await explore(graph, { depth: DEPTH, worker, of: WORKERS });
  return { explored, counts: graph.counts, text: report(graph, explored) };
};
