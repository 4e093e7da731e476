/**
 * Bundles every function in one esbuild run and packs the checked configuration and the words beside it. Minified
 * CommonJS, ES modules of packages first, parts of the AWS SDK that are never used left out: CDK's own defaults
 * give twice the size and a slower start (docs/performance.md).
 */
import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import type { Configuration } from '../../functions/core/configuration.ts';

const ROOT = join(import.meta.dirname, '..', '..');

/**
 * Parts the AWS SDK loads with `import()` when it comes to need them, which it never does here: Lambda hands credentials
 * over in the environment, and none of our calls streams events.
 */
const NEVER_LOADED = [
  ...['ini', 'sso', 'process', 'web-identity', 'http', 'login'].map(
    (kind) => `@aws-sdk/credential-provider-${kind}`,
  ),
  '@smithy/credential-provider-imds',
  '@smithy/core/event-streams',
];

export type Bundles = {
  /** The folder of one function: index.js, config.json and, where it writes to people, content/. */
  folderOf(name: string): string;
};

/** Functions that say nothing to anybody and so need no words. */
const WORDLESS = new Set([
  'receive-webhook',
  'receive-promise',
  'start-follow-up',
  'wait-for-day',
  'raise-promise',
  'assume-kept',
  'receive-mail',
  'hear-of-mail',
  'forget-person',
]);

export const functionNames = (): string[] =>
  readdirSync(join(ROOT, 'functions'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .filter((name) => readdirSync(join(ROOT, 'functions', name)).includes('index.ts'))
    .sort();

export const bundleFunctions = (
  config: Configuration,
  outDir = join(ROOT, '.build', 'functions'),
): Bundles => {
  const names = functionNames();
  rmSync(outDir, { recursive: true, force: true });
  buildSync({
    entryPoints: names.map((name) => ({
      in: join(ROOT, 'functions', name, 'index.ts'),
      out: `${name}/index`,
    })),
    outdir: outDir,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    mainFields: ['module', 'main'],
    external: NEVER_LOADED,
    legalComments: 'none',
    logLevel: 'warning',
  });
  for (const name of names) {
    const folder = join(outDir, name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'config.json'), JSON.stringify(config));
    if (!WORDLESS.has(name)) cpSync(join(ROOT, 'content'), join(folder, 'content'), { recursive: true });
  }
  return { folderOf: (name) => join(outDir, name) };
};
