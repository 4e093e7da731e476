/** Real kills, as `HELP` says. */
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import configInput from '../../../aftercare.config.ts';
import { makeAssembly } from '../../../bin/commands/assembly.ts';
import { everyPoint, tornAtRandom } from './deaths.ts';
import { HELP } from './help.ts';
import { type Lived, playLives } from './play-lives.ts';
import { dieAt, killAtRandom, type Reaper } from './reapers.ts';

const text = { type: 'string' } as const;
const { values, positionals } = parseArgs({
  options: {
    ...{ kills: text, shops: text, sales: text, seed: text, days: text, step: text, data: text },
    help: { type: 'boolean', short: 'h' },
  },
  allowPositionals: true,
});

const say = (line: string) => process.stdout.write(`${line}\n`);
const number = (given: string | undefined, usual: number): number =>
  given === undefined ? usual : Number(given);

const USUAL = {
  random: { shops: 1, sales: 2000, days: 8, step: 12 },
  points: { shops: 20, sales: 12, days: 8, step: 6 },
  torn: { shops: 20, sales: 12, days: 8, step: 6 },
};
type Kind = keyof typeof USUAL;
const isKind = (name: string): name is Kind => Object.hasOwn(USUAL, name);

const reaperOf = (kind: Kind, dataDir: string, seed: number): Reaper => {
  switch (kind) {
    case 'random':
      return killAtRandom({ kills: number(values.kills, 1000), seed, say });
    case 'points':
      return dieAt(dataDir, everyPoint(seed));
    case 'torn':
      return dieAt(dataDir, tornAtRandom(seed));
  }
};

const tell = ({ findings, unclear, startsMs, ...counts }: Lived): void => {
  const sorted = [...startsMs].sort((a, b) => a - b);
  const half = Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0);
  say(`unclear sends: ${unclear.length}`);
  for (const [name, count] of Object.entries(counts)) say(`${name}: ${count}`);
  say(`time to ready: ${half} ms in the middle, ${Math.round(sorted.at(-1) ?? 0)} ms at most`);
  for (const { law, sale, what } of findings.slice(0, 200)) say(`  ${law}  ${sale}: ${what}`);
};

/** Says whether no law was broken. */
const play = async (kind: Kind, dataDir: string, seed: number): Promise<boolean> => {
  const { sales, days, step } = USUAL[kind];
  const lived = await playLives(
    {
      ...{ dataDir, seed, sales: number(values.sales, sales), days: number(values.days, days) },
      stepHours: number(values.step, step),
    },
    reaperOf(kind, dataDir, seed),
  );
  tell(lived);
  return lived.findings.length === 0;
};

const playAll = async (kind: Kind): Promise<boolean> => {
  const folder = values.data ?? mkdtempSync(join(tmpdir(), 'aftercare-kills-'));
  const stack = await makeAssembly(configInput, folder, say);
  const first = number(values.seed, 1);
  const began = performance.now();
  const failing: string[] = [];
  for (let seed = first; seed < first + number(values.shops, USUAL[kind].shops); seed += 1) {
    say(`\nSeed ${seed}`);
    const dataDir = join(folder, `seed-${seed}`);
    mkdirSync(dataDir, { recursive: true });
    cpSync(stack, join(dataDir, 'stack'), { recursive: true });
    if (!(await play(kind, dataDir, seed))) failing.push(dataDir);
    else if (values.data === undefined) rmSync(dataDir, { recursive: true });
  }
  say(`\n${Math.round((performance.now() - began) / 1000)} s`);
  if (failing.length === 0) say('No law was broken.');
  else say(`A law was broken in ${failing.length} of them:\n  ${failing.join('\n  ')}`);
  if (failing.length === 0 && values.data === undefined) rmSync(folder, { recursive: true });
  return failing.length === 0;
};

const [asked = 'random'] = positionals;
if (values.help === true) say(HELP);
else if (isKind(asked)) process.exitCode = (await playAll(asked)) ? 0 : 1;
else {
  say(`There is no "${asked}". ${HELP}`);
  process.exitCode = 2;
}
