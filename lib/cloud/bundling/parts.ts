/**
 * Packages that a function loads when it first uses them, if it ever does: most webhooks, presses and waits come and go
 * without a mail being written or a calendar being asked. Each lies in a file of its own beside `index.js`.
 */
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import * as z from 'zod';
import { SETTINGS } from './esbuild-settings.ts';
import type { NamesInUse } from './rule.ts';

/** They call no AWS and read no environment, so on one machine they need not see what a function sees. */
export const PARTS = ['temporal-polyfill', 'liquidjs', 'marked', 'postal-mime'] as const;

const NOT_NAMES: ReadonlySet<string> = new Set(['__esModule', 'default', 'module.exports']);

export type Part = (typeof PARTS)[number];

/** `.cjs`, since a folder further up may say that `.js` means ES modules; this one does. */
export const partFile = (part: string): string => `${part}.cjs`;

/** What somebody in functions/ may ask of a part: its exports, and what its default export can do. */
type Asked = { readonly names: readonly string[]; readonly ofDefault: readonly string[] };

const Package = z.looseObject({ default: z.unknown().optional() });
const functionsOf = (value: unknown): string[] =>
  typeof value === 'function'
    ? Object.entries(Object.getOwnPropertyDescriptors(value)).flatMap(([name, { value: own }]) =>
        typeof own === 'function' ? [name] : [],
      )
    : [];

/** Bundles every part into a folder; tells what may be asked of each. */
export const buildParts = async (outDir: string, inUse: NamesInUse): Promise<Map<string, Asked>> => {
  const asked = new Map<string, Asked>();
  for (const part of PARTS) {
    const exported = Package.parse({ ...(await import(part)) });
    const names = Object.keys(exported).filter((name) => !NOT_NAMES.has(name) && inUse.has(name));
    asked.set(part, { names, ofDefault: functionsOf(exported.default).filter((name) => inUse.has(name)) });
  }
  await build({
    ...SETTINGS,
    entryPoints: PARTS.map((part) => ({ in: part, out: part })),
    outdir: outDir,
    outExtension: { '.js': '.cjs' },
  });
  return asked;
};

/**
 * A module whose every export loads the part when it is first looked at. As in Node, what an ES module imports of it by
 * default is all of it: so it can do itself what the default export can.
 */
const standIn = (part: string, { names, ofDefault }: Asked): string => `
  let part;
  const load = () => (part ??= require('./${partFile(part)}'));
  module.exports = {
    ${names.map((name) => `get ${name}() { return load().${name}; },`).join('\n')}
    ${ofDefault.map((name) => `${name}(...given) { return load().default.${name}(...given); },`).join('\n')}
  };`;

export const withParts = (asked: ReadonlyMap<string, Asked>): Plugin => ({
  name: 'parts',
  setup: (build) => {
    build.onResolve({ filter: new RegExp(`^(${PARTS.join('|')})$`) }, ({ path }) => ({
      path,
      namespace: 'part',
    }));
    build.onLoad({ filter: /.*/, namespace: 'part' }, ({ path }) => ({
      contents: standIn(path, asked.get(path) ?? { names: [], ofDefault: [] }),
      loader: 'js',
    }));
    build.onResolve({ filter: /^\.\//, namespace: 'part' }, ({ path }) => ({ path, external: true }));
  },
});

/** Which parts a bundle asks for, from what esbuild tells about it. */
export const partsOf = (inputs: Readonly<Record<string, unknown>>): Part[] =>
  PARTS.filter((part) => Object.hasOwn(inputs, `part:${part}`));

export const partPath = (folder: string, part: string): string => join(folder, partFile(part));
