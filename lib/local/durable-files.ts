/** Files that are whole or not there at all, whenever the process dies. */
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { open, rename, rm, writeFile } from 'node:fs/promises';
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

/**
 * Syncs a folder for everybody who asks: whoever asks while it is being synced waits for the next time, together with
 * all others who do.
 */
export const createFolderSync = (folder: string): (() => Promise<void>) => {
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const begin = (): Promise<void> => {
    next = undefined;
    running = syncFolder(folder).finally(() => {
      running = undefined;
    });
    return running;
  };
  return () => {
    if (running === undefined) return begin();
    next ??= running.then(begin, begin);
    return next;
  };
};

/**
 * Writes a file that a crash may leave in parts: only what is written down elsewhere, after `synced` has resolved, says that
 * it is whole.
 */
export const writeToBeNoted = async (
  folder: string,
  name: string,
  data: Buffer,
  synced: () => Promise<void>,
): Promise<void> => {
  await writeFile(join(folder, name), data, { flush: true });
  await synced();
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
