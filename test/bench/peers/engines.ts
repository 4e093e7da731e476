/**
 * The durable engines people take for such a flow, measured in the same run. They are installed outside the repository,
 * at these versions; whatever cannot be installed is said and left out.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { inFolder } from '../measuring.ts';
import { type Postgres, startPostgres } from './postgres.ts';

const FLOWS = 10_000;
const SIGNALS = 300;
const FIVE_MINUTES = 300_000;

type Engine = { name: string; packages: Record<string, string>; needsPostgres: boolean };

const ENGINES: Readonly<Record<string, Engine>> = {
  'pg-boss': {
    name: 'pg-boss 12.38.0',
    packages: { 'pg-boss': '12.38.0', pg: '8.23.1' },
    needsPostgres: true,
  },
  restate: {
    name: 'Restate 1.7.12',
    packages: {
      '@restatedev/restate-server': '1.7.12',
      '@restatedev/restate-sdk': '1.17.2',
      '@restatedev/restate-sdk-clients': '1.17.2',
    },
    needsPostgres: false,
  },
  dbos: { name: 'DBOS 5.3.0', packages: { '@dbos-inc/dbos-sdk': '5.3.0' }, needsPostgres: true },
};

const Result = z.object({ flowsPerSecond: z.number(), signalP50: z.number(), signalP99: z.number() });
export type EngineResult = { name: string } & z.output<typeof Result>;

/** npm that comes with whatever Node is first in PATH; the engines themselves run on this one. */
const install = (folder: string, packages: Record<string, string>): void => {
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  const wanted = Object.entries(packages).map(([name, version]) => `${name}@${version}`);
  const quiet = ['--no-audit', '--no-fund', '--silent', '--ignore-scripts'];
  execFileSync('npm', ['install', ...quiet, ...wanted], {
    cwd: folder,
    stdio: 'ignore',
    timeout: FIVE_MINUTES,
  });
};

const play = (folder: string, engine: string, flows: number, address: string): z.output<typeof Result> => {
  for (const file of ['play.mjs', `${engine}.mjs`])
    copyFileSync(join(import.meta.dirname, file), join(folder, file));
  const args = ['play.mjs', engine, String(flows), String(Math.min(SIGNALS, flows / 10)), address];
  const how = { cwd: folder, encoding: 'utf8', timeout: FIVE_MINUTES, maxBuffer: 2 ** 28 } as const;
  const lines = execFileSync(process.execPath, args, { ...how, stdio: ['ignore', 'pipe', 'inherit'] })
    .trim()
    .split('\n');
  return Result.parse(JSON.parse(lines.at(-1) ?? ''));
};

const whyOf = (error: unknown): string =>
  error instanceof Error ? error.message.slice(0, 200) : String(error);

/** One after the other; `flows` are open at once. */
export const measureEngines = (log: (line: string) => void, flows = FLOWS): Promise<EngineResult[]> =>
  inFolder(async (folder) => {
    chmodSync(folder, 0o755);
    for (const name of ['postgres', ...Object.keys(ENGINES)]) mkdirSync(join(folder, name));
    const postgres: Postgres | undefined = await startPostgres(join(folder, 'postgres'));
    log(
      `peers on ${availableParallelism()} cores; ${postgres?.version ?? 'Postgres is not installed: left out'}`,
    );
    const results: EngineResult[] = [];
    for (const [key, { name, packages, needsPostgres }] of Object.entries(ENGINES)) {
      if (needsPostgres && postgres === undefined) continue;
      try {
        install(join(folder, key), packages);
        const address = needsPostgres ? (postgres?.database(key) ?? '') : '';
        const result = play(join(folder, key), key, flows, address);
        log(`${name}: ${Math.round(result.flowsPerSecond)} flows/s`);
        results.push({ name, ...result });
      } catch (error) {
        log(`${name} was not measured: ${whyOf(error)}`);
      }
    }
    await postgres?.stop();
    return results;
  });
