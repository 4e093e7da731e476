/**
 * Execution history: one row per turn of an execution, each a JSON list of events. Rows of all executions lie in the order
 * they were written, so that a group commit fills few pages; each names the row before it of the same execution.
 */
import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';

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

const Row = z.object({ previous: z.number().nullable(), first: z.number(), events: z.string() });
type Row = z.output<typeof Row>;

export const createHistory = (db: DatabaseSync) => {
  const append = db.prepare('INSERT INTO sfn_event (previous, first, events) VALUES (?, ?, ?)');
  const select = db.prepare('SELECT previous, first, events FROM sfn_event WHERE id = ?');

  /** From the newest row back to the one that holds event `from`. */
  const rowsBackTo = (newest: number | null, from: number): Row[] => {
    const rows: Row[] = [];
    for (let at = newest; at !== null; ) {
      const row = Row.parse(select.get(at));
      rows.push(row);
      at = row.first <= from ? null : row.previous;
    }
    return rows;
  };

  return {
    /** Says where it lies now: the next piece is appended to that. */
    append: (newest: number | null, events: StoredEvent[]): number | null => {
      const first = events[0]?.[0];
      if (first === undefined) return newest;
      return Number(append.run(newest, first, JSON.stringify(events)).lastInsertRowid);
    },
    /** At most `limit` events from event `from` on, or back from it. */
    read: (
      newest: number | null,
      page: { from: number; limit: number; isReverse: boolean; withData: boolean },
    ) => {
      const { from, limit, isReverse, withData } = page;
      const found: ShownEvent[] = [];
      const rows = rowsBackTo(newest, isReverse ? from - limit : from);
      for (const row of isReverse ? rows : rows.reverse()) {
        const events = Chunk.parse(JSON.parse(row.events));
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
