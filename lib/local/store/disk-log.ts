/** SQLite's log beside the database file, brought to disk without holding up the thread that writes it. */
import { closeSync, fdatasync, fdatasyncSync, openSync } from 'node:fs';

export type DiskLog = {
  /** Resolves once everything committed before the call is on disk. One call at a time. */
  sync(): Promise<void>;
  /** The same at once, for a store that closes. */
  syncNow(): void;
  close(): void;
};

/**
 * The log of a database that is open: SQLite keeps the same file until the last connection closes. Never open the database
 * file itself this way, as closing any handle on it takes SQLite's locks off.
 */
export const openDiskLog = (database: string): DiskLog => {
  const handle = openSync(`${database}-wal`, 'r+');
  let isSyncing = false;
  let isClosed = false;

  const sync = () =>
    new Promise<void>((resolve, reject) => {
      isSyncing = true;
      fdatasync(handle, (error) => {
        isSyncing = false;
        // A number that is closed under a sync may be another file's by then.
        if (isClosed) closeSync(handle);
        if (error === null) resolve();
        else reject(error);
      });
    });

  return {
    sync,
    syncNow: () => fdatasyncSync(handle),
    close: () => {
      isClosed = true;
      if (!isSyncing) closeSync(handle);
    },
  };
};
