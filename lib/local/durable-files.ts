/** Files that are whole or not there at all, whenever the process dies. */
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Resolves once what the folder lists is on disk. */
export const syncFolder = async (folder: string): Promise<void> => {
  // Windows cannot sync a folder, and does not need to.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/** Resolves once the whole file is on disk under this name. */
export const writeDurably = async (folder: string, name: string, data: Buffer): Promise<void> => {
  const file = join(folder, name);
  const handle = await open(`${file}.tmp`, 'w');
  try {
    await handle.writeFile(data);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(`${file}.tmp`, file);
  await syncFolder(folder);
};

/** Resolves once they are gone for good; what is gone already is no error. */
export const removeDurably = async (folder: string, names: readonly string[]): Promise<void> => {
  if (names.length === 0) return;
  await Promise.all(names.map((name) => rm(join(folder, name), { force: true })));
  await syncFolder(folder);
};

/** Makes the folder, and takes off what a crash left there: files that no row speaks of. */
export const openFolder = (folder: string, isKnown: (name: string) => boolean): void => {
  mkdirSync(folder, { recursive: true });
  for (const entry of readdirSync(folder, { withFileTypes: true }))
    if (entry.isFile() && !isKnown(entry.name)) rmSync(join(folder, entry.name), { force: true });
};
