import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createLogCarrier } from '../../../lib/local/store/log-carrier.ts';
import { openStore, type Store } from '../../../lib/local/store.ts';

const CARRY_AT = 40;

let folder: string;
let store: Store;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aftercare-carrier-'));
  store = openStore(join(folder, 'store.db'), () => undefined, { carryAtPages: CARRY_AT });
  store.db.exec('CREATE TABLE kept (n INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT');
});
afterEach(() => {
  if (store.db.isOpen) store.close();
  rmSync(folder, { recursive: true, force: true });
});

const file = () => join(folder, 'store.db');
const write = (n: number) =>
  store.write((db) => db.prepare('INSERT INTO kept VALUES (?, ?)').run(n, 'x'.repeat(3000)));

/** Pages that the log has, and how many of them are in the database. */
const log = () => {
  const row = store.db.prepare('PRAGMA wal_checkpoint(NOOP)').get();
  return { pages: Number(row?.['log']), carried: Number(row?.['checkpointed']) };
};

/** Writes until the log is shorter than it was, which a thread of its own brings about; answers how many there are then. */
const writeUntilAnew = async (from: number): Promise<number> => {
  let longest = 0;
  for (let n = from; ; n += 1) {
    await write(n);
    const { pages } = log();
    if (pages < longest) return n + 1;
    longest = pages;
  }
};

it('carries a log that has grown into the database, again and again, so that the file of the log stays small', async () => {
  const once = await writeUntilAnew(0);
  const twice = await writeUntilAnew(once);

  expect(store.db.prepare('SELECT count(*) AS n FROM kept').get()).toEqual({ n: twice });
  expect(statSync(file()).size).toBeGreaterThan(CARRY_AT * 4096);
  store.close();
  store = openStore(file());
  expect(store.db.prepare('SELECT count(*) AS n FROM kept').get()).toEqual({ n: twice });
});

/** A thread whose passes end when the test says so. */
const createSlowThread = () => {
  const passes: PromiseWithResolvers<void>[] = [];
  let ends = 0;
  return {
    open: () => ({
      pass: () => {
        const one = Promise.withResolvers<void>();
        passes.push(one);
        return one.promise;
      },
      end: () => {
        ends += 1;
      },
    }),
    passes,
    ends: () => ends,
  };
};

const fill = () => {
  for (let n = 0; n < 20; n += 1) store.db.prepare('INSERT INTO kept VALUES (?, ?)').run(n, 'x'.repeat(3000));
};

it('carries beside the commits first, and holds them only while it carries the rest', async () => {
  fill();
  const { open, passes } = createSlowThread();
  const carrier = createLogCarrier(store.db, file(), 10, open);
  const isHeld = () => carrier.holding() !== undefined;

  carrier.look();
  const beside = isHeld();
  passes[0]?.resolve();
  await nextTurn();
  const rest = isHeld();
  passes[1]?.resolve();
  await carrier.idle();
  carrier.look();

  expect([beside, rest, isHeld()]).toEqual([false, true, false]);
  expect(passes).toHaveLength(2);
});

it('holds nobody when the thread fails, and tries again with another one when the log has grown as much again', async () => {
  fill();
  const report = vi.spyOn(console, 'error').mockReturnValue();
  const { open, passes, ends } = createSlowThread();
  const carrier = createLogCarrier(store.db, file(), 10, open);

  carrier.look();
  passes[0]?.resolve();
  await nextTurn();
  passes[1]?.reject(new Error('disk I/O error'));
  await carrier.idle();
  carrier.look();
  const triesAtOnce = passes.length;
  store.db.exec("UPDATE kept SET text = text || 'y'");
  carrier.look();

  expect(carrier.holding()).toBeUndefined();
  expect(ends()).toBe(1);
  expect(triesAtOnce).toBe(2);
  expect(passes).toHaveLength(3);
  expect(report).toHaveBeenCalledOnce();
  report.mockRestore();
});

it('empties the log when asked to, even while it is being carried', async () => {
  await Promise.all(Array.from({ length: 100 }, (_, n) => write(n)));

  await store.scrub();

  expect(statSync(`${file()}-wal`).size).toBe(0);
});

it('closes while the log is being carried, and everything is there at the next start', async () => {
  await Promise.all(Array.from({ length: 100 }, (_, n) => write(n)));

  store.close();
  store = openStore(file());

  expect(store.db.prepare('SELECT count(*) AS n FROM kept').get()).toEqual({ n: 100 });
});
