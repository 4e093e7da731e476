/**
 * Real kills: `node test/simulation/run.ts kills [--kills 1000] [--sales 2000] [--seed 1] [--days 40] [--data FOLDER]`.
 * The folder is kept when a law was broken.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import configInput from '../../../aftercare.config.ts';
import { makeAssembly } from '../../../bin/commands/assembly.ts';
import { playLives } from './play-lives.ts';
import { killAtRandom } from './reapers.ts';

const text = { type: 'string' } as const;
const { values } = parseArgs({
  options: { kills: text, sales: text, seed: text, days: text, step: text, data: text },
  allowPositionals: true,
});

const say = (line: string) => process.stdout.write(`${line}\n`);

const dataDir = values.data ?? mkdtempSync(join(tmpdir(), 'aftercare-kills-'));
await makeAssembly(configInput, dataDir, say);
const began = performance.now();
const kills = Number(values.kills ?? 1000);
const seed = Number(values.seed ?? 1);
const { findings, unclear, startsMs, ...counts } = await playLives(
  {
    ...{ dataDir, seed, sales: Number(values.sales ?? 2000), days: Number(values.days ?? 40) },
    stepHours: Number(values.step ?? 1),
  },
  killAtRandom({ kills, seed, say }),
);

say(`kills: ${kills}`);
say(`unclear sends: ${unclear.length}`);
const sorted = [...startsMs].sort((a, b) => a - b);
const half = Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0);
for (const [name, count] of Object.entries(counts)) say(`${name}: ${count}`);
say(`time to ready: ${half} ms in the middle, ${Math.round(sorted.at(-1) ?? 0)} ms at most`);
say(`${Math.round((performance.now() - began) / 1000)} s`);
for (const { law, sale, what } of findings.slice(0, 200)) say(`  ${law}  ${sale}: ${what}`);
if (findings.length === 0) {
  say('No law was broken.');
  if (values.data === undefined) rmSync(dataDir, { recursive: true, force: true });
} else say(`${findings.length} findings; the data folder is ${dataDir}`);
process.exitCode = findings.length === 0 ? 0 : 1;
