/** Every mail that left or arrived: the MIME as a file, one row in SQLite to find it by. */
import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import * as z from 'zod';
import type { Store } from '../store.ts';
import type { Timekeeper } from '../time.ts';
import { type Mail, readMail } from './mail-reading.ts';

export type Mailbox = {
  /** Newest last. `to` is an address in any case, `since` an ISO instant, included. Sent mails unless told otherwise. */
  list(filter?: { to?: string; since?: string; direction?: 'in' | 'out' }): Promise<Mail[]>;
  /** Undefined when no mail has this id. */
  raw(id: string): Promise<Buffer | undefined>;
  /** Resolves once the mail is on disk. */
  keep(mail: { id: string; raw: Buffer; recipients: readonly string[] }): Promise<void>;
  /** A mail arrives as if through SES inbound. Resolves once it is on disk and has been handed on. */
  receive(raw: Buffer): Promise<Mail>;
};

const Row = z.object({
  id: z.string(),
  direction: z.enum(['in', 'out']),
  at: z.number(),
  recipients: z.string().transform((text) => text.split('\n').filter(Boolean)),
});
type Row = z.output<typeof Row>;

const CACHED_MAILS = 1000;

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS mails (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    direction TEXT NOT NULL,
    at INTEGER NOT NULL,
    recipients TEXT NOT NULL
  ) STRICT;
`;

export const openMailbox = ({
  directory,
  store,
  time,
  onInbound,
}: {
  /** Made if it is missing. */
  directory: string;
  store: Store;
  time: Timekeeper;
  onInbound?: (mail: Mail) => Promise<void> | void;
}): Mailbox => {
  mkdirSync(directory, { recursive: true });
  store.db.exec(SCHEMA);
  const insert = store.db.prepare('INSERT INTO mails (id, direction, at, recipients) VALUES (?, ?, ?, ?)');
  const select = store.db.prepare(
    `SELECT id, direction, at, recipients FROM mails
     WHERE direction = ? AND at >= ? AND (? = '' OR instr(lower(recipients), ?) > 0) ORDER BY at, seq`,
  );
  const one = store.db.prepare('SELECT id FROM mails WHERE id = ?');
  const cache = new Map<string, Mail>();

  const fileOf = (id: string) => join(directory, `${id}.eml`);

  const keep = async (row: Row, raw: Buffer) => {
    await writeDurably(directory, fileOf(row.id), raw);
    // Line ends around each address let a search match whole addresses only.
    const recipients = `\n${row.recipients.join('\n')}\n`;
    await store.write(() => insert.run(row.id, row.direction, row.at, recipients));
  };

  const load = async (row: Row): Promise<Mail> => {
    const known = cache.get(row.id);
    if (known !== undefined) return known;
    const mail = await readMail(row, await readFile(fileOf(row.id)));
    const [oldest] = cache.keys();
    if (oldest !== undefined && cache.size >= CACHED_MAILS) cache.delete(oldest);
    cache.set(row.id, mail);
    return mail;
  };

  return {
    keep: ({ id, raw, recipients }) =>
      keep({ id, direction: 'out', at: time.now(), recipients: [...recipients] }, raw),

    list: ({ to = '', since = '', direction = 'out' } = {}) => {
      const from = since === '' ? 0 : Date.parse(since);
      if (Number.isNaN(from)) return Promise.reject(new Error(`Not an instant: ${since}`));
      const wanted = to === '' ? '' : `\n${to.toLowerCase()}\n`;
      return Promise.all(
        z
          .array(Row)
          .parse(select.all(direction, from, wanted, wanted))
          .map(load),
      );
    },

    // The id is looked up first, so that no made-up id reaches a path.
    raw: async (id) => (one.get(id) === undefined ? undefined : readFile(fileOf(id))),

    receive: async (raw) => {
      const end = time.busy();
      try {
        const { to = [], cc = [] } = await PostalMime.parse(raw);
        const recipients = [...to, ...cc].flatMap(({ address }) => address ?? []);
        const row: Row = { id: randomUUID(), direction: 'in', at: time.now(), recipients };
        await keep(row, raw);
        const mail = await load(row);
        await onInbound?.(mail);
        return mail;
      } finally {
        end();
      }
    },
  };
};

/** A crash leaves either no file under this name or the whole one. */
const writeDurably = async (directory: string, file: string, data: Buffer) => {
  const handle = await open(`${file}.tmp`, 'w');
  try {
    await handle.writeFile(data);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(`${file}.tmp`, file);
  // Windows cannot sync a folder, and does not need to.
  if (process.platform === 'win32') return;
  const folder = await open(directory, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
};
