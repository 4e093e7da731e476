/** The messages of every queue as rows of the runtime's SQLite file. Callers put the changes inside `store.write`. */
import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { MessageAttributes } from './sqs-requests.ts';

/** A queue as the template defines it; times in seconds. */
export type Queue = {
  readonly name: string;
  readonly visibilitySeconds: number;
  readonly retentionSeconds: number;
  /** For messages that bring no delay of their own. */
  readonly delaySeconds: number;
  readonly redrive?: { readonly deadLetterQueue: string; readonly maxReceiveCount: number };
};

const StoredMessage = z
  .object({
    seq: z.number(),
    message_id: z.string(),
    body: z.string(),
    attributes: z.string().transform((text) => MessageAttributes.parse(JSON.parse(text))),
    sent_at: z.number(),
    receive_count: z.number(),
    first_received_at: z.number().nullable(),
    dead_letter_source: z.string().nullable(),
  })
  .transform((row) => ({
    seq: row.seq,
    messageId: row.message_id,
    body: row.body,
    attributes: row.attributes,
    sentAt: row.sent_at,
    receiveCount: row.receive_count,
    firstReceivedAt: row.first_received_at,
    deadLetterSource: row.dead_letter_source,
  }));

/** A message somebody holds: invisible to others until its visibility timeout ends. Instants in epoch ms. */
export type HeldMessage = Omit<z.output<typeof StoredMessage>, 'seq' | 'firstReceivedAt'> & {
  firstReceivedAt: number;
  receiptHandle: string;
};

export type Depth = { visible: number; inFlight: number; delayed: number; oldestSentAt: number | undefined };

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS sqs_messages (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    queue TEXT NOT NULL,
    message_id TEXT NOT NULL UNIQUE,
    body TEXT NOT NULL,
    attributes TEXT NOT NULL,
    sent_at INTEGER NOT NULL,
    visible_at INTEGER NOT NULL,
    receive_count INTEGER NOT NULL DEFAULT 0,
    first_received_at INTEGER,
    receipt_handle TEXT,
    dead_letter_source TEXT
  ) STRICT;
  CREATE INDEX IF NOT EXISTS sqs_messages_by_visibility ON sqs_messages (queue, visible_at, seq);
`;

/** The handle names the message, so that a handle of somebody else's making can be told from an outdated one. */
const newHandle = (messageId: string) => Buffer.from(`${messageId}#${randomUUID()}`).toString('base64url');

export const messageIdOf = (receiptHandle: string): string | undefined =>
  /^([0-9a-f-]{36})#/.exec(Buffer.from(receiptHandle, 'base64url').toString('latin1'))?.[1];

export const openMessages = (db: DatabaseSync, now: number) => {
  db.exec(SCHEMA);
  // Whoever held these died with the last process, so waiting for the visibility timeout would help nobody.
  db.prepare(
    'UPDATE sqs_messages SET visible_at = ?, receipt_handle = NULL WHERE receipt_handle IS NOT NULL AND visible_at > ?',
  ).run(now, now);

  const insert = db.prepare(
    'INSERT INTO sqs_messages (queue, message_id, body, attributes, sent_at, visible_at) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const drop = db.prepare('DELETE FROM sqs_messages WHERE seq = ?');
  const visible = db.prepare(
    'SELECT * FROM sqs_messages WHERE queue = ? AND visible_at <= ? ORDER BY visible_at, seq LIMIT ?',
  );
  const hold = db.prepare(
    `UPDATE sqs_messages SET visible_at = ?, receive_count = receive_count + 1, receipt_handle = ?,
       first_received_at = coalesce(first_received_at, ?) WHERE seq = ?`,
  );
  const moveToDeadLetters = db.prepare(
    `UPDATE sqs_messages SET queue = ?, visible_at = ?, receive_count = 0, first_received_at = NULL,
       receipt_handle = NULL, dead_letter_source = ? WHERE seq = ?`,
  );
  const remove = db.prepare(
    'DELETE FROM sqs_messages WHERE message_id = ? AND queue = ? AND receipt_handle = ?',
  );
  const release = db.prepare(
    'UPDATE sqs_messages SET receipt_handle = NULL WHERE message_id = ? AND receipt_handle = ?',
  );
  const changeVisibility = db.prepare(
    `UPDATE sqs_messages SET visible_at = ?
     WHERE message_id = ? AND queue = ? AND receipt_handle = ? AND visible_at > ?`,
  );
  const moveBack = db.prepare(
    `UPDATE sqs_messages SET queue = coalesce(?, dead_letter_source), visible_at = ?, receive_count = 0,
       first_received_at = NULL, dead_letter_source = NULL
     WHERE queue = ? AND visible_at <= ? AND coalesce(?, dead_letter_source) IS NOT NULL`,
  );
  const nextVisible = db.prepare('SELECT min(visible_at) AS at FROM sqs_messages WHERE queue = ?');
  const countVisible = db.prepare(
    'SELECT count(*) AS n FROM (SELECT 1 FROM sqs_messages WHERE queue = ? AND visible_at <= ? LIMIT ?)',
  );
  const depth = db.prepare(
    `SELECT count(*) FILTER (WHERE visible_at <= ?1) AS visible,
       count(*) FILTER (WHERE visible_at > ?1 AND receipt_handle IS NOT NULL) AS held,
       count(*) AS total, min(sent_at) AS oldest
     FROM sqs_messages WHERE queue = ?2 AND sent_at > ?3`,
  );
  const purge = db.prepare('DELETE FROM sqs_messages WHERE queue = ?');

  return {
    insert: (
      queue: string,
      message: { body: string; attributes: MessageAttributes; delaySeconds: number; now: number },
    ): string => {
      const messageId = randomUUID();
      const { body, attributes, delaySeconds, now: sentAt } = message;
      insert.run(queue, messageId, body, JSON.stringify(attributes), sentAt, sentAt + delaySeconds * 1000);
      return messageId;
    },

    /** Takes up to `max` visible messages; those received too often go to the dead letters instead. */
    hold: (
      queue: Queue,
      { max, visibilitySeconds, now: at }: { max: number; visibilitySeconds: number; now: number },
    ): { held: HeldMessage[]; moved: number } => {
      const held: HeldMessage[] = [];
      let moved = 0;
      while (held.length < max) {
        const rows = z.array(StoredMessage).parse(visible.all(queue.name, at, max - held.length));
        if (rows.length === 0) break;
        for (const { seq, ...row } of rows) {
          if (row.sentAt + queue.retentionSeconds * 1000 <= at) {
            drop.run(seq);
            continue;
          }
          if (queue.redrive !== undefined && row.receiveCount >= queue.redrive.maxReceiveCount) {
            moveToDeadLetters.run(queue.redrive.deadLetterQueue, at, queue.name, seq);
            moved += 1;
            continue;
          }
          const receiptHandle = newHandle(row.messageId);
          // A hold of zero seconds would be taken again in this very loop.
          hold.run(Math.max(at + visibilitySeconds * 1000, at + 1), receiptHandle, at, seq);
          const firstReceivedAt = row.firstReceivedAt ?? at;
          held.push({ ...row, receiveCount: row.receiveCount + 1, firstReceivedAt, receiptHandle });
        }
      }
      return { held, moved };
    },

    /** An outdated handle deletes nothing, which is no error on a standard queue. */
    remove: (queue: string, receiptHandle: string) => {
      remove.run(messageIdOf(receiptHandle) ?? '', queue, receiptHandle);
    },

    /** Nobody holds the message any more, yet it stays invisible until its visibility timeout ends. */
    release: (receiptHandle: string) => {
      release.run(messageIdOf(receiptHandle) ?? '', receiptHandle);
    },

    /** False when the message is not in flight. */
    changeVisibility: (queue: string, receiptHandle: string, visibleAt: number, at: number): boolean =>
      changeVisibility.run(visibleAt, messageIdOf(receiptHandle) ?? '', queue, receiptHandle, at).changes > 0,

    /** Back to `destination`, or to where each message came from; answers how many. */
    moveBack: (deadLetterQueue: string, destination: string | undefined, at: number): number =>
      Number(moveBack.run(destination ?? null, at, deadLetterQueue, at, destination ?? null).changes),

    purge: (queue: string) => {
      purge.run(queue);
    },

    nextVisibleAt: (queue: string): number | undefined => {
      const at = nextVisible.get(queue)?.['at'];
      return typeof at === 'number' ? at : undefined;
    },

    hasVisible: (queue: string, atLeast: number, at: number): boolean =>
      Number(countVisible.get(queue, at, atLeast)?.['n']) >= atLeast,

    /** One that is past its retention is taken off when somebody asks for it, and counts no more until then. */
    depth: ({ name, retentionSeconds }: Queue, at: number): Depth => {
      const row = depth.get(at, name, at - retentionSeconds * 1000);
      const counted = { visible: Number(row?.['visible']), inFlight: Number(row?.['held']) };
      const delayed = Number(row?.['total']) - counted.visible - counted.inFlight;
      const oldest = row?.['oldest'];
      return { ...counted, delayed, oldestSentAt: typeof oldest === 'number' ? oldest : undefined };
    },
  };
};

export type Messages = ReturnType<typeof openMessages>;

/** The attributes that SQS gives each message, as text. */
export const systemAttributesOf = (message: HeldMessage, queueArn: string): Record<string, string> => {
  const prefix = queueArn.slice(0, queueArn.lastIndexOf(':'));
  return {
    ApproximateReceiveCount: String(message.receiveCount),
    SentTimestamp: String(message.sentAt),
    SenderId: queueArn.split(':')[4] ?? '',
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
    ...(message.deadLetterSource !== null && {
      DeadLetterQueueSourceArn: `${prefix}:${message.deadLetterSource}`,
    }),
  };
};
