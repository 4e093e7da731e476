/**
 * Many sales that wait. The first are played for real; the others are copies of their rows with a number of their own, as
 * a million played ones would take longer than everything that is measured on them.
 */
import { DatabaseSync } from 'node:sqlite';
import { openFlow, saleName } from '../follow-up-flow.ts';
import { closedLoop } from '../load.ts';

const PLAYED = 100;
/** One sale is due after the other, so many milliseconds apart. */
export const APART_MS = 2;
const CHUNK = 20_000;

const play = async (file: string): Promise<void> => {
  const flow = await openFlow(file, () => undefined);
  await closedLoop(PLAYED, 1, (index) => flow.start(saleName(index)));
  await flow.time.whenIdle();
  flow.close();
};

const COPY = `
CREATE TEMP TABLE number AS WITH RECURSIVE k (n) AS (SELECT ?1 UNION ALL SELECT n + 1 FROM k WHERE n + 1 < ?2) SELECT n FROM k;
`;

const columnsOf = (db: DatabaseSync, table: string): string[] =>
  db
    .prepare(`SELECT name FROM pragma_table_info(?)`)
    .all(table)
    .map((row) => String(row['name']));

/** A copy's number is its id less one; both pieces of its history come one after the other. */
const copyStatements = (db: DatabaseSync) => {
  const made: Record<string, string> = {
    id: 'n + 1',
    name: "'sale-' || n",
    input: `replace(input, '"' || name || '"', '"sale-' || n || '"')`,
    history: '2 * (n + 1)',
    dueAt: `?1 + n * ${APART_MS}`,
    timeoutAt: `?1 + n * ${APART_MS}`,
  };
  const columns = columnsOf(db, 'sfn_execution');
  const values = columns.map((name) => made[name] ?? name);
  return {
    executions: `INSERT INTO sfn_execution (${columns.join()}) SELECT ${values.join()}
      FROM number JOIN sfn_execution ON id = 1 + n % ${PLAYED}`,
    events: `INSERT INTO sfn_event (id, previous, first, events)
      SELECT 2 * (n + 1) - piece, CASE piece WHEN 0 THEN 2 * (n + 1) - 1 END, first,
        replace(events, 'sale-' || (n % ${PLAYED}) || '\\"', 'sale-' || n || '\\"')
      FROM number, (SELECT 1 AS piece UNION ALL SELECT 0) JOIN sfn_event ON id = 2 * (1 + n % ${PLAYED}) - piece`,
    times: `UPDATE sfn_execution SET dueAt = ?1 + (id - 1) * ${APART_MS}, timeoutAt = ?1 + (id - 1) * ${APART_MS}`,
  };
};

const copy = (
  db: DatabaseSync,
  { from, to, firstDue }: { from: number; to: number; firstDue: number },
): void => {
  const { executions, events } = copyStatements(db);
  db.exec('DROP TABLE IF EXISTS temp.number');
  db.prepare(COPY.trim()).run(from, to);
  db.exec('BEGIN');
  db.prepare(executions).run(firstDue);
  db.exec(events);
  db.exec('COMMIT');
};

/** Histories lie at the numbers that `copy` expects: two pieces for each sale, in the order of their ids. */
const straighten = (db: DatabaseSync, firstDue: number): void => {
  db.exec(`
    CREATE TEMP TABLE piece AS SELECT sfn_execution.id AS execution, newest.previous AS first, newest.id AS second
      FROM sfn_execution JOIN sfn_event AS newest ON newest.id = history;
    CREATE TEMP TABLE laid AS
      SELECT 2 * execution - 1 AS id, NULL AS previous, sfn_event.first AS first, events FROM piece JOIN sfn_event ON id = piece.first
      UNION ALL SELECT 2 * execution, 2 * execution - 1, sfn_event.first, events FROM piece JOIN sfn_event ON id = piece.second;
    DELETE FROM sfn_event;
    INSERT INTO sfn_event SELECT * FROM laid;
    UPDATE sfn_execution SET history = 2 * id;
  `);
  db.prepare(copyStatements(db).times).run(firstDue);
};

export type Filled = { open: number; firstDue: number };

/** Grows the file from one size to the next; the first size is played, and no smaller than that. */
export const createFiller = (file: string, firstDue: number) => {
  let open = 0;
  return {
    grow: async (to: number): Promise<Filled> => {
      const isNew = open === 0;
      if (isNew) await play(file);
      const db = new DatabaseSync(file);
      db.exec('PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA cache_size = -200000');
      if (isNew) straighten(db, firstDue);
      for (let from = isNew ? PLAYED : open; from < to; from += CHUNK)
        copy(db, { from, to: Math.min(from + CHUNK, to), firstDue });
      db.close();
      open = to;
      return { open, firstDue };
    },
  };
};
