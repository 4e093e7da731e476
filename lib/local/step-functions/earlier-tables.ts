/** Takes over what an earlier release wrote: roots had rows of their own, and history was ordered by execution. */
import type { DatabaseSync } from 'node:sqlite';

/** What came to the table of executions since: its newest piece of history and its root thread. */
export const ADDED_COLUMNS = [
  'history INTEGER',
  'phase TEXT',
  'rootState TEXT',
  'rootInput TEXT',
  'variables TEXT',
  'enteredAt INTEGER',
  'enteredEvent INTEGER',
  'rootEvent INTEGER',
  'retries TEXT',
  'event INTEGER',
  'functionArn TEXT',
  'payload TEXT',
  'dueAt INTEGER',
  'timeoutAt INTEGER',
  'heartbeatMs INTEGER',
  'children TEXT',
];

const SAME = ['variables', 'enteredAt', 'enteredEvent', 'retries', 'event', 'functionArn', 'payload'];
const ALSO_SAME = ['dueAt', 'timeoutAt', 'heartbeatMs', 'children', 'phase'];

const MOVE_ROOTS = `
UPDATE sfn_execution SET rootState = root.state, rootInput = root.input, rootEvent = root.lastEvent,
  ${[...SAME, ...ALSO_SAME].map((name) => `${name} = root.${name}`).join()}
  FROM sfn_thread AS root WHERE root.execution = sfn_execution.id AND root.ordinal = 0;
DELETE FROM sfn_thread WHERE ordinal = 0;
`;

/** Its key held the execution above the twentieth bit and the first event's number below it. */
const MOVE_HISTORY = `
INSERT INTO sfn_event (id, previous, first, events)
  SELECT n, CASE WHEN lag(execution) OVER (ORDER BY n) = execution THEN n - 1 END, first, events FROM (
    SELECT row_number() OVER (ORDER BY id) AS n, id >> 20 AS execution, id & 1048575 AS first, events FROM sfn_history
  );
UPDATE sfn_execution SET history = newest.n FROM (
  SELECT execution, max(n) AS n FROM (SELECT row_number() OVER (ORDER BY id) AS n, id >> 20 AS execution FROM sfn_history)
  GROUP BY execution
) AS newest WHERE newest.execution = sfn_execution.id;
DROP TABLE sfn_history;
`;

const isEarlier = (db: DatabaseSync): boolean =>
  db.prepare("SELECT name FROM sqlite_schema WHERE name = 'sfn_history'").get() !== undefined;

/** `createTables` makes whatever is missing. */
export const adoptEarlier = (db: DatabaseSync, createTables: () => void): void => {
  if (!isEarlier(db)) {
    createTables();
    return;
  }
  db.exec('BEGIN IMMEDIATE');
  for (const column of ADDED_COLUMNS) db.exec(`ALTER TABLE sfn_execution ADD COLUMN ${column}`);
  createTables();
  db.exec(MOVE_ROOTS);
  db.exec(MOVE_HISTORY);
  db.exec('COMMIT');
};
