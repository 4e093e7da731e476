import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import {
  CHANGING_COLUMNS,
  changingValues,
  EXECUTION_COLUMNS,
  Execution,
  INSERTED_COLUMNS,
  insertedValues,
  type Stored,
  storedOf,
} from './execution.ts';
import type { Thread } from './thread.ts';
import type { Due } from './thread-table.ts';

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

const EVERYTHING = -1;
const SHOWN = EXECUTION_COLUMNS.join();

const DueRow = z.object({ execution: z.number(), dueAt: z.number() });
const Earliest = z.object({ due: z.number().nullable() });

const listOf =
  (db: DatabaseSync) =>
  (filter: ExecutionFilter): Execution[] => {
    const { machine, status, name, alias, published, before, isRedriven, limit } = filter;
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
      .prepare(`SELECT ${SHOWN} FROM sfn_execution ${where} ORDER BY id DESC LIMIT ?`)
      .all(...used.map(({ value }) => value), limit ?? EVERYTHING)
      .map((row) => Execution.parse(row));
  };

/** Whatever is due by itself, soonest first. */
const dueOf = (db: DatabaseSync) => {
  const earliest = (column: string) =>
    db.prepare(`SELECT min(${column}) AS due FROM sfn_execution WHERE ${column} IS NOT NULL`);
  const nextRoot = earliest('dueAt');
  const nextTimeout = earliest('timesOutAt');
  const timedOut = db.prepare(
    'SELECT id FROM sfn_execution WHERE timesOutAt <= ? ORDER BY timesOutAt LIMIT ?',
  );
  const roots = db.prepare(
    'SELECT id AS execution, dueAt FROM sfn_execution WHERE dueAt <= ? ORDER BY dueAt LIMIT ?',
  );
  return {
    nextDueAt: (): number | undefined => {
      const dues = [nextRoot, nextTimeout].flatMap((next) => Earliest.parse(next.get()).due ?? []);
      return dues.length === 0 ? undefined : Math.min(...dues);
    },
    /** Executions whose time limit has passed. */
    timedOut: (now: number, limit: number): number[] =>
      timedOut.all(now, limit).map((row) => Number(row['id'])),
    dueRoots: (now: number, limit: number): Due[] =>
      roots.all(now, limit).map((row) => ({ ...DueRow.parse(row), ordinal: 0 })),
  };
};

export const createExecutionTable = (db: DatabaseSync) => {
  const places = INSERTED_COLUMNS.map(() => '?').join();
  const byId = db.prepare(`SELECT ${INSERTED_COLUMNS.join()} FROM sfn_execution WHERE id = ?`);
  const byName = db.prepare(`SELECT ${SHOWN} FROM sfn_execution WHERE machine = ? AND name = ?`);
  const insert = db.prepare(`INSERT INTO sfn_execution (${INSERTED_COLUMNS.join()}) VALUES (${places})`);
  const changes = CHANGING_COLUMNS.map((name) => `${name} = ?`).join();
  const update = db.prepare(`UPDATE sfn_execution SET ${changes} WHERE id = ?`);
  const open = db.prepare("SELECT count(*) AS n FROM sfn_execution WHERE status = 'RUNNING'");
  const active = db.prepare(
    "SELECT id FROM sfn_execution WHERE phase IN ('entering', 'running') ORDER BY id",
  );
  const last = db.prepare('SELECT max(id) AS id FROM sfn_execution').get();
  let lastId = Number(last?.['id'] ?? 0);

  const get = (id: number): Stored | undefined => {
    const row = byId.get(id);
    return row === undefined ? undefined : storedOf(row);
  };

  return {
    ...dueOf(db),
    /** Newest first. */
    list: listOf(db),
    /** A fresh number; one that is not used leaves a gap. */
    allocate: () => {
      lastId += 1;
      return lastId;
    },
    /** How many run. */
    countOpen: (): number => Number(open.get()?.['n']),
    get,
    find: (machine: string, name: string): Execution | undefined => {
      const row = byName.get(machine, name);
      return row === undefined ? undefined : Execution.parse(row);
    },
    insert: (one: Execution, root: Thread | undefined) => {
      insert.run(...insertedValues(one, root));
    },
    update: (one: Execution, root: Thread | undefined) => {
      update.run(...changingValues(one, root), one.id);
    },
    /** Roots that a stopped runtime left under way. */
    active: (): Thread[] => active.all().flatMap((row) => get(Number(row['id']))?.root ?? []),
  };
};
