/** What lies in the buckets: one row for each object, its bytes in a file that the row names. */
import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';

const StoredObject = z.object({
  bucket: z.string(),
  key: z.string(),
  /** Of its own for each version of the bytes, so that a row never speaks of half-written ones. */
  file: z.string(),
  size: z.number(),
  /** MD5 in hex. */
  etag: z.string(),
  at: z.number(),
});
export type StoredObject = z.output<typeof StoredObject>;

const Oldest = z.object({ at: z.number().nullable() });

const COLUMNS = 'bucket, key, file, size, etag, at';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS s3_objects (
    bucket TEXT NOT NULL,
    key TEXT NOT NULL,
    file TEXT NOT NULL UNIQUE,
    size INTEGER NOT NULL,
    etag TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (bucket, key)
  ) STRICT, WITHOUT ROWID;
`;

export type S3Objects = ReturnType<typeof openS3Objects>;

export const openS3Objects = (db: DatabaseSync) => {
  db.exec(SCHEMA);
  const one = db.prepare(`SELECT ${COLUMNS} FROM s3_objects WHERE bucket = ? AND key = ?`);
  const after = db.prepare(
    `SELECT ${COLUMNS} FROM s3_objects WHERE bucket = ? AND key > ? AND substr(key, 1, length(?3)) = ?3
     ORDER BY key LIMIT ?`,
  );
  const older = db.prepare(
    `SELECT ${COLUMNS} FROM s3_objects WHERE bucket = ? AND at < ? AND substr(key, 1, length(?3)) = ?3`,
  );
  const oldest = db.prepare(
    'SELECT min(at) AS at FROM s3_objects WHERE bucket = ? AND substr(key, 1, length(?2)) = ?2',
  );
  const insert = db.prepare(
    `INSERT INTO s3_objects (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (bucket, key) DO UPDATE SET file = excluded.file, size = excluded.size, etag = excluded.etag,
       at = excluded.at`,
  );
  const remove = db.prepare('DELETE FROM s3_objects WHERE bucket = ? AND key = ? RETURNING file');
  const files = db.prepare('SELECT file FROM s3_objects WHERE bucket = ?');

  const get = (bucket: string, key: string): StoredObject | undefined =>
    StoredObject.optional().parse(one.get(bucket, key));

  return {
    get,
    /** Up to `max` of those with a key behind `key`, in the order of their keys' bytes. */
    after: (bucket: string, key: string, prefix: string, max: number): StoredObject[] =>
      z.array(StoredObject).parse(after.all(bucket, key, prefix, max)),
    madeBefore: (bucket: string, at: number, prefix: string): StoredObject[] =>
      z.array(StoredObject).parse(older.all(bucket, at, prefix)),
    /** When the oldest one was made, in epoch milliseconds. */
    oldest: (bucket: string, prefix: string): number | undefined =>
      Oldest.parse(oldest.get(bucket, prefix)).at ?? undefined,
    /** Answers the file that held what was there before. */
    put: (object: StoredObject): string | undefined => {
      const before = get(object.bucket, object.key)?.file;
      const { bucket, key, file, size, etag, at } = object;
      insert.run(bucket, key, file, size, etag, at);
      return before;
    },
    /** Answers the file that held it. */
    remove: (bucket: string, key: string): string | undefined =>
      z.object({ file: z.string() }).optional().parse(remove.get(bucket, key))?.file,
    filesOf: (bucket: string): Set<string> =>
      new Set(
        z
          .array(z.object({ file: z.string() }))
          .parse(files.all(bucket))
          .map(({ file }) => file),
      ),
  };
};
