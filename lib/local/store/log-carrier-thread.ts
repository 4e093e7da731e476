/** Copies what the log of a database holds into the database, with a connection of its own, whenever it is asked to. */
import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';

export type ToCarrier = 'pass';
/** `error` is undefined when all went well. */
export type FromCarrier = { readonly error: string | undefined };

const { file }: { file: string } = workerData;

const carry = (): FromCarrier => {
  try {
    const db = new DatabaseSync(file);
    try {
      // Whoever writes goes on writing.
      db.exec('PRAGMA busy_timeout = 5000; PRAGMA wal_checkpoint(PASSIVE)');
    } finally {
      db.close();
    }
    return { error: undefined };
  } catch (error) {
    return { error: String(error) };
  }
};

parentPort?.on('message', (_: ToCarrier) => parentPort?.postMessage(carry()));
