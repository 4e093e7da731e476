/** The runtime's SQLite file. Writes that arrive in the same turn share one transaction and one fsync (group commit). */
import type { DatabaseSync } from 'node:sqlite';
import type { ReachPoint } from './failpoints.ts';
import { openSoundDatabase } from './sound-database.ts';

export type Store = {
  readonly db: DatabaseSync;
  /**
   * Runs `change` inside the next group commit and resolves once it is on disk. Reads that the change depends on
   * belong inside it. A change that throws is undone alone and rejects alone; the others of its group then run again,
   * so a change does nothing but read and write `db`.
   */
  write<T>(change: (db: DatabaseSync) => T): Promise<T>;
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

type Waiting = { run(): void; done(): void; fail(error: unknown): void };

/** @throws StartError for a file that is damaged. */
export const openStore = (file: string, reach: ReachPoint = () => undefined): Store => {
  // Deleted bytes are overwritten: forgetting a person means all of this file.
  const db = openSoundDatabase(
    file,
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000; PRAGMA secure_delete = ON;',
  );
  // A page that many commits change goes into the database once; a start after a crash reads 32 MB of log at most.
  db.exec('PRAGMA wal_autocheckpoint = 8000');
  const begin = db.prepare('BEGIN IMMEDIATE');
  const savepoint = db.prepare('SAVEPOINT one');
  const release = db.prepare('RELEASE one');
  const end = db.prepare('COMMIT');
  let waiting: Waiting[] = [];
  let isScheduled = false;
  let settledWaiters: (() => void)[] = [];

  /** Runs one change in its own savepoint; says whether it is part of the commit. */
  const runAlone = (one: Waiting): boolean => {
    savepoint.run();
    try {
      one.run();
      release.run();
      return true;
    } catch (error) {
      db.exec('ROLLBACK TO one; RELEASE one');
      one.fail(error);
      return false;
    }
  };

  const runApart = (group: Waiting[]): Waiting[] => {
    begin.run();
    return group.filter(runAlone);
  };

  /** Hardly a change ever throws, and savepoints would cost every one of them two more statements. */
  const runTogether = (group: Waiting[]): boolean => {
    begin.run();
    try {
      for (const one of group) one.run();
      return true;
    } catch {
      // Whatever it was happens again when they run apart, and reaches the one it belongs to.
      if (db.isTransaction) db.exec('ROLLBACK');
      return false;
    }
  };

  let hasOldBytes = false;

  const runGroup = (group: Waiting[]) => {
    try {
      const succeeded = runTogether(group) ? group : runApart(group);
      reach('committing');
      end.run();
      reach('committed');
      for (const one of succeeded) one.done();
    } catch (error) {
      if (db.isOpen && db.isTransaction) db.exec('ROLLBACK');
      const why = error instanceof Error ? error.message : String(error);
      const words = `Nothing can be written to ${file} (${why}), so nothing is acknowledged. Is the disk full?`;
      for (const one of group) one.fail(new Error(words, { cause: error }));
    }
  };

  const commit = () => {
    isScheduled = false;
    const group = waiting;
    waiting = [];
    // A store closed in the meantime has committed already.
    if (group.length > 0) runGroup(group);
    if (waiting.length > 0) return;
    const resolves = settledWaiters;
    settledWaiters = [];
    for (const resolve of resolves) resolve();
  };

  const settled = () =>
    isScheduled ? new Promise<void>((resolve) => settledWaiters.push(resolve)) : Promise.resolve();

  const scrub = async () => {
    await settled();
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    hasOldBytes = false;
  };

  return {
    db,
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
    write: (change) =>
      new Promise((resolve, reject) => {
        let outcome: { value: ReturnType<typeof change> } | undefined;
        waiting.push({
          run: () => {
            outcome = { value: change(db) };
          },
          done: () => {
            if (outcome !== undefined) resolve(outcome.value);
          },
          fail: reject,
        });
        if (isScheduled) return;
        isScheduled = true;
        setImmediate(commit);
      }),
    settled,
    close: () => {
      if (isScheduled) commit();
      db.close();
    },
  };
};
