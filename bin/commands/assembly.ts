/** The synthesized stack for this machine: made anew only when something it is made of has changed. */
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');
const MADE_OF = [
  'aftercare.config.ts',
  'package-lock.json',
  'functions',
  'content',
  join('lib', 'cloud'),
  join('lib', 'holidays.ts'),
];

function* filesUnder(path: string): Generator<string> {
  if (!statSync(path).isDirectory()) {
    yield path;
    return;
  }
  for (const name of readdirSync(path).sort()) yield* filesUnder(join(path, name));
}

/** Names, sizes and contents: a touched file that says the same is not a change. */
export const fingerprint = (): string => {
  const hash = createHash('sha256');
  for (const part of MADE_OF) {
    for (const file of filesUnder(join(ROOT, part)))
      hash
        .update(`${relative(ROOT, file)}\0`)
        .update(readFileSync(file))
        .update('\0');
  }
  return hash.digest('hex');
};

/**
 * Synthesizes into `<dataDir>/stack` and answers that folder.
 * @throws ConfigurationMistake naming the field and what was expected.
 */
export const makeAssembly = async (
  config: unknown,
  dataDir: string,
  log: (line: string) => void,
): Promise<string> => {
  const folder = join(dataDir, 'stack');
  const stamp = join(folder, 'made-of');
  const print = fingerprint();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === print) return folder;
  mkdirSync(dataDir, { recursive: true });
  log('Synthesizing the stack from lib/cloud ...');
  /* Loading the CDK takes a second that an unchanged start does not have to spend. */
  const { createApp } = await import('../../lib/cloud/app.ts');
  /* In a folder of its own until it is whole: two starts at once must not write into each other's. */
  const work = mkdtempSync(join(dataDir, 'synth-'));
  const fresh = join(work, 'stack');
  createApp({ config, outdir: fresh, bundleDir: join(work, 'bundles'), withRules: false }).synth();
  writeFileSync(join(fresh, 'made-of'), print);
  rmSync(folder, { recursive: true, force: true });
  renameSync(fresh, folder);
  rmSync(work, { recursive: true, force: true });
  return folder;
};
