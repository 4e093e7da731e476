/**
 * Runs all tests and writes down how long each file takes, from which the next run knows what to start first:
 * `node scripts/weigh-tests.ts`, on a machine that does nothing else. Names of folders weigh the files in these anew.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { startVitest } from 'vitest/node';
import { pathFromRoot } from '../test/slow-first.ts';
import { readWeights, writeWeights } from '../test/weights.ts';

const vitest = await startVitest('test', process.argv.slice(2), { watch: false });
const known = Object.entries(readWeights()).filter(([file]) =>
  existsSync(join(import.meta.dirname, '..', file)),
);
const taken = new Map(known);
for (const file of vitest.state.getTestModules()) {
  const { setupDuration, collectDuration, duration } = file.diagnostic();
  taken.set(pathFromRoot(file.moduleId), (setupDuration + collectDuration + duration) / 1000);
}
const hasFailed = vitest.state.getCountOfFailedTests() > 0;
if (hasFailed)
  console.error(
    'Some tests failed, and a failed one takes less or more than it should: nothing was written.',
  );
else writeWeights(taken);
await vitest.close();
process.exitCode = hasFailed ? 1 : 0;
