import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore, type Store } from '../../../lib/local/store.ts';

/** A disk that takes its time: each sync ends when the test says so. */
const createSlowDisk = () => {
  const open: PromiseWithResolvers<void>[] = [];
  let begun = 0;
  return {
    openLog: () => ({
      sync: () => {
        begun += 1;
        const one = Promise.withResolvers<void>();
        open.push(one);
        return one.promise;
      },
      syncNow: () => undefined,
      close: () => undefined,
    }),
    begun: () => begun,
    /** Waits until a sync is under way, which takes turns of the loop and no time. */
    reached: async () => {
      while (open.length === 0) await nextTurn();
    },
    finish: () => open.shift()?.resolve(),
    fail: (why: string) => open.shift()?.reject(new Error(why)),
  };
};

let folder: string;
let disk: ReturnType<typeof createSlowDisk>;
let store: Store;
let told: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aftercare-sync-'));
  disk = createSlowDisk();
  store = openStore(join(folder, 'store.db'), () => undefined, disk);
  store.db.exec('CREATE TABLE word (text TEXT PRIMARY KEY) STRICT');
  told = [];
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

const words = () => store.db.prepare('SELECT text FROM word ORDER BY rowid').all();

/** Writes a word and notes what its writer was told. */
const add = (text: string): Promise<void> =>
  store
    .write((db) => db.prepare('INSERT INTO word VALUES (?)').run(text))
    .then(
      () => void told.push(`${text} is kept`),
      (error: Error) => void told.push(`${text}: ${error.message}`),
    );

const someTurns = async () => {
  for (let turn = 0; turn < 5; turn += 1) await nextTurn();
};

describe('what is committed', () => {
  it('is acknowledged once the log is on disk, and not before', async () => {
    const added = add('one');
    await disk.reached();
    await someTurns();
    const early = [...told];
    const shown = words();

    disk.finish();
    await added;

    expect(early).toEqual([]);
    expect(shown).toEqual([{ text: 'one' }]);
    expect(told).toEqual(['one is kept']);
  });

  it('shares the next sync with all that gathered during the last one, in its order', async () => {
    const first = add('one');
    await disk.reached();
    const others = [add('two'), add('three'), add('four')];
    await someTurns();
    const duringTheFirst = words();

    disk.finish();
    await first;
    await disk.reached();
    disk.finish();
    await Promise.all(others);

    expect(duringTheFirst).toEqual([{ text: 'one' }]);
    expect(told).toEqual(['one is kept', 'two is kept', 'three is kept', 'four is kept']);
    expect(disk.begun()).toBe(2);
  });

  it('is on disk before a writer hears that somebody else was earlier', async () => {
    const both = [add('same'), add('same')];
    await disk.reached();
    await someTurns();
    const early = [...told];

    disk.finish();
    await Promise.all(both);

    expect(early).toEqual([]);
    expect(told).toEqual(['same is kept', expect.stringMatching(/^same: UNIQUE/)]);
  });

  it('is told apart from what is on disk', async () => {
    const before = store.durable();
    const added = add('one');
    await disk.reached();
    let isDurable = false;
    const durable = store.durable()?.then(() => {
      isDurable = true;
    });
    await someTurns();
    const early = isDurable;

    disk.finish();
    await Promise.all([added, durable]);

    expect(before).toBeUndefined();
    expect(early).toBe(false);
    expect(isDurable).toBe(true);
    expect(store.durable()).toBeUndefined();
  });

  it('is told to everybody before the store closes', async () => {
    const first = add('one');
    await disk.reached();
    const second = add('two');

    store.close();
    await Promise.all([first, second]);
    const again = openStore(join(folder, 'store.db'));
    const kept = again.db.prepare('SELECT text FROM word ORDER BY rowid').all();
    again.close();
    store = openStore(':memory:');

    expect(told).toEqual(['one is kept', 'two is kept']);
    expect(kept).toEqual([{ text: 'one' }, { text: 'two' }]);
  });
});

describe('a store that is closed', () => {
  it('refuses whoever comes after, and asks nothing of the log', async () => {
    store.close();

    await add('late');
    await store.settled();
    store = openStore(':memory:');

    expect(told).toEqual([expect.stringMatching(/^late: Nothing can be written to /)]);
    expect(disk.begun()).toBe(0);
  });
});

describe('a disk that fails', () => {
  it('is reported to the whole group, to those who wait and to all who come, and nothing is acknowledged', async () => {
    const group = [add('one'), add('two')];
    await disk.reached();
    const waiting = add('three');
    disk.fail('EIO: i/o error, fdatasync');
    await Promise.all([...group, waiting]);
    await add('four');

    const durable = store.durable();

    expect(told.map((line) => line.replace(/ .*$/, ''))).toEqual(['one:', 'two:', 'three:', 'four:']);
    for (const line of told)
      expect(line).toMatch(/did not reach the disk \(EIO: .*, so nothing is acknowledged any more/);
    await expect(durable).rejects.toThrow('start Aftercare again');
    await expect(store.settled()).resolves.toBeUndefined();
  });
});

describe('a power cut', () => {
  it('takes nothing that was acknowledged', async () => {
    const live = join(folder, 'live.db');
    /** What the disk has of the log: as the last finished sync found it. */
    const kept = join(folder, 'kept.db');
    const sound = openStore(live, () => undefined, {
      openLog: (database) => ({
        sync: async () => {
          copyFileSync(`${database}-wal`, `${kept}-wal.next`);
          await nextTurn();
          copyFileSync(`${kept}-wal.next`, `${kept}-wal`);
        },
        syncNow: () => undefined,
        close: () => undefined,
      }),
    });
    sound.db.exec('CREATE TABLE kept (n INTEGER PRIMARY KEY) STRICT');
    copyFileSync(live, kept);
    const acknowledged: number[] = [];
    const write = async (n: number) => {
      await sound.write((db) => db.prepare('INSERT INTO kept VALUES (?)').run(n));
      acknowledged.push(n);
    };
    const writing = Array.from({ length: 30 }, async (_, n) => {
      for (let turn = 0; turn < n % 7; turn += 1) await nextTurn();
      await write(n);
    });
    const found: { acknowledged: number[]; rows: number[] }[] = [];

    for (let cut = 0; cut < 6; cut += 1) {
      await Promise.race(writing.slice(cut * 4));
      const image = join(folder, `image-${cut}.db`);
      copyFileSync(kept, image);
      if (existsSync(`${kept}-wal`)) copyFileSync(`${kept}-wal`, `${image}-wal`);
      const atThatTime = [...acknowledged];
      const opened = openStore(image);
      const rows = opened.db.prepare('SELECT n FROM kept').all();
      opened.close();
      found.push({ acknowledged: atThatTime, rows: rows.map((row) => Number(row['n'])) });
      await nextTurn();
    }
    await Promise.all(writing);
    sound.close();

    for (const { acknowledged: promised, rows } of found)
      expect(rows).toEqual(expect.arrayContaining(promised));
    expect(found.at(0)?.acknowledged.length).toBeGreaterThan(0);
    expect(acknowledged).toHaveLength(30);
  });
});
