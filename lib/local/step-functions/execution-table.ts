import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';

export const ExecutionStatus = z.enum(['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED']);
export type ExecutionStatus = z.output<typeof ExecutionStatus>;

/** Instants are epoch milliseconds; input and output are JSON text. */
export const Execution = z.object({
  id: z.number(),
  machine: z.string(),
  name: z.string(),
  /** The revision of the definition it started with and keeps. */
  definition: z.number(),
  /** The version or alias it was started through. */
  qualifier: z.string().nullable(),
  input: z.string(),
  status: ExecutionStatus,
  /** State of the root thread, kept after the end. */
  state: z.string().nullable(),
  transitions: z.number(),
  lastEvent: z.number(),
  /** Thread numbers are never used twice in an execution: tokens and late answers rely on it. */
  nextThread: z.number(),
  startedAt: z.number(),
  stoppedAt: z.number().nullable(),
  timesOutAt: z.number().nullable(),
  output: z.string().nullable(),
  error: z.string().nullable(),
  cause: z.string().nullable(),
});
export type Execution = z.output<typeof Execution>;

export type ExecutionFilter = {
  machine?: string;
  status?: string;
  name?: string;
  /** Started through this alias. */
  alias?: string;
  /** Of this revision, started through a version or an alias. */
  published?: number;
  before?: number;
  isRedriven?: boolean;
  limit?: number;
};

export type ExecutionTable = ReturnType<typeof createExecutionTable>;

const COLUMNS = Object.keys(Execution.shape);
const EVERYTHING = -1;

export const createExecutionTable = (db: DatabaseSync) => {
  const byId = db.prepare('SELECT * FROM sfn_execution WHERE id = ?');
  const byName = db.prepare('SELECT * FROM sfn_execution WHERE machine = ? AND name = ?');
  const insert = db.prepare(
    `INSERT INTO sfn_execution (${COLUMNS.join()}) VALUES (${COLUMNS.map(() => '?').join()})`,
  );
  const update = db.prepare(
    `UPDATE sfn_execution SET status = ?, state = ?, transitions = ?, lastEvent = ?, nextThread = ?, stoppedAt = ?,
      timesOutAt = ?, output = ?, error = ?, cause = ? WHERE id = ?`,
  );
  const open = db.prepare("SELECT count(*) AS n FROM sfn_execution WHERE status = 'RUNNING'");
  const nextDue = db.prepare('SELECT min(timesOutAt) AS due FROM sfn_execution WHERE timesOutAt IS NOT NULL');
  const due = db.prepare('SELECT id FROM sfn_execution WHERE timesOutAt <= ? ORDER BY timesOutAt LIMIT ?');
  const last = db.prepare('SELECT max(id) AS id FROM sfn_execution').get();
  let lastId = Number(last?.['id'] ?? 0);

  return {
    /** A fresh number; one that is not used leaves a gap. */
    allocate: () => {
      lastId += 1;
      return lastId;
    },
    /** How many run. */
    countOpen: (): number => Number(open.get()?.['n']),
    get: (id: number): Execution | undefined => {
      const row = byId.get(id);
      return row === undefined ? undefined : Execution.parse(row);
    },
    find: (machine: string, name: string): Execution | undefined => {
      const row = byName.get(machine, name);
      return row === undefined ? undefined : Execution.parse(row);
    },
    insert: (one: Execution) => {
      insert.run(
        one.id,
        one.machine,
        one.name,
        one.definition,
        one.qualifier,
        one.input,
        one.status,
        one.state,
        one.transitions,
        one.lastEvent,
        one.nextThread,
        one.startedAt,
        one.stoppedAt,
        one.timesOutAt,
        one.output,
        one.error,
        one.cause,
      );
    },
    update: (one: Execution) => {
      update.run(
        one.status,
        one.state,
        one.transitions,
        one.lastEvent,
        one.nextThread,
        one.stoppedAt,
        one.timesOutAt,
        one.output,
        one.error,
        one.cause,
        one.id,
      );
    },
    nextDueAt: (): number | undefined => z.number().optional().catch(undefined).parse(nextDue.get()?.['due']),
    due: (now: number, limit: number): number[] => due.all(now, limit).map((row) => Number(row['id'])),
    /** Newest first. */
    list: ({
      machine,
      status,
      name,
      alias,
      published,
      before,
      isRedriven,
      limit,
    }: ExecutionFilter): Execution[] => {
      const wanted: [string, string | number | undefined][] = [
        ['machine = ?', machine],
        ['status = ?', status],
        ['name = ?', name],
        ['qualifier = ?', alias],
        ['qualifier IS NOT NULL AND definition = ?', published],
        ['id < ?', before],
        [
          '? = exists (SELECT 1 FROM sfn_redrive WHERE execution = sfn_execution.id AND count > 0)',
          isRedriven === undefined ? undefined : Number(isRedriven),
        ],
      ];
      const used = wanted.flatMap(([sql, value]) => (value === undefined ? [] : [{ sql, value }]));
      const where = used.length === 0 ? '' : `WHERE ${used.map(({ sql }) => sql).join(' AND ')}`;
      return db
        .prepare(`SELECT * FROM sfn_execution ${where} ORDER BY id DESC LIMIT ?`)
        .all(...used.map(({ value }) => value), limit ?? EVERYTHING)
        .map((row) => Execution.parse(row));
    },
  };
};
