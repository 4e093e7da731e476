/** How long test files take, and which of them to start first. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

/** Seconds, by file. A file that is not among them takes a moment, or is new. */
const Weights = z.record(z.string(), z.number());
export type Weights = z.output<typeof Weights>;

/** Written by `node scripts/weigh-tests.ts`. When it is old, the tests are the same and end a little later. */
const FILE = join(import.meta.dirname, 'weights.json');

export const readWeights = (): Weights => Weights.parse(JSON.parse(readFileSync(FILE, 'utf8')));

/** Whole seconds and in the order of the names, so that a measurement changes few lines. */
export const writeWeights = (seconds: ReadonlyMap<string, number>): void => {
  const slow = [...seconds]
    .map(([file, taken]): [string, number] => [file, Math.round(taken)])
    .filter(([, taken]) => taken > 0)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  writeFileSync(FILE, `${JSON.stringify(Object.fromEntries(slow), undefined, 2)}\n`);
};

/** Those that take equally long, and those of which nothing is known, keep their order. */
export const slowestFirst = <File>(
  files: readonly File[],
  pathOf: (file: File) => string,
  weights: Weights,
): File[] => {
  const secondsOf = (file: File): number => weights[pathOf(file)] ?? 0;
  return files.toSorted((one, other) => secondsOf(other) - secondsOf(one));
};
