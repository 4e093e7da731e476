import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { prepare } from '../../e2e/process.ts';
import { playLives } from './play-lives.ts';
import { dieAt } from './reapers.ts';

let dataDir: string;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'aftercare-kills-'));
  prepare(inject('assembly'), dataDir);
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

/** Each is reached by a few sales within days; those at mails that come in are left to `npm run simulate -- kills`. */
const POINTS = [
  'committing:1',
  'committed:2',
  'function-called:3',
  'function-returned:3',
  'mail-arrived:1',
  'mail-kept:1',
  'answering:2',
  'committed:9',
];

describe('the real runtime', () => {
  test('dies once at every point, and no law is broken', { timeout: 300_000 }, async () => {
    const reaper = dieAt(POINTS);

    const { findings, mails, unclear } = await playLives(
      { dataDir, sales: 8, seed: 3, days: 16, stepHours: 6 },
      reaper,
    );

    expect(findings).toEqual([]);
    expect(reaper.reached()).toEqual(POINTS);
    expect(mails).toBeGreaterThan(8);
    /* The two deaths in the middle of a send. */
    expect(unclear.length).toBeGreaterThanOrEqual(1);
  });
});
