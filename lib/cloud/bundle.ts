/**
 * Bundles every function with esbuild and packs the checked configuration and the words beside it. Minified
 * CommonJS, ES modules of packages first, what no function uses of a package left out, large packages in files of
 * their own that are loaded at first use: CDK's own defaults give three times the size and a slower start
 * (docs/adr/0008-bundling.md).
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Configuration } from '../../functions/core/configuration.ts';

const ROOT = join(import.meta.dirname, '..', '..');

export type Bundles = {
  /** The folder of one function: index.js, the packages it loads late, config.json and, where it writes to people, content/. */
  folderOf(name: string): string;
  /** A hash of all of them: the same code gives the same. */
  readonly print: string;
};

/** Functions that say nothing to anybody and so need no words. */
const WORDLESS = new Set([
  'receive-webhook',
  'receive-promise',
  'wait-for-day',
  'raise-promise',
  'assume-kept',
  'forget-person',
  'canary',
  'pull-orders',
  'check-sender',
  'watch',
]);

export const functionNames = (): string[] =>
  readdirSync(join(ROOT, 'functions'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .filter((name) => readdirSync(join(ROOT, 'functions', name)).includes('index.ts'))
    .sort();

const printOf = (names: readonly string[], outDir: string): string => {
  const hash = createHash('sha256');
  for (const name of names)
    for (const file of readdirSync(join(outDir, name)).sort())
      if (/\.(c?js|json)$/.test(file)) hash.update(readFileSync(join(outDir, name, file)));
  return hash.digest('hex').slice(0, 16);
};

/** Vitest may run in an older Node than the one this project brings along. */
const nodeThatReadsTypes = (): string => {
  const ours = join(ROOT, 'node_modules', 'node', 'bin', 'node');
  return !process.features.typescript && existsSync(ours) ? ours : process.execPath;
};

export const bundleFunctions = (
  config: Configuration,
  outDir = join(ROOT, '.build', 'functions'),
): Bundles => {
  const names = functionNames();
  rmSync(outDir, { recursive: true, force: true });
  execFileSync(nodeThatReadsTypes(), [join(import.meta.dirname, 'bundling', 'run.ts'), outDir, ...names], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  for (const name of names) {
    const folder = join(outDir, name);
    writeFileSync(join(folder, 'config.json'), JSON.stringify(config));
    if (!WORDLESS.has(name)) cpSync(join(ROOT, 'content'), join(folder, 'content'), { recursive: true });
  }
  return { folderOf: (name) => join(outDir, name), print: printOf(names, outDir) };
};
