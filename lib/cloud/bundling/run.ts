/**
 * Bundles the functions named on the command line into the folder named first. A program of its own, because esbuild takes
 * plugins only when it may answer later, and a CDK app is put together in one go.
 */
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { build } from 'esbuild';
import { diet } from './diet.ts';
import { SETTINGS } from './esbuild-settings.ts';
import { namesInUse } from './names-in-use.ts';
import { withDroppableConstants } from './own-code.ts';
import { buildParts, partPath, partsOf, withParts } from './parts.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');

/** `import()`ed by the AWS SDK when its native part is installed, which signs for several regions at once. */
const NEVER_LOADED = ['@aws-sdk/signature-v4-crt'];

const [outDir = '', ...functions] = process.argv.slice(2);
const shelf = join(outDir, '.parts');
mkdirSync(shelf, { recursive: true });
const inUse = namesInUse();
const asked = await buildParts(shelf, inUse);
const { metafile } = await build({
  ...SETTINGS,
  absWorkingDir: ROOT,
  entryPoints: functions.map((name) => ({
    in: join(ROOT, 'functions', name, 'index.ts'),
    out: `${name}/index`,
  })),
  outdir: outDir,
  external: NEVER_LOADED,
  plugins: [diet(inUse), withParts(asked), withDroppableConstants],
  metafile: true,
});
for (const [file, { inputs }] of Object.entries(metafile.outputs)) {
  const folder = join(outDir, basename(dirname(file)));
  for (const part of partsOf(inputs)) copyFileSync(partPath(shelf, part), partPath(folder, part));
}
rmSync(shelf, { recursive: true });
