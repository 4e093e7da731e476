import { appendFileSync, createReadStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLogReader, type Span } from '../../../lib/local/cloudwatch/log-lines.ts';

const T0 = Date.UTC(2026, 10, 20);
const MINUTE = 60_000;
const LINES = 10_000;
const ALWAYS = { from: 0, to: Number.MAX_SAFE_INTEGER };

let folder: string;
let file: string;
let spans: Span[];
let logLines: ReturnType<typeof createLogReader>;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'log-lines-'));
  file = join(folder, 'one.log');
  spans = [];
  logLines = createLogReader((name, span) => {
    spans.push(span);
    return createReadStream(name, { start: span.start, end: span.end - 1 });
  });
});
afterEach(() => rmSync(folder, { recursive: true }));

/** 100 bytes and an umlaut each. */
const lineAt = (minute: number, n: number) =>
  `{"_aws":{"Timestamp":${T0 + minute * MINUTE}},"n":${n},"says":"ü${'x'.repeat(40)}"}\n`;

const fill = (first: number, count: number) =>
  Array.from({ length: count }, (_, index) => lineAt(first + index, first + index)).join('');

const numbersIn = async (from: number, to: number, reader = logLines): Promise<number[]> => {
  const found: number[] = [];
  for await (const { text } of reader({ group: 'g', file, from, to }))
    found.push(Number(/"n":(\d+)/.exec(text)?.[1]));
  return found;
};

const minutes = (from: number, to: number) => [T0 + from * MINUTE, T0 + to * MINUTE] as const;

const bytesRead = () => spans.reduce((sum, { start, end }) => sum + end - start, 0);

describe('the lines of a log', () => {
  it('of a stretch of time are the same at the first look and at every other', async () => {
    writeFileSync(file, fill(0, LINES));
    const stretches = [minutes(0, 3), minutes(2500, 2600), minutes(9990, 20_000), minutes(50, 9000)];

    for (const [from, to] of [...stretches, ...stretches]) {
      const found = await numbersIn(from, to);

      const expected = Array.from({ length: LINES }, (_, n) => n).filter(
        (n) => T0 + n * MINUTE >= from && T0 + n * MINUTE < to,
      );
      expect(found).toEqual(expected);
    }
  });

  it('are looked for only where that time is, once the file was read', async () => {
    writeFileSync(file, fill(0, LINES));
    await numbersIn(ALWAYS.from, ALWAYS.to);
    const atFirst = bytesRead();
    spans = [];

    await numbersIn(...minutes(4000, 4010));

    expect(bytesRead()).toBeLessThan(atFirst * 0.75);
    expect(spans.length).toBeGreaterThan(0);
  });

  it('are there as soon as they are written, also one that is older than the one before', async () => {
    writeFileSync(file, fill(0, LINES));
    await numbersIn(ALWAYS.from, ALWAYS.to);

    appendFileSync(file, `${lineAt(5, 77_777)}${fill(LINES, LINES)}`);

    expect(await numbersIn(...minutes(4, 7))).toEqual([4, 5, 6, 77_777]);
    expect(await numbersIn(...minutes(4, 7))).toEqual([4, 5, 6, 77_777]);
    expect(await numbersIn(...minutes(2 * LINES - 1, 2 * LINES))).toEqual([2 * LINES - 1]);
  });

  it('without a moment belong to the line before them, also in the next part of the file', async () => {
    writeFileSync(file, lineAt(7, 1) + `{"n":2,"says":"${'x'.repeat(300_000)}"}\n`.repeat(3));

    expect(await numbersIn(...minutes(7, 8))).toEqual([1, 2, 2, 2]);
    expect(await numbersIn(...minutes(7, 8))).toEqual([1, 2, 2, 2]);
    expect(await numbersIn(...minutes(8, 9))).toEqual([]);
    appendFileSync(file, '{"n":3}\n');
    expect(await numbersIn(...minutes(7, 8))).toEqual([1, 2, 2, 2, 3]);
  });

  it('are those of the file that is there now, and none where there is none', async () => {
    writeFileSync(file, fill(0, LINES));
    await numbersIn(ALWAYS.from, ALWAYS.to);

    writeFileSync(file, lineAt(3, 9).slice(0, -1));

    expect(await numbersIn(ALWAYS.from, ALWAYS.to)).toEqual([9]);
    rmSync(file);
    expect(await numbersIn(ALWAYS.from, ALWAYS.to)).toEqual([]);
  });

  it('are all there for two who look at the same time', async () => {
    writeFileSync(file, fill(0, LINES));

    const both = await Promise.all([numbersIn(ALWAYS.from, ALWAYS.to), numbersIn(ALWAYS.from, ALWAYS.to)]);
    const after = await numbersIn(ALWAYS.from, ALWAYS.to);

    expect([...both, after].map(({ length }) => length)).toEqual([LINES, LINES, LINES]);
  });
});
