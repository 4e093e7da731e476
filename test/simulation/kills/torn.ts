/** A store whose last bytes never reached the disk, or reached it wrong: what is found when it is opened again. */
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { StartError } from '../../../lib/local/start-error.ts';
import { openStore } from '../../../lib/local/store.ts';

const FILE = 'aftercare.sqlite';
const LOG = `${FILE}-wal`;
const SIZE = { checkpointed: 40, acknowledged: 60 };

const textOf = (n: number): string => `${n} `.repeat(175);
/** What is damaged: the log beside the database after a kill, or the database of a runtime that was stopped. */
export type Part = 'log' | 'database';

/**
 * Lays rows into `folder` in transactions of their own, most of them checkpointed: as a kill leaves the files, and as a stop
 * does.
 */
export const layRows = async (folder: string): Promise<void> => {
  const live = join(folder, 'live');
  const store = openStore(live);
  store.db.exec('CREATE TABLE kept (n INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT');
  for (let n = 1; n <= SIZE.acknowledged; n += 1) {
    await store.write((db) => db.prepare('INSERT INTO kept VALUES (?, ?)').run(n, textOf(n)));
    if (n === SIZE.checkpointed) store.db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  }
  for (const part of ['log', 'database']) mkdirSync(join(folder, part));
  copyFileSync(live, join(folder, 'log', FILE));
  copyFileSync(`${live}-wal`, join(folder, 'log', LOG));
  store.close();
  copyFileSync(live, join(folder, 'database', FILE));
};

/** How many rows are found, `refused` in words, or what else went wrong. */
export type Found =
  | { kind: 'kept'; rows: number }
  | { kind: 'refused'; why: string }
  | { kind: 'lost'; what: string };

const look = (file: string): Found => {
  try {
    const store = openStore(file);
    try {
      const rows = store.db.prepare('SELECT n, text FROM kept ORDER BY n').all();
      const isWhole = rows.every((row, index) => row['n'] === index + 1 && row['text'] === textOf(index + 1));
      if (!isWhole) return { kind: 'lost', what: `${rows.length} rows, and not those that were written` };
      return rows.length < SIZE.checkpointed
        ? { kind: 'lost', what: `only ${rows.length} rows of ${SIZE.checkpointed} that were checkpointed` }
        : { kind: 'kept', rows: rows.length };
    } finally {
      store.close();
    }
  } catch (error) {
    if (error instanceof StartError) return { kind: 'refused', why: error.message };
    return { kind: 'lost', what: String(error) };
  }
};

/** A fresh copy in `work`; says which file of it is to be damaged. */
const copyTo = (folder: string, work: string, part: Part): string => {
  rmSync(work, { recursive: true, force: true });
  cpSync(join(folder, part), work, { recursive: true });
  return join(work, part === 'log' ? LOG : FILE);
};

/** Opens a copy without the last `bytes` of a part. */
export const openCut = (folder: string, work: string, part: Part, bytes: number): Found => {
  const file = copyTo(folder, work, part);
  truncateSync(file, Math.max(0, statSync(file).size - bytes));
  return look(join(work, FILE));
};

/** Opens a copy in which every bit of one byte of the log, so many before its end, is the other way round. */
export const openFlipped = (folder: string, work: string, fromEnd: number): Found => {
  const file = copyTo(folder, work, 'log');
  const bytes = readFileSync(file);
  const at = bytes.length - fromEnd;
  bytes.writeUInt8(bytes.readUInt8(at) ^ 0xff, at);
  writeFileSync(file, bytes);
  return look(join(work, FILE));
};

/** How many rows were acknowledged. */
export const ALL_ROWS = SIZE.acknowledged;
