/**
 * Bundles every function with esbuild and packs the checked configuration and the words beside it. Minified
 * CommonJS, ES modules of packages first, parts of the AWS SDK that are never used left out: CDK's own defaults
 * give twice the size and a slower start (docs/performance.md).
 */
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import type { Configuration } from '../../functions/core/configuration.ts';

const ROOT = join(import.meta.dirname, '..', '..');

/** The client of S3 needs this at once, since one of its calls streams events; none of ours does. */
const EVENT_STREAMS = '@smithy/core/event-streams';

/**
 * Parts the AWS SDK loads with `import()` when it comes to need them, which it never does here: Lambda hands credentials
 * over in the environment, and signs by itself.
 */
const NEVER_LOADED = [
  ...['ini', 'sso', 'process', 'web-identity', 'http', 'login'].map(
    (kind) => `@aws-sdk/credential-provider-${kind}`,
  ),
  '@smithy/credential-provider-imds',
  '@aws-sdk/signature-v4-crt',
];

/** Functions that read mails from the bucket. */
const WITH_S3 = new Set(['receive-mail', 'read-mail', 'forget-person']);

export type Bundles = {
  /** The folder of one function: index.js, config.json and, where it writes to people, content/. */
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

const build = (names: readonly string[], outDir: string, external: string[]): void => {
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
    external,
    legalComments: 'none',
    logLevel: 'warning',
  });
};

const printOf = (names: readonly string[], outDir: string): string => {
  const hash = createHash('sha256');
  for (const name of names)
    for (const file of ['index.js', 'config.json']) hash.update(readFileSync(join(outDir, name, file)));
  return hash.digest('hex').slice(0, 16);
};

export const bundleFunctions = (
  config: Configuration,
  outDir = join(ROOT, '.build', 'functions'),
): Bundles => {
  const names = functionNames();
  rmSync(outDir, { recursive: true, force: true });
  const { s3 = [], others = [] } = Object.groupBy(names, (name) => (WITH_S3.has(name) ? 's3' : 'others'));
  build(others, outDir, [...NEVER_LOADED, EVENT_STREAMS]);
  build(s3, outDir, NEVER_LOADED);
  for (const name of names) {
    const folder = join(outDir, name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'config.json'), JSON.stringify(config));
    if (!WORDLESS.has(name)) cpSync(join(ROOT, 'content'), join(folder, 'content'), { recursive: true });
  }
  return { folderOf: (name) => join(outDir, name), print: printOf(names, outDir) };
};
