/**
 * Makes each mistake of mutations.ts in a copy of the project and asks what should catch it:
 * `node test/mutations/run.ts [name ...]`. Prints what caught it; exit code 1 when one that should have did not.
 */
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { askCatcher } from './catchers.ts';
import type { Catcher, Mutation } from './mutation.ts';
import { MUTATIONS } from './mutations.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const LIST_FILES = ['ls-files', '--cached', '--others', '--exclude-standard'];

/** Tracked files and those that are new, so that work under way can be checked too; the project itself is never changed. */
const copyProject = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'aftercare-mutation-'));
  const listed = execFileSync('git', LIST_FILES, { cwd: ROOT }).toString().split('\n');
  for (const name of listed.filter((one) => one !== '' && existsSync(join(ROOT, one)))) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    cpSync(join(ROOT, name), join(folder, name));
  }
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  return folder;
};

/** Says whether everything that should have noticed it did. */
const check = (folder: string, { name, file, find, replace, caughtBy }: Mutation): boolean => {
  const place = join(folder, file);
  const text = readFileSync(place, 'utf8');
  if (text.split(find).length !== 2) throw new Error(`${name}: not found once in ${file}: ${find}`);
  writeFileSync(
    place,
    text.replace(find, () => replace),
  );
  console.log(name);
  let isCaught = true;
  for (const catcher of caughtBy) {
    const said = askCatcher(folder, catcher);
    console.log(said === undefined ? `  NOT CAUGHT by ${catcher}` : `  ${said}`);
    isCaught &&= said !== undefined;
  }
  writeFileSync(place, text);
  return isCaught;
};

/** A test that fails anyway has caught nothing. */
const failingAnyway = (folder: string, mutations: readonly Mutation[]): Catcher[] =>
  [...new Set(mutations.flatMap(({ caughtBy }) => caughtBy))].filter(
    (catcher) => catcher.includes('/') && askCatcher(folder, catcher) !== undefined,
  );

const wanted = process.argv.slice(2);
const chosen = MUTATIONS.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
const folder = copyProject();
try {
  const failing = failingAnyway(folder, chosen);
  if (failing.length > 0) throw new Error(`Without any mistake these fail: ${failing.join(', ')}`);
  const caught = chosen.map((mutation) => check(folder, mutation));
  console.log(`${caught.filter(Boolean).length} of ${chosen.length} caught by everything that should`);
  process.exitCode = chosen.length > 0 && caught.every(Boolean) ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
