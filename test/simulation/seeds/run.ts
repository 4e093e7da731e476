/**
 * `npm run simulate`: plays seeds, or one seed with its story.
 *
 *   node test/simulation/seeds/run.ts --seeds 10000 [--from N] [--sales M] [--workers K]
 *   node test/simulation/seeds/run.ts --seed N [--sales M] [--happenings a,b] [--faults a,b] [--no-shrink]
 */
import { parseArgs } from 'node:util';
import { namesIn, salesFor } from './case.ts';
import { playMany, type SeedPlayed } from './many.ts';
import { playOne } from './one.ts';

const text = { type: 'string' } as const;
const { values } = parseArgs({
  options: {
    ...{ seeds: text, from: text, sales: text, seed: text, workers: text, happenings: text, faults: text },
    'no-shrink': { type: 'boolean' },
  },
});

const print = (line: string) => process.stdout.write(`${line}\n`);
const number = (given: string | undefined): number | undefined =>
  given === undefined ? undefined : Number(given);

const SHOWN_EACH = 250;

const many = async (): Promise<boolean> => {
  const seeds = number(values.seeds) ?? 1000;
  const failing: SeedPlayed[] = [];
  const sums = new Map<string, number>();
  const began = performance.now();
  let done = 0;
  const perMinute = () => Math.round((done / (performance.now() - began)) * 60_000);
  await playMany(
    {
      from: number(values.from) ?? 0,
      seeds,
      sales: number(values.sales),
      workers: number(values.workers) ?? 2,
    },
    (played) => {
      done += 1;
      for (const [name, count] of Object.entries(played.counts))
        sums.set(name, (sums.get(name) ?? 0) + count);
      if (played.findings.length > 0) {
        failing.push(played);
        print(`seed ${played.seed}`);
        for (const { law, sale, what } of played.findings) print(`  ${law}  ${sale}: ${what}`);
      }
      if (done % SHOWN_EACH === 0) print(`${done} of ${seeds} seeds, ${perMinute()} a minute`);
    },
  );
  const counted = [...sums].map(([name, count]) => `${count} ${name}`).join(', ');
  print(`${done} seeds, ${perMinute()} a minute: ${counted}`);
  print(failing.length === 0 ? 'No law was broken.' : `${failing.length} seeds broke a law.`);
  for (const { seed } of failing.slice(0, 5))
    print(
      `  npm run simulate -- --seed ${seed}${values.sales === undefined ? '' : ` --sales ${values.sales}`}`,
    );
  return failing.length === 0;
};

const one = (seed: number): Promise<boolean> => {
  const [happenings, faults] = [namesIn(values.happenings), namesIn(values.faults)];
  return playOne(
    {
      seed,
      sales: number(values.sales) ?? salesFor(seed),
      ...(happenings === undefined ? {} : { happenings }),
      ...(faults === undefined ? {} : { faults }),
    },
    { print, isShrunk: values['no-shrink'] !== true },
  );
};

const seed = number(values.seed);
const isWell = seed === undefined ? await many() : await one(seed);
process.exitCode = isWell ? 0 : 1;
