import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { Figure } from '../../bench/figure.ts';
import { bench as interpreter } from '../../bench/interpreter.ts';
import { benchFiles, chosen } from '../../bench/runner/benches.ts';
import { figuresText, quotedIn, quoteFigures } from '../../bench/runner/docs.ts';
import { plotOf } from '../../bench/runner/plot.ts';
import { isMet, type Report, readReport, tableOf, writeReport } from '../../bench/runner/report.ts';
import { costId, growthOf } from '../../bench/waiting/growth.ts';

const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-runner-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

const MACHINE = { cpu: 'a CPU', cores: 2, memoryGb: 24, node: 'v24', system: 'Linux 6' };
const FAST: Figure = {
  id: 'a.fast',
  what: 'sales a second',
  value: 3456.7,
  unit: 'sales/s',
  target: { atLeast: 3000 },
  peer: { name: 'a queue', value: 300 },
  note: '64 callers',
};
const LATE: Figure = { id: 'a.late', what: 'lateness', value: 2.5, unit: 's', target: { atMost: 2 } };

const reportOf = (figures: Figure[], isQuick = false): Report => {
  const run = { at: '2026-11-22T20:00:00.000Z', commit: 'abc', load: 0.1, isQuick, figures };
  return { machine: MACHINE, benches: { one: run } };
};

it('finds every file that exports a benchmark, and nothing else', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'b.ts'), 'export const bench: Bench = {};\n');
  writeFileSync(join(folder, 'a.ts'), 'export const bench = {} satisfies Bench;\n');
  writeFileSync(join(folder, 'helper.ts'), '/** Not a bench. */\nexport const benches = 1;\n');
  mkdirSync(join(folder, 'inner'));

  const found = benchFiles(folder);

  expect(found.map(({ name }) => name)).toEqual(['a', 'b']);
});

it('knows the benchmarks of this issue by name', () => {
  const names = benchFiles().map(({ name }) => name);

  expect(names).toEqual(expect.arrayContaining(['burst', 'interpreter', 'start', 'virtual-time', 'waiting']));
});

it('refuses a name that no benchmark has, and says which there are', () => {
  const all = [{ name: 'waiting', file: 'waiting.ts' }];

  expect(() => chosen(['waitin'], all)).toThrow('There is no benchmark called waitin. There are: waiting.');
  expect(chosen([], all)).toEqual(all);
});

it('says of each figure whether it reaches its target', () => {
  const table = tableOf([FAST, LATE]);

  expect(table.split('\n').slice(2)).toEqual([
    '| sales a second (64 callers) | 3,457 sales/s | >= 3,000 | 300 (a queue) | ok |',
    '| lateness | 2.5 s | <= 2 |  | short |',
  ]);
  expect(isMet({ ...LATE, value: 2 })).toBe(true);
});

it('keeps the figures of benchmarks that did not run this time', () => {
  const file = join(temporaryFolder(), 'figures.json');
  writeReport(file, reportOf([FAST]));

  const [other] = Object.values(reportOf([LATE]).benches);
  writeReport(file, { machine: MACHINE, benches: other === undefined ? {} : { two: other } });

  expect(Object.keys(readReport(file)?.benches ?? {})).toEqual(['one', 'two']);
});

it('writes the figures between the marks of a document and leaves the rest alone', () => {
  const file = join(temporaryFolder(), 'performance.md');
  writeFileSync(file, readFileSync(join(import.meta.dirname, '../../../docs/performance.md')));
  const { before, after } = quotedIn(readFileSync(file, 'utf8'));

  quoteFigures(file, reportOf([FAST]));
  quoteFigures(file, reportOf([LATE]));

  const now = quotedIn(readFileSync(file, 'utf8'));
  expect({ before: now.before, after: now.after }).toEqual({ before, after });
  expect(now.quoted).toBe(figuresText(reportOf([LATE])));
  expect(now.quoted).toContain('| lateness | 2.5 s |');
});

it('quotes no quick run', () => {
  expect(figuresText(reportOf([FAST], true))).not.toContain('sales a second');
});

it('quotes in the document what its report says', () => {
  const docs = join(import.meta.dirname, '../../../docs');
  const report = readReport(join(docs, 'figures.json'));
  const { quoted } = quotedIn(readFileSync(join(docs, 'performance.md'), 'utf8'));

  expect(quoted).toBe(report === undefined ? 'Not measured yet on a quiet machine.' : figuresText(report));
});

it('draws a point for each size at which a cost was measured', () => {
  const figures = [100, 1000, 10_000].map((open, at) => ({ id: costId('restart-s', open), value: at + 1 }));

  const series = growthOf([...figures, { id: 'waiting.late-p99-ms', value: 3 }]);
  const svg = plotOf(series);

  expect(series).toEqual([
    {
      title: 'back after kill -9',
      unit: 's',
      points: [
        [100, 1],
        [1000, 2],
        [10_000, 3],
      ],
    },
  ]);
  expect(svg.match(/<circle/g)).toHaveLength(3);
});

it('gives the figures of the interpreter with ids and targets, even in a quick run', async () => {
  const figures = await interpreter.run({ isQuick: true, log: () => undefined });

  expect(figures.map(({ id, target }) => ({ id, target }))).toEqual([
    { id: 'interpreter.sales-per-second', target: { atLeast: 3000 } },
    { id: 'interpreter.cpu-us-per-sale', target: undefined },
    { id: 'interpreter.signal-p50-ms', target: { atMost: 1 } },
    { id: 'interpreter.signal-p99-ms', target: { atMost: 15 } },
  ]);
  expect(figures.every(({ value }) => value > 0)).toBe(true);
});
