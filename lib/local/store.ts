/**
 * The runtime's SQLite file. Writes that arrive together share one transaction and one sync of the log (group commit). The sync
 * holds up nothing but those who wait for it: the next group gathers meanwhile.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { ReachPoint } from './failpoints.ts';
import { openSoundDatabase } from './sound-database.ts';
import { createCommits } from './store/commits.ts';
import { type DiskLog, openDiskLog } from './store/disk-log.ts';
import { createLogCarrier } from './store/log-carrier.ts';

export type Store = {
  readonly db: DatabaseSync;
  /**
   * Runs `change` inside the next group commit and resolves once it is on disk. Reads that the change depends on
   * belong inside it. A change that throws is undone alone and rejects alone; the others of its group then run again,
   * so a change does nothing but read and write `db`.
   */
  write<T>(change: (db: DatabaseSync) => T): Promise<T>;
  /**
   * Resolves once whatever `db` shows now is on disk, undefined when it is already: what was read outside of a write leaves this
   * process only after it. Rejects when the disk failed.
   */
  durable(): Promise<void> | undefined;
  /** What was deleted is in no file any more: neither in the database nor in the log beside it. */
  scrub(): Promise<void>;
  /**
   * As `scrub`, and in no corner of a page either: where SQLite moved rows from one page to another it leaves copies that
   * `secure_delete` does not see. The file is written anew, which takes half a second for 100 MB.
   */
  rewrite(): Promise<void>;
  /** Says that something was deleted that was worth keeping from others: the log still holds it. */
  leftOldBytes(): void;
  hasOldBytes(): boolean;
  /** Resolves when no write is waiting. */
  settled(): Promise<void>;
  close(): void;
};

export type StoreParts = {
  openLog(database: string): DiskLog;
  /** How many pages the log may have before it is carried into the database. */
  carryAtPages: number;
};

/** A page that many commits change goes into the database once; a start after a crash reads 32 MB of log or little more. */
const CARRY_AT_PAGES = 8000;
/** Should no thread carry the log, SQLite does so itself within a commit before it has 256 MB. */
const CARRY_BY_COMMIT_AT_PAGES = 64_000;

const IN_MEMORY = ':memory:';

const openDatabase = (file: string): DatabaseSync => {
  // NORMAL: a commit writes to the log and leaves its sync to us; no crash can tear what is in it.
  // Deleted bytes are overwritten: forgetting a person means all of this file.
  const db = openSoundDatabase(
    file,
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000; PRAGMA secure_delete = ON;',
  );
  db.exec(`PRAGMA wal_autocheckpoint = ${CARRY_BY_COMMIT_AT_PAGES}`);
  return db;
};

/** Undefined for a database in memory. */
const openParts = (db: DatabaseSync, file: string, { openLog, carryAtPages }: StoreParts) => {
  if (file === IN_MEMORY) return undefined;
  // There is no log before the first transaction.
  db.exec('BEGIN IMMEDIATE; COMMIT');
  const log = openLog(file);
  // The last process may have died between a commit and its sync.
  log.syncNow();
  return { log, carrier: createLogCarrier(db, file, carryAtPages) };
};

/** @throws StartError for a file that is damaged. */
export const openStore = (
  file: string,
  reach: ReachPoint = () => undefined,
  { openLog = openDiskLog, carryAtPages = CARRY_AT_PAGES }: Partial<StoreParts> = {},
): Store => {
  const db = openDatabase(file);
  const parts = openParts(db, file, { openLog, carryAtPages });
  const commits = createCommits({ db, file, reach, parts });
  const { settled } = commits;
  const truncate = db.prepare('PRAGMA wal_checkpoint(TRUNCATE)');
  let hasOldBytes = false;

  const scrub = async () => {
    await settled();
    // Only one can carry the log at a time.
    await parts?.carrier.idle();
    // Somebody outside who reads the file may keep it from being emptied.
    hasOldBytes = Number(truncate.get()?.['busy']) !== 0;
  };

  return {
    db,
    write: (change) => commits.write(() => change(db)),
    durable: commits.durable,
    settled,
    scrub,
    rewrite: async () => {
      await settled();
      db.exec('VACUUM');
      await scrub();
    },
    leftOldBytes: () => {
      hasOldBytes = true;
    },
    hasOldBytes: () => hasOldBytes,
    close: () => {
      commits.finish();
      // Throws for a store that is closed already: its handle on the log may be another file's by now.
      db.close();
      parts?.carrier.close();
      parts?.log.close();
    },
  };
};
