/** docs/performance.md quotes what was measured: the block between two marks is written from the report, never by hand. */
import { readFileSync, writeFileSync } from 'node:fs';
import { type Report, type Run, tableOf } from './report.ts';

const BEGIN = '<!-- figures: written by `npm run bench -- --docs` -->';
const END = '<!-- end of figures -->';

const day = (at: string) => at.slice(0, 10);

const sectionOf = ([name, { at, commit, load, figures }]: [string, Run]): string =>
  [
    `### ${name}`,
    '',
    `${day(at)}, commit ${commit}, load ${load} before it began.`,
    '',
    tableOf(figures),
  ].join('\n');

/** Quick runs say nothing and are left out. */
export const figuresText = ({ machine, benches }: Report): string => {
  const { cpu, cores, memoryGb, node, system } = machine;
  const runs = Object.entries(benches)
    .filter(([, { isQuick }]) => !isQuick)
    .toSorted(([a], [b]) => a.localeCompare(b));
  const on = `Measured on ${cpu}, ${cores} cores, ${memoryGb} GB, ${system}, Node ${node}.`;
  return [on, ...runs.map(sectionOf)].join('\n\n');
};

/** The block as the document has it. @throws Error when a mark is missing. */
export const quotedIn = (document: string): { before: string; quoted: string; after: string } => {
  const begin = document.indexOf(BEGIN);
  const end = document.indexOf(END);
  if (begin < 0 || end < begin) throw new Error(`The document needs the lines '${BEGIN}' and '${END}'.`);
  return {
    before: document.slice(0, begin + BEGIN.length),
    quoted: document.slice(begin + BEGIN.length, end).trim(),
    after: document.slice(end),
  };
};

export const quoteFigures = (file: string, report: Report): void => {
  const { before, after } = quotedIn(readFileSync(file, 'utf8'));
  writeFileSync(file, `${before}\n\n${figuresText(report)}\n\n${after}`);
};
