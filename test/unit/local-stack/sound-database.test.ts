import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StartError } from '../../../lib/local/start-error.ts';
import { openStore } from '../../../lib/local/store.ts';

const PAGE_BYTES = 4096;

let folder: string;
let file: string;
let whole: Buffer;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aftercare-sound-'));
  file = join(folder, 'aftercare.sqlite');
  const store = openStore(file);
  store.db.exec('CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT)');
  const insert = store.db.prepare('INSERT INTO notes (text) VALUES (?)');
  store.db.exec('BEGIN');
  for (let turn = 0; turn < 100; turn += 1) insert.run(`${turn} ${'x'.repeat(1000)}`);
  store.db.exec('COMMIT');
  store.close();
  whole = readFileSync(file);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const overwritten = (from: number, byte: number, length: number) =>
  Buffer.from(whole).fill(byte, from, from + length);

describe('a database file', () => {
  it('opens when it is whole, and when it is new', () => {
    const store = openStore(file);
    const rows = store.db.prepare('SELECT count(*) AS rows FROM notes').get();
    store.close();
    openStore(join(folder, 'new.sqlite')).close();

    expect(rows).toEqual({ rows: 100 });
  });

  it.each([
    ['cut off in its header', () => whole.subarray(0, 60)],
    ['cut off after its first page', () => whole.subarray(0, PAGE_BYTES)],
    ['cut off in the middle of a page', () => whole.subarray(0, PAGE_BYTES * 9 + 100)],
    ['cut off before its last page', () => whole.subarray(0, whole.length - PAGE_BYTES)],
    ['something else', () => Buffer.from('These are the minutes of the last meeting. '.repeat(400))],
    ['overwritten in the middle', () => overwritten(PAGE_BYTES * 5, 7, PAGE_BYTES)],
    ['zeroed in the middle', () => overwritten(PAGE_BYTES * 5, 0, PAGE_BYTES * 2)],
  ])('that is %s stops the start in words, and stays as it is', (_, damage) => {
    const bytes = damage();
    writeFileSync(file, bytes);

    const open = () => openStore(file);

    expect(open).toThrow(StartError);
    expect(open).toThrow(
      /aftercare\.sqlite is damaged \(.+\), and nothing was written to it\. Put back a copy/,
    );
    expect(readFileSync(file).equals(bytes)).toBe(true);
  });
});
