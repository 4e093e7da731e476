/** How many bad inputs each test tries. `FUZZ_RUNS=50 npx vitest run test/fuzz` tries fifty times as many. */
import process from 'node:process';
import type { Parameters } from 'fast-check';

const times = Math.max(Number(process.env['FUZZ_RUNS'] ?? 1) || 1, 0.01);

/** The same inputs at every run, unless FUZZ_SEED says otherwise; named in the titles, so that a failure can be repeated. */
export const SEED = Number(process.env['FUZZ_SEED'] ?? 20_261_122);

/** For `fc.assert`. A counterexample is told with its seed and path. */
export const runs = <T>(count: number): Parameters<T> => ({
  seed: SEED,
  numRuns: Math.ceil(count * times),
  interruptAfterTimeLimit: 100_000,
});
