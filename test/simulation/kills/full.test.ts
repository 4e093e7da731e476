import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openStore, type Store } from '../../../lib/local/store.ts';

let folder: string;
let store: Store;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aftercare-full-'));
  store = openStore(join(folder, 'aftercare.sqlite'));
  store.db.exec('CREATE TABLE kept (n INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT');
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

const write = (n: number) =>
  store.write((db) => db.prepare('INSERT INTO kept VALUES (?, ?)').run(n, 'x'.repeat(3000)));

const rows = () =>
  store.db
    .prepare('SELECT n FROM kept ORDER BY n')
    .all()
    .map((row) => Number(row['n']));

describe('a store that may not grow', () => {
  test('refuses what it cannot keep, keeps what it has acknowledged, and goes on once there is space', async () => {
    const all = Array.from({ length: 40 }, (_, n) => n);
    store.db.exec('PRAGMA max_page_count = 20');
    const acknowledged: number[] = [];
    for (const n of all)
      await write(n).then(
        () => acknowledged.push(n),
        () => undefined,
      );
    const before = rows();

    store.db.exec('PRAGMA max_page_count = 1000000');
    for (const n of all.filter((one) => !acknowledged.includes(one))) await write(n);

    expect(acknowledged.length).toBeGreaterThan(5);
    expect(acknowledged.length).toBeLessThan(40);
    expect(before).toEqual(acknowledged);
    expect(rows()).toEqual(all);
  });

  test('says so when a commit fails', async () => {
    store.db.exec(
      'PRAGMA foreign_keys = ON; CREATE TABLE child (n REFERENCES kept (n) DEFERRABLE INITIALLY DEFERRED)',
    );

    const written = store.write((db) => db.prepare('INSERT INTO child VALUES (7)').run());

    await expect(written).rejects.toThrow(/^Nothing can be written to .*, so nothing is acknowledged/);
    await expect(write(1)).resolves.toBeDefined();
  });
});
