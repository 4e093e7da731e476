/** Execution history: one row per turn of an execution, each a JSON list of events. */
import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { rowId } from './tables.ts';

const Details = z.record(z.string(), z.unknown());
export type Details = z.output<typeof Details>;

/** Id, previous event, type, epoch ms, details: a tuple keeps rows small. */
const StoredEvent = z.tuple([z.number(), z.number(), z.string(), z.number(), Details.nullable()]);
export type StoredEvent = z.output<typeof StoredEvent>;
const Chunk = z.array(StoredEvent);

export const HISTORY_LIMIT = 25_000;

const DATA_FIELDS = ['input', 'output', 'parameters', 'assignedVariables'];

const detailsField = (type: string): string => {
  if (type.endsWith('StateEntered')) return 'stateEnteredEventDetails';
  if (type.endsWith('StateExited')) return 'stateExitedEventDetails';
  return `${type.charAt(0).toLowerCase()}${type.slice(1)}EventDetails`;
};

const isData = (name: string) => DATA_FIELDS.some((field) => name.startsWith(field));

export type ShownEvent = Record<string, unknown>;

/** The form the AWS API gives it. */
const shown = ([id, previousEventId, type, at, details]: StoredEvent, withData: boolean): ShownEvent => {
  const event = { id, previousEventId, type, timestamp: at / 1000 };
  if (details === null) return event;
  const members = Object.entries(details).flatMap(([name, value]): [string, unknown][] => {
    if (!withData && isData(name)) return [];
    const isText = name === 'input' || name === 'output' || name === 'assignedVariables';
    return isText
      ? [
          [name, value],
          [`${name}Details`, { truncated: false }],
        ]
      : [[name, value]];
  });
  return { ...event, [detailsField(type)]: Object.fromEntries(members) };
};

export type History = ReturnType<typeof createHistory>;

export const createHistory = (db: DatabaseSync) => {
  const append = db.prepare('INSERT INTO sfn_history (id, events) VALUES (?, ?)');
  const forward = db.prepare(
    `SELECT events FROM sfn_history WHERE id < ?1 AND id >=
      (SELECT max(id) FROM sfn_history WHERE id <= ?2) ORDER BY id`,
  );
  const backward = db.prepare('SELECT events FROM sfn_history WHERE id >= ?1 AND id <= ?2 ORDER BY id DESC');

  return {
    append: (execution: number, events: StoredEvent[]) => {
      const first = events[0]?.[0];
      if (first !== undefined) append.run(rowId(execution, first), JSON.stringify(events));
    },
    /** At most `limit` events from event `from` on, or back from it. */
    read: (
      execution: number,
      page: { from: number; limit: number; isReverse: boolean; withData: boolean },
    ) => {
      const { from, limit, isReverse, withData } = page;
      const found: ShownEvent[] = [];
      const start = rowId(execution, from);
      const rows = isReverse
        ? backward.iterate(rowId(execution, 0), start)
        : forward.iterate(rowId(execution + 1, 0), start);
      for (const row of rows) {
        const events = Chunk.parse(JSON.parse(String(row['events'])));
        const wanted = isReverse
          ? events.filter(([id]) => id <= from).reverse()
          : events.filter(([id]) => id >= from);
        found.push(...wanted.slice(0, limit - found.length).map((event) => shown(event, withData)));
        if (found.length === limit) break;
      }
      return found;
    },
  };
};
