/** Which benchmarks there are. A file is one when it exports `bench`; it is read as text, since loading it is for the process it runs in. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const FOLDER = join(import.meta.dirname, '..');
const EXPORTS_BENCH = /^export const bench\b/m;

export type BenchFile = { name: string; file: string };

export const benchFiles = (folder: string = FOLDER): BenchFile[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.ts'))
    .map((name) => ({ name: basename(name, '.ts'), file: join(folder, name) }))
    .filter(({ file }) => EXPORTS_BENCH.test(readFileSync(file, 'utf8')))
    .toSorted((a, b) => a.name.localeCompare(b.name));

/** All when none is named. @throws Error naming those that do not exist. */
export const chosen = (names: readonly string[], all: readonly BenchFile[]): BenchFile[] => {
  const unknown = names.filter((name) => !all.some((one) => one.name === name));
  if (unknown.length > 0) {
    const known = all.map(({ name }) => name).join(', ');
    throw new Error(`There is no benchmark called ${unknown.join(', ')}. There are: ${known}.`);
  }
  return names.length === 0 ? [...all] : all.filter(({ name }) => names.includes(name));
};
