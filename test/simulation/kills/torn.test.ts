import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ALL_ROWS, layRows, openCut, openFlipped } from './torn.ts';

let folder: string;
let work: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'aftercare-torn-'));
  work = join(folder, 'work');
  await layRows(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Spread over the last 4 KiB, both ends included. */
const PLACES = Array.from({ length: 64 }, (_, n) => 1 + n * 65);

describe('a store that was torn', () => {
  test.each([0, ...PLACES])('in its log, %i bytes before the end, has all but the last commit', (bytes) => {
    const found = openCut(folder, work, 'log', bytes);

    expect(found).toEqual({ kind: 'kept', rows: bytes === 0 ? ALL_ROWS : ALL_ROWS - 1 });
  });

  test.each(PLACES)(
    'in its log, where the byte %i before the end is wrong, has all but the last commit',
    (at) => {
      const found = openFlipped(folder, work, at);

      expect(found).toEqual({ kind: 'kept', rows: ALL_ROWS - 1 });
    },
  );

  test.each(PLACES)(
    'in its database, %i bytes before the end, is not opened, and told to be damaged',
    (bytes) => {
      const found = openCut(folder, work, 'database', bytes);

      expect(found).toEqual({ kind: 'refused', why: expect.stringContaining('is damaged') });
    },
  );

  test('nowhere has everything', () => {
    expect(openCut(folder, work, 'database', 0)).toEqual({ kind: 'kept', rows: ALL_ROWS });
  });
});
