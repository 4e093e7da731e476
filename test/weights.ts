/** How long test files take, and which of them to start first. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

/** Seconds, by file. */
const Weights = z.record(z.string(), z.number());
export type Weights = z.output<typeof Weights>;

/** Written by `node scripts/weigh-tests.ts`. When it is old, the tests are the same and end a little later. */
const FILE = join(import.meta.dirname, 'weights.json');

export const readWeights = (): Weights => Weights.parse(JSON.parse(readFileSync(FILE, 'utf8')));

/** Whole seconds and in the order of the names, so that a measurement changes few lines. */
export const writeWeights = (seconds: ReadonlyMap<string, number>): void => {
  const whole = [...seconds]
    .map(([file, taken]): [string, number] => [file, Math.round(taken)])
    .sort(([one], [other]) => (one < other ? -1 : 1));
  writeFileSync(FILE, `${JSON.stringify(Object.fromEntries(whole), undefined, 2)}\n`);
};

/** A new file may take long, so it comes first of all. Those that take equally long keep their order. */
export const slowestFirst = <File>(
  files: readonly File[],
  pathOf: (file: File) => string,
  weights: Weights,
): File[] => {
  const secondsOf = (file: File): number => weights[pathOf(file)] ?? Number.MAX_VALUE;
  return files.toSorted((one, other) => secondsOf(other) - secondsOf(one));
};
