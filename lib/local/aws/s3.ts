/**
 * S3 on one machine: buckets of the stack, their objects as files, written durably. It puts, gets, lists and deletes;
 * it tells queues what was made and lets objects expire. No versions, no parts, no metadata: each is refused by name.
 */
import { createHash, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { nextMidnight } from '../daily.ts';
import { openFolder, removeDurably, writeDurably } from '../durable-files.ts';
import type { ReachPoint } from '../failpoints.ts';
import type { Bucket } from '../stack/buckets.ts';
import type { Store } from '../store.ts';
import type { Timekeeper } from '../time.ts';
import { AwsError } from './aws-error.ts';
import { objectCreated } from './s3-event.ts';
import { listObjects, type S3Listing, type S3ListRequest } from './s3-list.ts';
import { openS3Objects, type StoredObject } from './s3-objects.ts';
import type { Sqs } from './sqs.ts';

export type S3 = {
  createBucket(bucket: Pick<Bucket, 'name' | 'expiries' | 'notifications'>): void;
  /**
   * Resolves once the object is on disk and the queues are told. What `alongside` writes to the runtime's store is
   * kept together with it or not at all.
   */
  put(bucket: string, key: string, body: Buffer, alongside?: () => void): Promise<StoredObject>;
  /** Throws NoSuchKey. */
  head(bucket: string, key: string): StoredObject;
  get(bucket: string, key: string): Promise<{ object: StoredObject; body: Buffer }>;
  delete(bucket: string, key: string): Promise<void>;
  list(bucket: string, request: S3ListRequest): S3Listing;
  /** Deletes what has lain longer than its bucket keeps it; resolves to how many objects that was. */
  purgeExpired(now: number): Promise<number>;
  /** When the next object will be over, in epoch milliseconds; undefined when none ever will. */
  soonestExpiry(): number | undefined;
  /** How many objects were put since the start. */
  writes(): number;
  /** Called inside the write that takes an object away; what it answers is called after that. */
  onDeleted(listener: DeletionListener): void;
};
type DeletionListener = (bucket: string, key: string) => () => Promise<void>;

const DAY_MS = 86_400_000;
const LONGEST_KEY_BYTES = 1024;

type Options = {
  /** One folder in it for each bucket. */
  readonly directory: string;
  readonly store: Store;
  readonly time: Timekeeper;
  readonly sqs: Pick<Sqs, 'insert' | 'wake'>;
  readonly reach?: ReachPoint | undefined;
  readonly region: string;
  readonly accountId: string;
};

export const createS3 = ({ directory, store, time, sqs, region, accountId, reach }: Options): S3 => {
  const objects = openS3Objects(store.db);
  const buckets = new Map<string, Pick<Bucket, 'name' | 'expiries' | 'notifications'>>();
  const listeners: DeletionListener[] = [];
  let writes = 0;

  const folderOf = (bucket: string) => join(directory, bucket);

  /** Only names that the stack gave reach a path. */
  const bucketAt = (name: string) => {
    const bucket = buckets.get(name);
    if (bucket === undefined) throw new AwsError('NoSuchBucket', 'The specified bucket does not exist');
    return bucket;
  };

  const head = (bucket: string, key: string): StoredObject => {
    bucketAt(bucket);
    const object = objects.get(bucket, key);
    if (object === undefined) throw new AwsError('NoSuchKey', 'The specified key does not exist.');
    return object;
  };

  const tell = (object: StoredObject) => {
    for (const { queueArn, prefix, suffix } of bucketAt(object.bucket).notifications)
      if (object.key.startsWith(prefix) && object.key.endsWith(suffix))
        sqs.insert(queueArn, objectCreated(object, { region, accountId }));
  };

  const remove = async (bucket: string, key: string) => {
    const { file, after } = await store.write(() => ({
      file: objects.remove(bucket, key),
      after: listeners.map((listener) => listener(bucket, key)),
    }));
    if (file !== undefined) await removeDurably(folderOf(bucket), [file]);
    for (const run of after) await run();
  };

  return {
    createBucket: (bucket) => {
      buckets.set(bucket.name, bucket);
      const known = objects.filesOf(bucket.name);
      openFolder(folderOf(bucket.name), (name) => known.has(name));
    },

    put: async (bucket, key, body, alongside) => {
      bucketAt(bucket);
      if (Buffer.byteLength(key) > LONGEST_KEY_BYTES)
        throw new AwsError('KeyTooLongError', 'Your key is too long');
      const file = randomUUID();
      await writeDurably(folderOf(bucket), file, body);
      reach?.('object-written');
      const etag = createHash('md5').update(body).digest('hex');
      const object = { bucket, key, file, size: body.length, etag, at: time.now() };
      const before = await store.write(() => {
        const replaced = objects.put(object);
        tell(object);
        alongside?.();
        return replaced;
      });
      writes += 1;
      sqs.wake();
      if (before !== undefined) await removeDurably(folderOf(bucket), [before]);
      return object;
    },

    head,

    get: async (bucket, key) => {
      const object = head(bucket, key);
      return { object, body: await readFile(join(folderOf(bucket), object.file)) };
    },

    delete: async (bucket, key) => remove(bucketAt(bucket).name, key),

    list: (bucket, request) => listObjects(objects, bucketAt(bucket).name, request),

    purgeExpired: async (now) => {
      let gone = 0;
      // S3 rounds up to the midnight that follows.
      for (const { name, expiries } of buckets.values())
        for (const { prefix, days } of expiries)
          for (const { key, at } of objects.madeBefore(name, now - days * DAY_MS, prefix))
            if (nextMidnight(at + days * DAY_MS - 1) <= now) {
              await remove(name, key);
              gone += 1;
            }
      return gone;
    },

    soonestExpiry: () => {
      const ends = [...buckets.values()].flatMap(({ name, expiries }) =>
        expiries.flatMap(({ prefix, days }) => {
          const oldest = objects.oldest(name, prefix);
          return oldest === undefined ? [] : [oldest + days * DAY_MS];
        }),
      );
      return ends.length === 0 ? undefined : Math.min(...ends);
    },

    writes: () => writes,

    onDeleted: (listener) => {
      listeners.push(listener);
    },
  };
};
