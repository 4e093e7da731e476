/** What a benchmark tells: `npm run bench` prints figures as a table and writes them as JSON. */

export type Figure = {
  /** Stays the same over releases: `interpreter.sales-per-second`. */
  id: string;
  /** What was measured, as the table says it. */
  what: string;
  value: number;
  unit: string;
  /** What the project wants of it. */
  target?: { atMost: number } | { atLeast: number };
  /** The same measured of somebody else's work in the same run. */
  peer?: { name: string; value: number };
  /** What one has to know to read the figure: how many, how often, median or worst. */
  note?: string;
};

/** One file of test/bench: run in a process of its own, so that none heats or fills the other's heap. */
export type Bench = {
  name: string;
  /** What it measures and how, in a sentence. */
  about: string;
  /** `isQuick`: small numbers, to see that it works; its figures say nothing. */
  run(options: { isQuick: boolean; log(line: string): void }): Promise<Figure[]>;
};
