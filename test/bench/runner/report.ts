/** What runs of benchmarks left: kept as JSON, shown as a table. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import * as z from 'zod';
import type { Figure } from '../figure.ts';

const Target = z.union([z.strictObject({ atMost: z.number() }), z.strictObject({ atLeast: z.number() })]);

/** A figure as it is sent between processes and kept in files. */
export const FigureSchema = z.object({
  id: z.string(),
  what: z.string(),
  value: z.number(),
  unit: z.string(),
  target: Target.exactOptional(),
  peer: z.object({ name: z.string(), value: z.number() }).exactOptional(),
  note: z.string().exactOptional(),
});

export const Machine = z.object({
  cpu: z.string(),
  cores: z.number(),
  memoryGb: z.number(),
  node: z.string(),
  system: z.string(),
});

const Run = z.object({
  /** When it ended. */
  at: z.string(),
  commit: z.string(),
  /** Mean number of busy processes before it began: on a quiet machine well below the number of cores. */
  load: z.number(),
  isQuick: z.boolean(),
  figures: z.array(FigureSchema),
});
export type Run = z.output<typeof Run>;

export const Report = z.object({ machine: Machine, benches: z.record(z.string(), Run) });
export type Report = z.output<typeof Report>;

export const readReport = (file: string): Report | undefined =>
  existsSync(file) ? Report.parse(JSON.parse(readFileSync(file, 'utf8'))) : undefined;

/** Benches that did not run this time keep what they had. */
export const writeReport = (file: string, { machine, benches }: Report): Report => {
  const merged = { machine, benches: { ...readReport(file)?.benches, ...benches } };
  writeFileSync(file, `${JSON.stringify(merged, null, 2)}\n`);
  return merged;
};

const number = (value: number): string =>
  Math.abs(value) >= 1000 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)));

const targetOf = (target: Figure['target']): string => {
  if (target === undefined) return '';
  return 'atMost' in target ? `<= ${number(target.atMost)}` : `>= ${number(target.atLeast)}`;
};

export const isMet = ({ value, target }: Figure): boolean => {
  if (target === undefined) return true;
  return 'atMost' in target ? value <= target.atMost : value >= target.atLeast;
};

const verdict = (figure: Figure): string => {
  if (figure.target === undefined) return '';
  return isMet(figure) ? 'ok' : 'short';
};

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** A Markdown table, for the terminal and for documents. */
export const tableOf = (figures: readonly Figure[]): string => {
  const heads = ['what', 'measured', 'target', 'peer', ''];
  const rows = figures.map((figure) =>
    row([
      figure.note === undefined ? figure.what : `${figure.what} (${figure.note})`,
      `${number(figure.value)} ${figure.unit}`,
      targetOf(figure.target),
      figure.peer === undefined ? '' : `${number(figure.peer.value)} (${figure.peer.name})`,
      verdict(figure),
    ]),
  );
  return [row(heads), row(heads.map(() => '---')), ...rows].join('\n');
};
