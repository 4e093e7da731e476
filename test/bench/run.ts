/**
 * `npm run bench [-- name ...] [--quick] [--json FILE] [--docs]`: runs benchmarks, each in a process of its own, prints a table,
 * and writes what it found. `--docs` keeps the figures in docs/figures.json and has docs/performance.md quote them.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { type BenchFile, benchFiles, chosen } from './runner/benches.ts';
import { quoteFigures } from './runner/docs.ts';
import { commitNow, loadNow, thisMachine } from './runner/machine.ts';
import { plotOf } from './runner/plot.ts';
import { FigureSchema, type Report, type Run, tableOf, writeReport } from './runner/report.ts';
import { growthOf } from './waiting/growth.ts';

const DOCS = join(import.meta.dirname, '..', '..', 'docs');
const PLOT = join(DOCS, 'images', 'bench-open-sales.svg');

const Options = {
  quick: { type: 'boolean', default: false },
  json: { type: 'string' },
  docs: { type: 'boolean', default: false },
} as const;

/** Rejects when the benchmark ended without figures. */
const runOne = async ({ name, file }: BenchFile, isQuick: boolean): Promise<Run> => {
  const load = loadNow();
  const script = join(import.meta.dirname, 'runner', 'run-one.ts');
  /* Handlers that run in the benchmark's own process would write their lines between its own. */
  const env = { ...process.env, POWERTOOLS_LOG_LEVEL: 'SILENT' };
  const child = fork(script, [file, ...(isQuick ? ['--quick'] : [])], { env });
  const ended = once(child, 'exit');
  const sent: unknown[] = [];
  child.on('message', (message) => sent.push(message));
  const [code] = await ended;
  const figures = z.array(FigureSchema).safeParse(sent[0]);
  if (!figures.success) throw new Error(`The benchmark '${name}' ended with ${code} and gave no figures.`);
  return { at: new Date().toISOString(), commit: commitNow(), load, isQuick, figures: figures.data };
};

const keep = (file: string, report: Report): Report => {
  const kept = writeReport(file, report);
  console.error(`\nWritten to ${file}.`);
  return kept;
};

const main = async (): Promise<boolean> => {
  const { values, positionals } = parseArgs({ options: Options, allowPositionals: true });
  const files = chosen(positionals, benchFiles());
  const benches: Record<string, Run> = {};
  let isWhole = true;
  for (const one of files) {
    console.error(`${one.name} ...`);
    try {
      benches[one.name] = await runOne(one, values.quick);
    } catch (error) {
      isWhole = false;
      console.error(error instanceof Error ? error.message : error);
    }
  }
  const report = { machine: thisMachine(), benches };
  console.log(tableOf(Object.values(benches).flatMap(({ figures }) => figures)));
  if (values.json !== undefined) keep(values.json, report);
  if (!values.docs) return isWhole;
  if (values.quick)
    throw new Error('Quick runs say nothing about speed: leave out --quick to write the docs.');
  const kept = keep(join(DOCS, 'figures.json'), report);
  quoteFigures(join(DOCS, 'performance.md'), kept);
  const growth = growthOf(kept.benches['waiting']?.figures ?? []);
  if (growth.length > 0) writeFileSync(PLOT, plotOf(growth));
  return isWhole;
};

process.exitCode = (await main()) ? 0 : 1;
