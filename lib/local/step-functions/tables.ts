/**
 * What is kept on disk. A thread is one place an execution is at: the root, a Map iteration or a Parallel branch. The
 * root lies in the execution's own row, so that most steps write one row and append one piece of history.
 * Everything that waits is a row with `dueAt`; nothing per waiting execution is held in memory.
 */
import { randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { ADDED_COLUMNS, adoptEarlier } from './earlier-tables.ts';

const TABLES = `
CREATE TABLE IF NOT EXISTS sfn_secret (id INTEGER PRIMARY KEY CHECK (id = 1), key BLOB NOT NULL) STRICT;

CREATE TABLE IF NOT EXISTS sfn_definition (
  id INTEGER PRIMARY KEY, machine TEXT NOT NULL, body TEXT NOT NULL, roleArn TEXT NOT NULL, createdAt INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS sfn_machine (
  name TEXT PRIMARY KEY, definition INTEGER NOT NULL, settings TEXT NOT NULL, createdAt INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS sfn_version (
  machine TEXT NOT NULL, version INTEGER NOT NULL, definition INTEGER NOT NULL, description TEXT, createdAt INTEGER NOT NULL,
  PRIMARY KEY (machine, version)
) STRICT;
CREATE TABLE IF NOT EXISTS sfn_alias (
  machine TEXT NOT NULL, name TEXT NOT NULL, description TEXT, routing TEXT NOT NULL, createdAt INTEGER NOT NULL,
  updatedAt INTEGER NOT NULL, PRIMARY KEY (machine, name)
) STRICT;
CREATE TABLE IF NOT EXISTS sfn_tag (
  arn TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (arn, key)
) STRICT;

CREATE TABLE IF NOT EXISTS sfn_execution (
  id INTEGER PRIMARY KEY, machine TEXT NOT NULL, name TEXT NOT NULL, definition INTEGER NOT NULL, qualifier TEXT,
  input TEXT NOT NULL, status TEXT NOT NULL, state TEXT, transitions INTEGER NOT NULL, lastEvent INTEGER NOT NULL,
  nextThread INTEGER NOT NULL, startedAt INTEGER NOT NULL, stoppedAt INTEGER, timesOutAt INTEGER,
  output TEXT, error TEXT, cause TEXT, ${ADDED_COLUMNS.join()}
) STRICT;
CREATE UNIQUE INDEX IF NOT EXISTS sfn_execution_name ON sfn_execution (machine, name);
CREATE INDEX IF NOT EXISTS sfn_execution_open ON sfn_execution (id) WHERE status = 'RUNNING';
CREATE INDEX IF NOT EXISTS sfn_execution_due ON sfn_execution (timesOutAt) WHERE timesOutAt IS NOT NULL;
CREATE INDEX IF NOT EXISTS sfn_root_due ON sfn_execution (dueAt) WHERE dueAt IS NOT NULL;
CREATE INDEX IF NOT EXISTS sfn_root_active ON sfn_execution (id) WHERE phase IN ('entering', 'running');

CREATE TABLE IF NOT EXISTS sfn_thread (
  id INTEGER PRIMARY KEY, execution INTEGER NOT NULL, ordinal INTEGER NOT NULL, parent INTEGER, slot INTEGER NOT NULL,
  state TEXT NOT NULL, phase TEXT NOT NULL, input TEXT NOT NULL, variables TEXT NOT NULL,
  enteredAt INTEGER NOT NULL, enteredEvent INTEGER NOT NULL, lastEvent INTEGER NOT NULL, retries TEXT,
  event INTEGER, functionArn TEXT, payload TEXT, dueAt INTEGER, timeoutAt INTEGER, heartbeatMs INTEGER,
  item TEXT, children TEXT, output TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS sfn_thread_due ON sfn_thread (dueAt) WHERE dueAt IS NOT NULL;
CREATE INDEX IF NOT EXISTS sfn_thread_active ON sfn_thread (execution) WHERE phase IN ('entering', 'running');

CREATE TABLE IF NOT EXISTS sfn_event (
  id INTEGER PRIMARY KEY, previous INTEGER, first INTEGER NOT NULL, events TEXT NOT NULL
) STRICT;
`;

/**
 * Rows that belong to an execution are numbered inside its block of ids: a plain integer key keeps them together and
 * lets long texts lie in ordinary pages, which a composite key does not.
 */
export const ROWS_PER_EXECUTION = 1_048_576;

export const rowId = (execution: number, index: number): number => execution * ROWS_PER_EXECUTION + index;

export const createTables = (db: DatabaseSync): void => {
  adoptEarlier(db, () => db.exec(TABLES));
  db.prepare('INSERT OR IGNORE INTO sfn_secret (id, key) VALUES (1, ?)').run(randomBytes(32));
};

/** The key that seals task tokens: made once per store. */
export const tokenKey = (db: DatabaseSync): Uint8Array => {
  const key = db.prepare('SELECT key FROM sfn_secret WHERE id = 1').get()?.['key'];
  if (key instanceof Uint8Array) return key;
  throw new Error('the store has no key for task tokens');
};
