/** A place for what tests write: in memory where the machine has room there, because a test waits for a disk thousands of times. */
import { existsSync, mkdtempSync, readdirSync, rmSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Where Linux keeps files in memory. A process that is killed loses there no more than it loses on a disk. */
const MEMORY = '/dev/shm';
/** A container often has 64 MB of it, which a few folders fill. */
const ROOM_BYTES = 2_000_000_000;
const NAME = 'aftercare-test-';
const DAY_MS = 86_400_000;

/** A run that was killed has taken nothing away. */
const discardOld = (): void => {
  for (const name of readdirSync(MEMORY).filter((one) => one.startsWith(NAME))) {
    const folder = join(MEMORY, name);
    if (Date.now() - statSync(folder).mtimeMs > DAY_MS) rmSync(folder, { recursive: true, force: true });
  }
};

const hasRoom = (folder: string): boolean => {
  if (!existsSync(folder)) return false;
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize >= ROOM_BYTES;
};

/** Makes every test's temporary folder lie there; call what it returns when all are done. */
export const useQuickFolder = (): (() => void) => {
  if (!hasRoom(MEMORY)) return () => undefined;
  discardOld();
  const folder = mkdtempSync(join(MEMORY, NAME));
  process.env['TMPDIR'] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
};
