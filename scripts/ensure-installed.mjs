/**
 * Runs before `npm start` and `npm test`: installs exactly what the lock file says when node_modules does not match it.
 * Plain JavaScript without dependencies, because it runs before there are any, on whatever Node the machine has.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const LOCK = 'package-lock.json';
const INSTALLED = 'node_modules/.package-lock.json';
const STAMP = 'node_modules/.aftercare-installed';

const text = readFileSync(LOCK, 'utf8');
const print = createHash('sha256').update(text).digest('hex');

const isStamped = () => existsSync(STAMP) && readFileSync(STAMP, 'utf8') === print;

/** npm keeps a list of what it put there; every package that is not for another platform must be in it as locked. */
const matchesLock = () => {
  if (!existsSync(INSTALLED)) return false;
  const there = JSON.parse(readFileSync(INSTALLED, 'utf8')).packages;
  return Object.entries(JSON.parse(text).packages).every(
    ([path, { version, optional, link }]) =>
      path === '' ||
      link === true ||
      there[path]?.version === version ||
      (optional === true && there[path] === undefined),
  );
};

if (!isStamped()) {
  if (!matchesLock()) {
    console.log('Installing what package-lock.json lists (once; about a minute) ...');
    const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
      stdio: 'inherit',
      shell: process.platform === 'win32',
    });
    if (status !== 0) {
      console.error(
        'npm ci failed, see above. Aftercare needs npm and a connection to its registry once; then try again.',
      );
      process.exit(status ?? 1);
    }
  }
  writeFileSync(STAMP, print);
}
