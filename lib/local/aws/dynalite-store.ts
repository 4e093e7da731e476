/**
 * dynalite's LevelDB with two things added: an item and its index entries reach the disk in one synchronous batch, so
 * neither kill -9 nor a power cut leaves an acknowledged write behind or an index ahead of its item; and index writes
 * are counted, which dynalite leaves out of ConsumedCapacity.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { create, itemSize, type LevelIterator, type Store, type WriteOperation } from 'dynalite/db/index.js';

export type DynaliteStore = {
  readonly store: Store;
  /** Runs one dynalite operation; its index writes wait for the write of their item, and its iterators are closed. */
  scope<T>(run: () => Promise<T>): Promise<T>;
  /** Closes what was read beside dynalite's operations. */
  letGo(): Promise<void>;
  /** What was overwritten or deleted is in no file any more. */
  compact(): Promise<void>;
  close(): Promise<void>;
};

type Batch = (operations: readonly WriteOperation[], options: { sync: boolean }) => Promise<void>;

/** What one dynalite operation leaves to be done at its end. */
type Operation = { indexWrites: WriteOperation[]; iterators: LevelIterator[] };

const WRITE_UNIT_BYTES = 1024;

/** Before and behind every key that dynalite makes. */
const LOWEST = '\u0000';
const HIGHEST = '\uffff';

export const openDynaliteStore = async ({
  path,
  region,
  accountId,
  onIndexWrite,
}: {
  path: string;
  region: string;
  accountId: string;
  onIndexWrite(units: number): void;
}): Promise<DynaliteStore> => {
  const store = create({ path, createTableMs: 0 });
  await store.db.open();
  store.tableDb.awsRegion = region;
  store.tableDb.awsAccountId = accountId;

  const operations = new AsyncLocalStorage<Operation>();

  /** Of what reads the database beside dynalite's operations. */
  const loose: LevelIterator[] = [];
  /** dynalite closes none of its iterators, and LevelDB keeps whatever an open one could still come to see. */
  const { keys, values } = store.db;
  const noted = (iterator: LevelIterator): LevelIterator => {
    (operations.getStore()?.iterators ?? loose).push(iterator);
    return iterator;
  };
  store.db.keys = (options) => noted(keys.call(store.db, options));
  store.db.values = (options) => noted(values.call(store.db, options));

  const batch: Batch = store.db.constructor.prototype.batch.bind(store.db);

  /** Takes the index writes along that this operation has gathered. */
  const write = (operation: WriteOperation, callback: DynaliteCallback) => {
    const together = [...(operations.getStore()?.indexWrites.splice(0) ?? []), operation];
    batch(together, { sync: true }).then(() => callback(null), callback);
  };

  const gather = (operation: WriteOperation, callback: DynaliteCallback) => {
    const gathered = operations.getStore()?.indexWrites;
    if (gathered === undefined) return write(operation, callback);
    gathered.push(operation);
    callback(null);
  };

  const itemDb = store.getItemDb;
  store.getItemDb = (table) => ({
    ...itemDb(table),
    put: (key, value, callback) => write({ type: 'put', key: `item-${table}~${key}`, value }, callback),
    del: (key, callback) => write({ type: 'del', key: `item-${table}~${key}` }, callback),
  });

  const indexDb = store.getIndexDb;
  store.getIndexDb = (kind, table, index) => {
    const entries = indexDb(kind, table, index);
    const prefix = `index-${kind.toLowerCase()}~${table}~${index}~`;
    return {
      ...entries,
      put: (key, entry, callback) => {
        // dynalite names projected attributes that the item lacks, with undefined for a value.
        const text = JSON.stringify(entry);
        entries.get(key, (error, before) => {
          if (error) return callback(error);
          // As on AWS, an entry that stays as it is costs nothing.
          if (JSON.stringify(before) === text) return callback(null);
          const value: unknown = JSON.parse(text);
          onIndexWrite(writeUnits(before, value));
          gather({ type: 'put', key: prefix + key, value }, callback);
        });
      },
      del: (key, callback) =>
        entries.get(key, (error, before) => {
          if (error) return callback(error);
          onIndexWrite(writeUnits(before));
          gather({ type: 'del', key: prefix + key }, callback);
        }),
    };
  };

  const letGo = async () => {
    await Promise.all(loose.splice(0).map((iterator) => iterator.close()));
  };

  /**
   * LevelDB writes its log into a table as it is, older values of a key included, and leaves the lowest tables alone when
   * nothing lies above them. Two marks around all keys lie above, so that everything is merged and only what holds is left.
   */
  const compact = async () => {
    await letGo();
    await store.db.compactRange(LOWEST, HIGHEST);
    const marks = [LOWEST, HIGHEST];
    await batch(
      marks.map((key) => ({ type: 'put', key, value: 0 }) as const),
      { sync: true },
    );
    await store.db.compactRange(LOWEST, HIGHEST);
    await batch(
      marks.map((key) => ({ type: 'del', key }) as const),
      { sync: true },
    );
  };

  return {
    store,
    letGo,
    compact,
    scope: async (run) => {
      const operation: Operation = { indexWrites: [], iterators: [] };
      try {
        return await operations.run(operation, run);
      } finally {
        await Promise.all(operation.iterators.map((iterator) => iterator.close()));
      }
    },
    close: () => store.db.close(),
  };
};

/** On-demand rule: one unit for each 1 KB begun, of the larger of the entry before and after. */
const writeUnits = (...entries: unknown[]): number =>
  Math.max(1, ...entries.map((entry) => (entry ? Math.ceil(itemSize(entry) / WRITE_UNIT_BYTES) : 0)));
