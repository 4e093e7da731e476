/** Reads what lies in the data folder of a stopped runtime, by SQLite alone. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { tokenKey } from '../../../lib/local/step-functions/tables.ts';
import { createTokens } from '../../../lib/local/step-functions/token.ts';
import type { Item, SeenExecution } from '../checker/seen.ts';

const ItemRow = z.object({ name: z.string(), item: z.string() });
const Attributes = z.record(z.string(), z.any());
const ExecutionRow = z.object({
  machine: z.string(),
  name: z.string(),
  status: z.enum(['RUNNING', 'SUCCEEDED', 'FAILED', 'ABORTED', 'TIMED_OUT']),
  input: z.string(),
  history: z.number().nullable(),
  id: z.number(),
  phase: z.string().nullable(),
  event: z.number().nullable(),
});
const Piece = z.object({ id: z.number(), previous: z.number().nullable(), events: z.string() });

const machineOf = (name: string): SeenExecution['machine'] =>
  name.endsWith('Promise') ? 'Promise' : 'FollowUp';

const tablesIn = (db: DatabaseSync) => {
  const tables: { sales: Item[]; links: Item[]; parked: Item[] } = { sales: [], links: [], parked: [] };
  const rows = db.prepare(
    'SELECT name, item FROM dynamodb_items JOIN dynamodb_tables ON dynamodb_tables.id = table_id ORDER BY name, hash, sort',
  );
  for (const row of rows.iterate()) {
    const { name, item } = ItemRow.parse(row);
    const into = name.includes('Sales')
      ? tables.sales
      : name.includes('Links')
        ? tables.links
        : tables.parked;
    into.push(unmarshall(Attributes.parse(JSON.parse(item))));
  }
  return tables;
};

const executionsIn = (db: DatabaseSync): SeenExecution[] => {
  const pieces = new Map(
    db
      .prepare('SELECT id, previous, events FROM sfn_event')
      .all()
      .map((row) => Piece.parse(row))
      .map((piece) => [piece.id, piece]),
  );
  const historyFrom = (newest: number | null): string => {
    const events: string[] = [];
    for (let at = newest; at !== null; ) {
      const piece = pieces.get(at);
      if (piece === undefined) throw new Error(`History ${at} is not there`);
      events.unshift(piece.events);
      at = piece.previous;
    }
    return events.join('\n');
  };
  /* None is stored: each is made of where its execution waits. */
  const tokens = createTokens(tokenKey(db));
  return db
    .prepare('SELECT machine, name, status, input, history, id, phase, event FROM sfn_execution ORDER BY id')
    .all()
    .map((row) => ExecutionRow.parse(row))
    .map(({ machine, name, status, input, history, id, phase, event }) => ({
      ...{ machine: machineOf(machine), name, status, input, history: historyFrom(history) },
      tokens: phase === 'token' && event !== null ? [tokens.make({ execution: id, ordinal: 0, event })] : [],
    }));
};

export type Lying = {
  tables: { sales: Item[]; links: Item[]; parked: Item[] };
  executions: SeenExecution[];
  /** Messages that were given up. */
  deadLetters: number;
  logs: string[];
};

export const readDataFolder = (dataDir: string): Lying => {
  const db = new DatabaseSync(join(dataDir, 'aftercare.sqlite'), { readOnly: true });
  try {
    const dead = db.prepare("SELECT count(*) AS n FROM sqs_messages WHERE queue LIKE '%DeadLetters%'").get();
    const logs = join(dataDir, 'logs');
    return {
      tables: tablesIn(db),
      executions: executionsIn(db),
      deadLetters: Number(dead?.['n'] ?? 0),
      logs: readdirSync(logs).flatMap((name) => readFileSync(join(logs, name), 'utf8').split('\n')),
    };
  } finally {
    db.close();
  }
};
