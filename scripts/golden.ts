/**
 * Keeps what is released: `npm run golden <release> [folder]` runs this Aftercare, or that of another folder in a process
 * of its own, tells it the stories, and writes its machines and what their states were given to
 * test/golden/<release>. docs/change.md says when.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import * as z from 'zod';
import config from '../aftercare.config.ts';
import { makeAssembly } from '../bin/commands/assembly.ts';
import { checkConfiguration } from '../functions/core/configuration.ts';
import { startAftercare } from '../lib/local/aftercare.ts';
import { startProcess } from '../test/e2e/process.ts';
import { MONDAY, worldAt } from '../test/e2e/world.ts';
import { MACHINES, type MachineName, portable, Template } from '../test/golden/portable.ts';
import { FILES, GOLDEN, type Runs } from '../test/golden/release.ts';
import { readableJson } from '../test/infra/readable-json.ts';
import { recordRuns } from './golden-record.ts';
import { tellStories } from './golden-stories.ts';

const Name = z.string().regex(/^[a-z0-9][a-z0-9.-]*$/);

const [given, folder] = process.argv.slice(2);
const release = Name.safeParse(given);
if (!release.success) {
  console.error('Name the release, as `npm run golden 1.4.0`: small letters, digits, dots and dashes.');
  process.exit(2);
}

/** Without the clockwork of sweeps and watches: they are no part of what is recorded, and take minutes for a month. */
const startHere = async (into: string) => {
  const runtime = await startAftercare({
    config: checkConfiguration(config),
    assembly: await makeAssembly(config, into, console.log),
    dataDir: into,
    port: 0,
    awsPort: 0,
    hasSchedules: false,
    environment: {},
    log: () => undefined,
  });
  return { world: worldAt(runtime.url), awsUrl: runtime.awsUrl, kill: () => runtime.stop() };
};

const dataDir = mkdtempSync(join(tmpdir(), 'aftercare-golden-'));
const started =
  folder === undefined ? await startHere(dataDir) : await startProcess(dataDir, {}, resolve(folder));
try {
  await started.world.goTo(MONDAY);
  const orders = await tellStories(started.world);
  const text = readFileSync(join(dataDir, 'stack', 'Aftercare.template.json'), 'utf8');
  const template = Template.parse(JSON.parse(text));
  const machines: Record<MachineName, unknown> = {
    FollowUp: portable(template, 'FollowUp'),
    Promise: portable(template, 'Promise'),
  };
  const runs: Runs = await recordRuns(started.awsUrl, orders, machines);
  const target = join(GOLDEN, release.data);
  mkdirSync(target, { recursive: true });
  for (const name of MACHINES) writeFileSync(join(target, FILES[name]), readableJson(machines[name]));
  writeFileSync(join(target, FILES.runs), readableJson(runs));
  console.log(
    `${runs.tasks.length} states and ${runs.sales.length} sales of ${release.data} are kept in test/golden.`,
  );
} finally {
  await started.kill();
  rmSync(dataDir, { recursive: true, force: true });
}
