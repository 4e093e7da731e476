/** Reads the lines of a function's log as CloudWatch would have kept them: each with the moment it was written. */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { LogLine } from './board.ts';

export type LogRange = {
  readonly group: string;
  readonly file: string;
  readonly from: number;
  readonly to: number;
};

const EPOCH = /"_aws":\{"Timestamp":(\d+)/;
const ISO = /"timestamp":"([^"]+)"/;

/** Looked for in the text, because most lines are read for nothing but this. */
const momentOf = (text: string): number | undefined => {
  const epoch = EPOCH.exec(text)?.[1];
  if (epoch !== undefined) return Number(epoch);
  const iso = ISO.exec(text)?.[1];
  const at = iso === undefined ? Number.NaN : Date.parse(iso);
  return Number.isNaN(at) ? undefined : at;
};

const isThere = async (file: string) => {
  try {
    await (await open(file)).close();
    return true;
  } catch {
    // A function that was never called has no log.
    return false;
  }
};

/** A line that names no moment was written when the one before it was. */
export async function* logLines({ group, file, from, to }: LogRange): AsyncGenerator<LogLine> {
  if (!(await isThere(file))) return;
  let at = 0;
  for await (const text of createInterface({
    input: createReadStream(file),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    at = momentOf(text) ?? at;
    if (at >= from && at < to) yield { group, at, text };
  }
}
