/** Map iterations and Parallel branches. The thread an execution begins with lies in the execution's own row. */
import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { rowId } from './tables.ts';
import { Thread } from './thread.ts';

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

const Due = z.object({ execution: z.number(), ordinal: z.number(), dueAt: z.number() });
export type Due = z.output<typeof Due>;
const Earliest = z.object({ due: z.number().nullable() });

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
  const due = db.prepare(
    'SELECT execution, ordinal, dueAt FROM sfn_thread WHERE dueAt <= ? ORDER BY dueAt LIMIT ?',
  );
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
    nextDueAt: (): number | undefined => Earliest.parse(nextDue.get()).due ?? undefined,
    due: (now: number, limit: number): Due[] => due.all(now, limit).map((row) => Due.parse(row)),
    /** What a stopped runtime left under way. */
    active: (): Thread[] => active.all().map((row) => Thread.parse(row)),
  };
};
