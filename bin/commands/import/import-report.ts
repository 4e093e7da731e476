/** The report: what became of each order of the file, as a sheet that the shop opens beside its own. */
import { once } from 'node:events';
import { createWriteStream, renameSync } from 'node:fs';
import { finished } from 'node:stream/promises';
import { CommandMistake, codeOf } from '../command-mistake.ts';

export type ReportRow = {
  lines: readonly number[];
  orderId: string;
  result: 'would be sent' | 'sent' | 'failed' | 'skipped' | 'not sent yet';
  reason?: string;
  detail?: string;
  journey?: string;
  checkInAt?: string;
};

const HEADER = ['lines', 'order id', 'result', 'reason', 'detail', 'journey', 'check-in'];

/** A cell that begins like a formula would be computed where it is opened. */
const cell = (text: string): string => {
  const inert = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
};

const lineOf = (cells: readonly string[]): string => `${cells.map(cell).join(',')}\n`;

export type Report = { add(row: ReportRow): Promise<void>; close(): Promise<void> };

/** Complete under its name, or not there: it is written beside it first. */
export const openReport = (file: string): Report => {
  const beside = `${file}.tmp`;
  const stream = createWriteStream(beside);
  const done = finished(stream);
  const failed = (error: unknown) =>
    new CommandMistake(
      `Cannot write the report ${file} (${codeOf(error)}). Say with --report where it may be.`,
      2,
      { cause: error },
    );
  /* Whoever writes next, or closes, meets the error; until then nobody waits for it. */
  done.catch(() => undefined);
  const write = async (text: string): Promise<void> => {
    if (stream.destroyed || stream.write(text)) return;
    await Promise.race([once(stream, 'drain'), done.catch(() => undefined)]);
  };
  stream.write(lineOf(HEADER));
  return {
    add: ({ lines, orderId, result, reason = '', detail = '', journey = '', checkInAt = '' }) =>
      write(lineOf([lines.join(' '), orderId, result, reason, detail, journey, checkInAt])),
    close: async () => {
      try {
        stream.end();
        await done;
        renameSync(beside, file);
      } catch (error) {
        throw failed(error);
      }
    },
  };
};
