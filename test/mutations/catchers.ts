/** Runs what should notice a mistake, in a copy of the project, and says in words what did. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { Catcher } from './mutation.ts';

const Report = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
});

const ORDERS_DEPTH = '4';
/** As many as `npm test` plays, a few at a time: most mistakes show at once. */
const SEEDS = 500;
const SEEDS_AT_ONCE = 25;

/** As the project's own, without synthesizing the stack: none of these tests starts a runtime. */
const CONFIG = `export default {
  test: { include: ['test/**/*.test.ts'], pool: 'forks', isolate: false, maxWorkers: 1, testTimeout: 120_000, env: { POWERTOOLS_LOG_LEVEL: 'SILENT' } },
};
`;

const nodeRun = (folder: string, args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  return { isWell: status === 0, text: `${stdout}${stderr}` };
};

const firstFailingTest = (folder: string, tests: string): string | undefined => {
  const [config, report] = ['vitest.mutation.config.ts', join(folder, 'mutation-report.json')];
  writeFileSync(join(folder, config), CONFIG);
  const flags = ['--config', config, '--bail=1', '--reporter=json', `--outputFile.json=${report}`];
  const { isWell } = nodeRun(folder, ['node_modules/vitest/vitest.mjs', 'run', tests, ...flags]);
  if (isWell) return undefined;
  const { testResults } = Report.parse(JSON.parse(readFileSync(report, 'utf8')));
  for (const { name, status, assertionResults } of testResults) {
    const test = assertionResults.find((one) => one.status === 'failed');
    const file = name.slice(name.indexOf('/test/') + 1);
    if (test !== undefined) return `${file}: ${test.fullName}`;
    if (status === 'failed') return `${file}: does not load`;
  }
  throw new Error(`${tests} did not run.`);
};

const firstFailingOrder = (folder: string): string | undefined => {
  const { isWell, text } = nodeRun(folder, ['test/simulation/orders/run.ts', '--depth', ORDERS_DEPTH]);
  if (isWell) return undefined;
  const [, schedule, what] = /orders\/run\.ts ("[^"]*").*\n\s*(.*)/.exec(text) ?? [];
  return `the orders: ${schedule ?? 'do not run'}: ${what ?? text.slice(-300)}`;
};

const firstFailingSeed = (folder: string): string | undefined => {
  for (let from = 0; from < SEEDS; from += SEEDS_AT_ONCE) {
    const flags = ['--seeds', String(SEEDS_AT_ONCE), '--from', String(from), '--workers', '1'];
    const { isWell, text } = nodeRun(folder, ['test/simulation/seeds/run.ts', ...flags]);
    if (isWell) continue;
    const [, seed, finding] = /^(seed \d+)\n\s*(.*)/m.exec(text) ?? [];
    return `the seeds: ${seed ?? 'do not run'}: ${finding ?? text.slice(-300)}`;
  }
  return undefined;
};

/** What it says of the mistake; undefined when it let it pass. */
export const askCatcher = (folder: string, catcher: Catcher): string | undefined => {
  switch (catcher) {
    case 'orders':
      return firstFailingOrder(folder);
    case 'seeds':
      return firstFailingSeed(folder);
    default:
      return firstFailingTest(folder, catcher);
  }
};
