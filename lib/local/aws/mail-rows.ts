/** The mailbox's list in SQLite: who a mail went to or came from is in its file, how to find it is here. */
import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';

const MailRow = z.object({
  id: z.string(),
  direction: z.enum(['in', 'out']),
  at: z.number(),
  recipients: z.string().transform((text) => text.split('\n').filter(Boolean)),
});
export type MailRow = z.output<typeof MailRow>;

/** What a copy goes with: the sales that it is about, or the object in a bucket that it came in as. */
export type MailOrigin = { readonly sales: readonly string[]; readonly object: string | undefined };

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS mails (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    direction TEXT NOT NULL,
    at INTEGER NOT NULL,
    recipients TEXT NOT NULL
  ) STRICT;
`;

/** Came later; a data folder of an earlier release gets them at its first start. */
const ADDED = [
  ['sales', "TEXT NOT NULL DEFAULT ''"],
  ['object', 'TEXT'],
] as const;

const addColumns = (db: DatabaseSync) => {
  const names = z.array(z.object({ name: z.string() })).parse(db.prepare('PRAGMA table_info(mails)').all());
  for (const [name, type] of ADDED)
    if (!names.some((column) => column.name === name))
      db.exec(`ALTER TABLE mails ADD COLUMN ${name} ${type}`);
};

const Ids = z.array(z.object({ id: z.string() }).transform(({ id }) => id));

/** Separators around each part let a search match whole parts only. */
const between = (separator: string, parts: readonly string[]) =>
  `${separator}${parts.join(separator)}${separator}`;

export type MailRows = ReturnType<typeof openMailRows>;

export const openMailRows = (db: DatabaseSync) => {
  db.exec(SCHEMA);
  addColumns(db);
  const insert = db.prepare(
    'INSERT INTO mails (id, direction, at, recipients, sales, object) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const select = db.prepare(
    `SELECT id, direction, at, recipients FROM mails
     WHERE direction = ? AND at >= ? AND (? = '' OR instr(lower(recipients), ?) > 0) ORDER BY at, seq`,
  );
  const one = db.prepare('SELECT id FROM mails WHERE id = ?');
  const all = db.prepare('SELECT id FROM mails');
  const removeOfSale = db.prepare('DELETE FROM mails WHERE instr(sales, ?) > 0 RETURNING id');
  const removeOfObject = db.prepare('DELETE FROM mails WHERE object = ? RETURNING id');

  return {
    insert: ({ id, direction, at, recipients }: MailRow, { sales, object }: MailOrigin) => {
      insert.run(id, direction, at, between('\n', recipients), between(' ', sales), object ?? null);
    },
    select: (direction: 'in' | 'out', from: number, to: string): MailRow[] => {
      const wanted = to === '' ? '' : between('\n', [to.toLowerCase()]);
      return z.array(MailRow).parse(select.all(direction, from, wanted, wanted));
    },
    has: (id: string): boolean => one.get(id) !== undefined,
    ids: (): string[] => Ids.parse(all.all()),
    /** Both answer the ids of what they took off. */
    removeOfSale: (sale: string): string[] => Ids.parse(removeOfSale.all(between(' ', [sale]))),
    removeOfObject: (object: string): string[] => Ids.parse(removeOfObject.all(object)),
  };
};
