/** Opens an SQLite file only when it is whole: a damaged one is not written to. */
import { statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { StartError } from './start-error.ts';

/** SQLite's words for a file that is not, or not any more, a database of its own. */
const SQLITE_CORRUPT = 11;
const SQLITE_NOTADB = 26;

const SqliteError = z.object({ errcode: z.int(), message: z.string() });
const PageSize = z.object({ page_size: z.int().positive() });
const Verdict = z.object({ quick_check: z.string() });

const damaged = (file: string, reason: string, cause?: unknown): StartError =>
  new StartError(
    `${file} is damaged (${reason}), and nothing was written to it. Put back a copy of the whole data folder from a backup, or start with another --data.`,
    { cause },
  );

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

/**
 * A file that was cut within its last page is read as if zeros stood there. Beside a log that is allowed: a checkpoint may
 * have been killed, and the log still has that page.
 */
const isCut = (file: string, pageSize: number): boolean =>
  sizeOf(`${file}-wal`) === 0 && sizeOf(file) % pageSize !== 0;

const pageSizeOf = (db: DatabaseSync): number =>
  PageSize.parse(db.prepare('PRAGMA page_size').get()).page_size;

/** Reads every page once, which takes less than a tenth of a second for 100 MB. */
const check = (db: DatabaseSync, file: string): void => {
  const { quick_check: verdict } = Verdict.parse(db.prepare('PRAGMA quick_check(1)').get());
  if (verdict !== 'ok') throw damaged(file, verdict.replaceAll(/\s+/g, ' '));
};

/**
 * `settings` are pragmas.
 * @throws StartError for a file that is damaged.
 */
export const openSoundDatabase = (file: string, settings: string): DatabaseSync => {
  const db = new DatabaseSync(file);
  try {
    // Before anything is written: a log is begun by the settings.
    if (isCut(file, pageSizeOf(db))) throw damaged(file, 'its end is missing');
    db.exec(settings);
    check(db, file);
    return db;
  } catch (error) {
    db.close();
    const { errcode, message } = SqliteError.safeParse(error).data ?? {};
    if (errcode === SQLITE_CORRUPT || errcode === SQLITE_NOTADB) throw damaged(file, message ?? '', error);
    throw error;
  }
};
