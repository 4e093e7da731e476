/**
 * Reads the lines of functions' logs as CloudWatch would have kept them: each with the moment it was written. Which moments
 * are in which part of a file is remembered, so that a look at the last hour does not read months.
 */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { LogLine } from './board.ts';

export type LogRange = {
  readonly group: string;
  readonly file: string;
  readonly from: number;
  readonly to: number;
};

/** Of a file, without the byte at `end`. */
export type Span = { readonly start: number; readonly end: number };
export type ReadBytes = (file: string, span: Span) => AsyncIterable<Buffer>;

const EPOCH = /"_aws":\{"Timestamp":(\d+)/;
const ISO = /"timestamp":"([^"]+)"/;
const LINE_END = 10;
/** Small enough to be read in a few milliseconds, and a gigabyte has only 4,000. */
const PART_BYTES = 256 * 1024;

/** Whole lines, with the moments of the line before the first, of the last, and of all. */
type Part = Span & {
  readonly before: number;
  readonly after: number;
  readonly oldest: number;
  readonly newest: number;
};

/** Looked for in the text, because most lines are read for nothing but this. */
const momentOf = (text: string): number | undefined => {
  const epoch = EPOCH.exec(text)?.[1];
  if (epoch !== undefined) return Number(epoch);
  const iso = ISO.exec(text)?.[1];
  const at = iso === undefined ? Number.NaN : Date.parse(iso);
  return Number.isNaN(at) ? undefined : at;
};

const readBytes: ReadBytes = (file, { start, end }) =>
  createReadStream(file, { start, end: end - 1, highWaterMark: PART_BYTES });

/** A function that was never called has no log. */
const sizeOf = async (file: string): Promise<number> =>
  stat(file).then(
    ({ size }) => size,
    () => 0,
  );

/** As many at once as came in one piece, and where the next one begins; the last may still be being written. */
async function* linesOf(bytes: AsyncIterable<Buffer>, start: number) {
  let rest: Buffer = Buffer.alloc(0);
  let next = start;
  for await (const piece of bytes) {
    const whole = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    const end = whole.lastIndexOf(LINE_END);
    rest = whole.subarray(end + 1);
    if (end < 0) continue;
    next += end + 1;
    yield { texts: whole.toString('utf8', 0, end).split('\n'), next, isWhole: true };
  }
  if (rest.length > 0) yield { texts: [rest.toString('utf8')], next: next + rest.length, isWhole: false };
}

const isIn = (at: number, { from, to }: LogRange) => at >= from && at < to;

export const createLogReader = (read: ReadBytes = readBytes) => {
  const known = new Map<string, Part[]>();

  const partsOf = (file: string, size: number): Part[] => {
    const parts = known.get(file) ?? [];
    const isAnother = (parts.at(-1)?.end ?? 0) > size;
    const current = isAnother ? [] : parts;
    known.set(file, current);
    return current;
  };

  /** A line that names no moment was written when the one before it was. */
  async function* readPart(span: Span & { before: number }, range: LogRange, parts?: Part[]) {
    let { start, before } = span;
    let at = before;
    let [oldest, newest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for await (const { texts, next, isWhole } of linesOf(read(range.file, span), start)) {
      for (const text of texts) {
        at = momentOf(text) ?? at;
        oldest = Math.min(oldest, at);
        newest = Math.max(newest, at);
        if (isIn(at, range)) yield { group: range.group, at, text } satisfies LogLine;
      }
      if (parts === undefined || !isWhole || next - start < PART_BYTES) continue;
      // Somebody who looks at the same time may have come here first.
      if ((parts.at(-1)?.end ?? 0) === start)
        parts.push({ start, end: next, before, after: at, oldest, newest });
      [start, before] = [next, at];
      [oldest, newest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    }
  }

  return async function* logLines(range: LogRange): AsyncGenerator<LogLine> {
    const size = await sizeOf(range.file);
    const parts = partsOf(range.file, size);
    // Somebody who looks at the same time may add to them.
    const before = [...parts];
    const last = before.at(-1);
    for (const part of before)
      if (part.newest >= range.from && part.oldest < range.to) yield* readPart(part, range);
    const start = last?.end ?? 0;
    if (start >= size) return;
    yield* readPart({ start, end: size, before: last?.after ?? 0 }, range, parts);
  };
};
