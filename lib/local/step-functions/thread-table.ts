import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { rowId } from './tables.ts';

/**
 * entering: about to enter `state` · pending: a Map iteration that has not begun · running: its Lambda has not
 * returned · token: waits for SendTask* · waiting: in a Wait state · retrying: pauses before the next attempt ·
 * joining: its iterations or branches run · done: a finished iteration or branch, output kept for the join.
 */
const Phase = z.enum(['entering', 'pending', 'running', 'token', 'waiting', 'retrying', 'joining', 'done']);
export type Phase = z.output<typeof Phase>;

export const Thread = z.object({
  execution: z.number(),
  ordinal: z.number(),
  parent: z.number().nullable(),
  /** Index among the iterations or branches of its parent. */
  slot: z.number(),
  state: z.string(),
  phase: Phase,
  input: z.string(),
  /** JSON object: the variables of its own scope. */
  variables: z.string(),
  enteredAt: z.number(),
  enteredEvent: z.number(),
  lastEvent: z.number(),
  /** JSON list: how often each retrier of the state was used. */
  retries: z.string().nullable(),
  /** Id of the scheduling event of the attempt under way. */
  event: z.number().nullable(),
  functionArn: z.string().nullable(),
  payload: z.string().nullable(),
  /** The next instant something happens by itself; that of a running task is its timeout. */
  dueAt: z.number().nullable(),
  timeoutAt: z.number().nullable(),
  heartbeatMs: z.number().nullable(),
  /** JSON of the Map item this iteration is for. */
  item: z.string().nullable(),
  /** JSON of Children, while joining. */
  children: z.string().nullable(),
  output: z.string().nullable(),
});
export type Thread = z.output<typeof Thread>;

/** Iterations or branches are the threads `first` to `first + total - 1`. */
export const Children = z.object({
  first: z.number(),
  total: z.number(),
  begun: z.number(),
  done: z.number(),
});
export type Children = z.output<typeof Children>;

export type ThreadTable = ReturnType<typeof createThreadTable>;

const COLUMNS = Object.keys(Thread.shape);
const CHANGING = COLUMNS.filter((name) => !['execution', 'ordinal', 'parent', 'slot', 'item'].includes(name));

const changing = (one: Thread) => [
  one.state,
  one.phase,
  one.input,
  one.variables,
  one.enteredAt,
  one.enteredEvent,
  one.lastEvent,
  one.retries,
  one.event,
  one.functionArn,
  one.payload,
  one.dueAt,
  one.timeoutAt,
  one.heartbeatMs,
];

const Due = z.object({ execution: z.number(), ordinal: z.number() });
export type Due = z.output<typeof Due>;

export const createThreadTable = (db: DatabaseSync) => {
  const get = db.prepare('SELECT * FROM sfn_thread WHERE id = ?');
  const insert = db.prepare(
    `INSERT INTO sfn_thread (id, ${COLUMNS.join()}) VALUES (?, ${COLUMNS.map(() => '?').join()})`,
  );
  const update = db.prepare(
    `UPDATE sfn_thread SET ${CHANGING.map((name) => `${name} = ?`).join()} WHERE id = ?`,
  );
  const remove = db.prepare('DELETE FROM sfn_thread WHERE id = ?');
  const removeAll = db.prepare('DELETE FROM sfn_thread WHERE id >= ? AND id < ?');
  const childrenOf = db.prepare('SELECT ordinal FROM sfn_thread WHERE id >= ? AND id < ? AND parent = ?');
  const entering = db.prepare(
    "SELECT ordinal FROM sfn_thread WHERE id >= ? AND id < ? AND phase = 'entering'",
  );
  const nextDue = db.prepare('SELECT min(dueAt) AS due FROM sfn_thread WHERE dueAt IS NOT NULL');
  const due = db.prepare('SELECT execution, ordinal FROM sfn_thread WHERE dueAt <= ? ORDER BY dueAt LIMIT ?');
  const active = db.prepare(
    "SELECT * FROM sfn_thread WHERE phase IN ('entering', 'running') ORDER BY execution, ordinal",
  );
  const block = (execution: number) => [rowId(execution, 0), rowId(execution + 1, 0)] as const;
  const ordinals = (rows: Record<string, unknown>[]) => rows.map((row) => Number(row['ordinal']));

  return {
    get: (execution: number, ordinal: number): Thread | undefined => {
      const row = get.get(rowId(execution, ordinal));
      return row === undefined ? undefined : Thread.parse(row);
    },
    insert: (one: Thread) => {
      insert.run(
        rowId(one.execution, one.ordinal),
        one.execution,
        one.ordinal,
        one.parent,
        one.slot,
        ...changing(one),
        one.item,
        one.children,
        one.output,
      );
    },
    update: (one: Thread) => {
      update.run(...changing(one), one.children, one.output, rowId(one.execution, one.ordinal));
    },
    remove: (one: Thread) => {
      remove.run(rowId(one.execution, one.ordinal));
    },
    removeAll: (execution: number) => {
      removeAll.run(...block(execution));
    },
    childrenOf: (execution: number, parent: number): number[] =>
      ordinals(childrenOf.all(...block(execution), parent)),
    entering: (execution: number): number[] => ordinals(entering.all(...block(execution))),
    nextDueAt: (): number | undefined => z.number().optional().catch(undefined).parse(nextDue.get()?.['due']),
    due: (now: number, limit: number): Due[] => due.all(now, limit).map((row) => Due.parse(row)),
    /** What a stopped runtime left under way. */
    active: (): Thread[] => active.all().map((row) => Thread.parse(row)),
  };
};
