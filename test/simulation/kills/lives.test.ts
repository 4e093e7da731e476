import { mkdtempSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { prepare } from '../../e2e/process.ts';
import { createMachine } from './machine.ts';
import { playLives } from './play-lives.ts';
import { type Death, dieAt, inTurn, killAtRandom } from './reapers.ts';

let dataDir: string;

beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'aftercare-kills-'));
  prepare(inject('assembly'), dataDir);
});
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

/** Every point early and, where a few sales reach it so often, late; two last commits that the disk has only in part. */
const DEATHS: readonly Death[] = [
  { at: 'function-called:3' },
  { at: 'object-written:1' },
  { at: 'committed:9', torn: 1 },
  { at: 'mail-arrived:1' },
  { at: 'function-returned:8' },
  { at: 'mail-kept:3' },
  { at: 'committing:11' },
  { at: 'committed:5', torn: 4000 },
  { at: 'answering:7' },
];

describe('the real runtime', () => {
  test('dies at random and at every point, and no law is broken', { timeout: 600_000 }, async () => {
    const points = dieAt(dataDir, DEATHS);

    const { findings, mails } = await playLives(
      { dataDir, sales: 6, seed: 1, days: 12, stepHours: 12 },
      inTurn(killAtRandom({ kills: 3, seed: 1 }), points),
    );

    expect(findings).toEqual([]);
    expect(points.reached()).toEqual(DEATHS);
    expect(mails).toBeGreaterThan(6);
  });

  test('is not started on a database whose end is missing, and leaves it as it is', async () => {
    const file = join(dataDir, 'aftercare.sqlite');
    const size = statSync(file).size - 1000;
    truncateSync(file, size);

    const started = createMachine({ dataDir }).start();

    await expect(started).rejects.toThrow(/is damaged \(.*\), and nothing was written to it/);
    expect(statSync(file).size).toBe(size);
  });
});
