/**
 * Makes each mistake of mutations.ts in a copy of the project and runs the tests that should catch it:
 * `node test/mutations/run.ts [name ...]`. Prints what caught it; exit code 1 when a suite let one through.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import type { Mutation } from './mutation.ts';
import { MUTATIONS } from './mutations.ts';

const ROOT = join(import.meta.dirname, '..', '..');

const Report = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().optional(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
});

/** Tracked files and those that are new, so that work under way can be checked too. */
const copyProject = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'aftercare-mutation-'));
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: ROOT,
  });
  for (const name of listed.toString().split('\n').filter(Boolean)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    cpSync(join(ROOT, name), join(folder, name));
  }
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  return folder;
};

/** The first test of this file or folder that fails, in words; undefined when all pass. */
const firstFailure = (folder: string, tests: string): string | undefined => {
  const report = join(folder, 'mutation-report.json');
  const vitest = join(folder, 'node_modules', 'vitest', 'vitest.mjs');
  const flags = ['run', tests, '--bail=1', '--reporter=json', `--outputFile.json=${report}`];
  const { status } = spawnSync(process.execPath, [vitest, ...flags], { cwd: folder, stdio: 'ignore' });
  if (status === 0) return undefined;
  const { testResults } = Report.parse(JSON.parse(readFileSync(report, 'utf8')));
  for (const { name, status: state, assertionResults } of testResults) {
    const test = assertionResults.find((one) => one.status === 'failed');
    const file = name.slice(name.indexOf('/test/') + 1);
    if (test !== undefined) return `${file}: ${test.fullName}`;
    if (state === 'failed') return `${file}: does not load`;
  }
  throw new Error(`${tests} did not run.`);
};

/** What caught it, one for each of the suites that should. */
const check = (folder: string, { file, find, replace, caughtBy }: Mutation): string[] => {
  const place = join(folder, file);
  const text = readFileSync(place, 'utf8');
  writeFileSync(
    place,
    text.replace(find, () => replace),
  );
  try {
    return caughtBy.flatMap((tests) => firstFailure(folder, tests) ?? []);
  } finally {
    writeFileSync(place, text);
  }
};

const wanted = process.argv.slice(2);
const chosen = MUTATIONS.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
const folder = copyProject();
try {
  for (const mutation of chosen) {
    const began = performance.now();
    const caught = check(folder, mutation);
    const seconds = Math.round((performance.now() - began) / 1000);
    console.log(`${mutation.name} (${seconds} s): ${caught.length === 0 ? 'NOT CAUGHT' : 'caught'}`);
    for (const catcher of caught) console.log(`  ${catcher}`);
    if (caught.length < mutation.caughtBy.length) process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
