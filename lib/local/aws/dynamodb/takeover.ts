/** Earlier releases kept the tables in a LevelDB of dynalite's: its folder is read once into the runtime's SQLite file. */
import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { create, type Item, type LevelStore } from 'dynalite/db/index.js';
import { syncFolder } from '../../durable-files.ts';
import { StartError } from '../../start-error.ts';
import type { Store } from '../../store.ts';
import { type Catalog, endOf, type Table } from './catalog.ts';
import { Described } from './definitions.ts';
import { moveEntries } from './entries.ts';
import { certainPlaceOf } from './keys.ts';
import { sizeOf } from './plain-values.ts';
import type { Rows } from './rows.ts';

type Parts = {
  readonly store: Pick<Store, 'write'>;
  readonly rows: Rows;
  readonly catalog: Catalog;
  readonly log?: ((line: string) => void) | undefined;
};

/** So many items are one change. */
const AT_ONCE = 500;

const PREFIX = 'table~';

const tableNames = async ({ db }: LevelStore): Promise<string[]> => {
  const names: string[] = [];
  for await (const key of db.keys({ gte: PREFIX, lt: 'table\u007f' })) names.push(key.slice(PREFIX.length));
  return names;
};

const takeTable = async (level: LevelStore, name: string, { store, catalog }: Parts): Promise<Table> => {
  const found = Described.parse(await promisify(level.tableDb.get)(name));
  // Not active there means a crash within the first millisecond of the table.
  const description = { ...found, TableStatus: 'ACTIVE' };
  return store.write(() => {
    const there = catalog.get(name)?.indexes.map(({ definition }) => definition.IndexName);
    return catalog.save(description, undefined, new Set(there));
  });
};

const takeItems = async (items: readonly Item[], table: Table, { store, rows }: Parts): Promise<void> => {
  await store.write(() => {
    for (const item of items) {
      const place = certainPlaceOf(item, table.shape);
      const version = { item, text: JSON.stringify(item), size: sizeOf(item) };
      rows.put(table.id, place, { ...version, ends: endOf(item, table) });
      moveEntries(rows, table, place, undefined, version);
    }
  });
};

const openLevel = async ({ db }: LevelStore, folder: string): Promise<void> => {
  try {
    await db.open();
  } catch (cause) {
    throw new StartError(
      `The tables of an earlier release in ${folder} cannot be read (${reasonOf(cause)}). Put back a copy of the whole data folder from a backup.`,
      { cause },
    );
  }
};

/** LevelDB says why in the cause of its error. */
const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
};

const takeAll = async (level: LevelStore, parts: Parts): Promise<number> => {
  let count = 0;
  for (const name of await tableNames(level)) {
    const table = await takeTable(level, name, parts);
    let chunk: Item[] = [];
    for await (const item of level.getItemDb(name).createValueStream()) {
      count += chunk.push(item) > 0 ? 1 : 0;
      if (chunk.length < AT_ONCE) continue;
      await takeItems(chunk, table, parts);
      chunk = [];
    }
    await takeItems(chunk, table, parts);
  }
  return count;
};

/**
 * A crash on the way begins again from the start at the next one, over what was written: nobody reads or writes the
 * tables before this has resolved. The folder is renamed once everything is on disk, so that a half removed one is
 * never read.
 * @throws StartError when the folder cannot be read.
 */
export const takeOver = async (folder: string, parts: Parts): Promise<void> => {
  const done = `${folder}.taken-over`;
  if (existsSync(join(folder, 'CURRENT'))) {
    const level = create({ path: folder, createTableMs: 0 });
    await openLevel(level, folder);
    try {
      const count = await takeAll(level, parts);
      parts.log?.(`Took ${count} items over from ${folder}`);
    } finally {
      await level.db.close();
    }
    await rename(folder, done);
    await syncFolder(dirname(folder));
  }
  await rm(done, { recursive: true, force: true });
};
