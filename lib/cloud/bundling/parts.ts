/**
 * Packages that a function loads when it first uses them, if it ever does: most webhooks, presses and waits come and go
 * without a mail being written or a calendar being asked. Each lies in a file of its own beside `index.js`.
 */
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { SETTINGS } from './esbuild-settings.ts';
import type { NamesInUse } from './rule.ts';

/** They call no AWS and read no environment, so on one machine they need not see what a function sees. */
export const PARTS = ['temporal-polyfill', 'liquidjs', 'marked', 'postal-mime'] as const;

export type Part = (typeof PARTS)[number];

/** `.cjs`, since a folder further up may say that `.js` means ES modules; this one does. */
export const partFile = (part: string): string => `${part}.cjs`;

/** Bundles every part into a folder; tells what each exports of what somebody in functions/ may import. */
export const buildParts = async (outDir: string, inUse: NamesInUse): Promise<Map<string, string[]>> => {
  const named = new Map<string, string[]>();
  for (const part of PARTS) {
    const exported = Object.keys(await import(part));
    named.set(
      part,
      exported.filter((name) => name !== '__esModule' && inUse.has(name)),
    );
  }
  await build({
    ...SETTINGS,
    entryPoints: PARTS.map((part) => ({ in: part, out: part })),
    outdir: outDir,
    outExtension: { '.js': '.cjs' },
  });
  return named;
};

/** A module whose every export loads the part when it is first looked at. */
const standIn = (part: string, names: readonly string[]): string => `
  let part;
  const load = () => (part ??= require('./${partFile(part)}'));
  module.exports = { __esModule: true, ${names.map((name) => `get ${name}() { return load().${name}; }`).join(', ')} };`;

export const withParts = (exported: ReadonlyMap<string, readonly string[]>): Plugin => ({
  name: 'parts',
  setup: (build) => {
    build.onResolve({ filter: new RegExp(`^(${PARTS.join('|')})$`) }, ({ path }) => ({
      path,
      namespace: 'part',
    }));
    build.onLoad({ filter: /.*/, namespace: 'part' }, ({ path }) => ({
      contents: standIn(path, exported.get(path) ?? []),
      loader: 'js',
    }));
    build.onResolve({ filter: /^\.\//, namespace: 'part' }, ({ path }) => ({ path, external: true }));
  },
});

/** Which parts a bundle asks for, from what esbuild tells about it. */
export const partsOf = (inputs: Readonly<Record<string, unknown>>): Part[] =>
  PARTS.filter((part) => Object.hasOwn(inputs, `part:${part}`));

export const partPath = (folder: string, part: string): string => join(folder, partFile(part));
