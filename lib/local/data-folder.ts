/** The folder that everything lives in, held by one runtime at a time. */
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { StartError } from './start-error.ts';

const Coded = z.object({ code: z.string() });

const codeOf = (error: unknown) => Coded.safeParse(error).data?.code ?? String(error);

const holderOf = (pidFile: string) => {
  try {
    return `process ${readFileSync(pidFile, 'utf8').trim()}`;
  } catch (error) {
    return `another process (${codeOf(error)})`;
  }
};

/** A transaction left open is a lock that the operating system drops with the process, kill -9 included. */
const lock = (file: string, pidFile: string): DatabaseSync => {
  const db = new DatabaseSync(file);
  try {
    db.exec('BEGIN EXCLUSIVE');
    return db;
  } catch (cause) {
    db.close();
    throw new StartError(
      `The data folder is in use by ${holderOf(pidFile)}. Stop that one, or choose another folder with --data.`,
      { cause },
    );
  }
};

/**
 * Makes the folder if it is missing and holds it until `release`.
 * @throws StartError when it cannot be written or another runtime holds it.
 */
export const holdDataFolder = (folder: string): { release(): void } => {
  const pidFile = join(folder, 'runtime.pid');
  const lockFile = join(folder, 'runtime.lock');
  try {
    mkdirSync(folder, { recursive: true });
    appendFileSync(lockFile, '');
  } catch (cause) {
    throw new StartError(
      `The data folder ${folder} cannot be written (${codeOf(cause)}). Choose another with --data.`,
      { cause },
    );
  }
  const held = lock(lockFile, pidFile);
  writeFileSync(pidFile, String(process.pid));
  return { release: () => held.close() };
};
