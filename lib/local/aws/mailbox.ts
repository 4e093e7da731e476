/** Every mail that left or arrived: the MIME as a file, one row in SQLite to find it by. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createFolderSync, openFolder, removeDurably, writeToBeNoted } from '../durable-files.ts';
import type { Store } from '../store.ts';
import { headerOf } from './mail-headers.ts';
import { type Mail, readMail } from './mail-reading.ts';
import { type MailRow, openMailRows } from './mail-rows.ts';

export type KeptMail = {
  readonly id: string;
  readonly direction: 'in' | 'out';
  readonly raw: Buffer;
  readonly recipients: readonly string[];
  readonly at: number;
  /** `<bucket>/<key>` of the object that it came in as: the copy goes when the object goes. */
  readonly object?: string | undefined;
};

export type Mailbox = {
  /** Newest last. `to` is an address in any case, `since` an ISO instant, included. Sent mails unless told otherwise. */
  list(filter?: { to?: string; since?: string; direction?: 'in' | 'out' }): Promise<Mail[]>;
  /** Undefined when no mail has this id. */
  raw(id: string): Promise<Buffer | undefined>;
  /** Resolves once the mail is on disk. `commit` may write more to the store together with its row. */
  keep(mail: KeptMail, commit?: (insert: () => void) => Promise<unknown>): Promise<void>;
  /**
   * Deletes the copies of all mails sent about a sale, known by the first 32 hex digits of the SHA-256 of its id. On
   * AWS nobody keeps such copies, so no function could.
   */
  forget(sale: string): Promise<void>;
  /**
   * The same for what came in as an object that goes: call it inside the write that takes the object away, and what it
   * answers after that.
   */
  forgetObject(object: string): () => Promise<void>;
};

/** Which sales a mail is about, as whoever wrote it says. */
const SALE_FIELD = 'x-aftercare-sale';
const SALE_REF = /^[0-9a-f]{32}$/;

const CACHED_MAILS = 1000;

const fileOf = (id: string) => `${id}.eml`;

/** Of our own mails only: a stranger could name any sale. */
const salesOf = ({ direction, raw }: KeptMail): string[] =>
  direction === 'in'
    ? []
    : (headerOf(raw, SALE_FIELD) ?? '').split(/\s+/).filter((ref) => SALE_REF.test(ref));

export const openMailbox = ({
  directory,
  store,
}: {
  /** Made if it is missing. */
  directory: string;
  store: Store;
}): Mailbox => {
  const rows = openMailRows(store.db);
  const known = new Set(rows.ids().map(fileOf));
  openFolder(directory, (name) => known.has(name));
  const synced = createFolderSync(directory);
  const cache = new Map<string, Mail>();

  const load = async (row: MailRow): Promise<Mail> => {
    const cached = cache.get(row.id);
    if (cached !== undefined) return cached;
    const mail = await readMail(row, await readFile(join(directory, fileOf(row.id))));
    const [oldest] = cache.keys();
    if (oldest !== undefined && cache.size >= CACHED_MAILS) cache.delete(oldest);
    // It may have been forgotten while it was read.
    if (rows.has(row.id)) cache.set(row.id, mail);
    return mail;
  };

  const drop = async (ids: readonly string[]) => {
    for (const id of ids) cache.delete(id);
    await removeDurably(directory, ids.map(fileOf));
  };

  /** A mail that is forgotten between the list and its file is not there. */
  const loadIfThere = async (row: MailRow): Promise<Mail[]> => {
    try {
      return [await load(row)];
    } catch (error) {
      if (rows.has(row.id)) throw error;
      return [];
    }
  };

  return {
    keep: async (mail, commit = (insert) => store.write(insert)) => {
      const { id, direction, raw, recipients, at, object } = mail;
      const row: MailRow = { id, direction, at, recipients: [...recipients] };
      // The row says that the file is whole; without it the next start takes the file away.
      await writeToBeNoted(directory, fileOf(id), raw, synced);
      try {
        await commit(() => rows.insert(row, { sales: salesOf(mail), object }));
      } catch (error) {
        if (!rows.has(id)) await removeDurably(directory, [fileOf(id)]);
        throw error;
      }
    },

    list: async ({ to = '', since = '', direction = 'out' } = {}) => {
      const from = since === '' ? 0 : Date.parse(since);
      if (Number.isNaN(from)) throw new Error(`Not an instant: ${since}`);
      return (await Promise.all(rows.select(direction, from, to).map(loadIfThere))).flat();
    },

    // The id is looked up first, so that no made-up id reaches a path.
    raw: async (id) => (rows.has(id) ? readFile(join(directory, fileOf(id))) : undefined),

    forget: async (sale) => drop(await store.write(() => rows.removeOfSale(sale))),

    forgetObject: (object) => {
      const ids = rows.removeOfObject(object);
      return () => drop(ids);
    },
  };
};
