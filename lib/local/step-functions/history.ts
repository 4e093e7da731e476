/** Execution history: one row per turn of an execution, each a JSON list of events. */
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';

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
  const append = db.prepare('INSERT INTO sfn_history (execution, first, events) VALUES (?, ?, ?)');
  const forward = db.prepare(
    `SELECT events FROM sfn_history WHERE execution = ?1 AND first >=
      coalesce((SELECT max(first) FROM sfn_history WHERE execution = ?1 AND first <= ?2), 0) ORDER BY first`,
  );
  const backward = db.prepare(
    'SELECT events FROM sfn_history WHERE execution = ? AND first <= ? ORDER BY first DESC',
  );

  return {
    append: (execution: number, events: StoredEvent[]) => {
      const first = events[0]?.[0];
      if (first !== undefined) append.run(execution, first, JSON.stringify(events));
    },
    /** At most `limit` events from event `from` on, or back from it. */
    read: (
      execution: number,
      page: { from: number; limit: number; isReverse: boolean; withData: boolean },
    ) => {
      const { from, limit, isReverse, withData } = page;
      const found: ShownEvent[] = [];
      for (const row of (isReverse ? backward : forward).iterate(execution, from)) {
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
