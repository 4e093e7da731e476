/** How alarms stand and how they came to it, as rows of the runtime's SQLite file. */
import * as z from 'zod';
import type { Store } from '../store.ts';
import type { AlarmChange } from './alarm-message.ts';
import type { AlarmState } from './board.ts';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS alarm_changes (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    at INTEGER NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    reason TEXT NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS alarm_changes_by_name ON alarm_changes (name, seq);
`;

const State = z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']) satisfies z.ZodType<AlarmState>;
const Change = z.object({ at: z.number(), before: State, after: State, reason: z.string() });

/** Months of an alarm that goes to and fro. */
const NEWEST = 100;

export const openAlarmTable = ({ db }: Store) => {
  db.exec(SCHEMA);
  const newest = db.prepare(
    'SELECT at, before, after, reason FROM alarm_changes WHERE name = ? ORDER BY seq DESC LIMIT ?',
  );
  const add = db.prepare(
    'INSERT INTO alarm_changes (name, at, before, after, reason) VALUES (?, ?, ?, ?, ?)',
  );
  const drop = db.prepare(
    'DELETE FROM alarm_changes WHERE name = ?1 AND seq <= (SELECT seq FROM alarm_changes WHERE name = ?1 ORDER BY seq DESC LIMIT 1 OFFSET ?2)',
  );
  return {
    /** undefined of an alarm that has never changed. */
    latest: (name: string): AlarmChange | undefined => Change.optional().parse(newest.get(name, 1)),
    /** Newest first. */
    changes: (name: string): AlarmChange[] => z.array(Change).parse(newest.all(name, NEWEST)),
    /** Runs inside a write to the store. */
    add: (name: string, { at, before, after, reason }: AlarmChange): void => {
      add.run(name, at, before, after, reason);
      drop.run(name, NEWEST);
    },
  };
};
