/** Which orders have been acknowledged, on disk before the next one is sent. Ids only. */
import { closeSync, existsSync, fdatasyncSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import { CommandMistake, codeOf } from '../command-mistake.ts';
import { linesOf, textOf } from './import-text.ts';

export type Progress = { has(orderId: string): boolean; size: number };

/** `to`: the address it is sent to; what went to another Aftercare has not come to this one. */
export const readProgress = async (file: string, to: string): Promise<Progress> => {
  const known = new Set<string>();
  for await (const { text: line } of existsSync(file) ? linesOf(textOf(file, 'utf-8')) : []) {
    const [where, id, end] = line.split('\t');
    /* A line that a crash has cut short does not count: sending the order again changes nothing. */
    if (where === to && id !== undefined && end === '.') known.add(id);
  }
  return { has: (orderId) => known.has(orderId), size: known.size };
};

export type ProgressFile = { note(orderId: string): void; close(): void };

const endsLine = (descriptor: number): boolean => {
  const { size } = fstatSync(descriptor);
  const last = Buffer.alloc(1);
  return size === 0 || (readSync(descriptor, last, 0, 1, size - 1) === 1 && last.toString() === '\n');
};

/** Each note is on disk when it returns. */
export const openProgress = (file: string, to: string): ProgressFile => {
  try {
    const descriptor = openSync(file, 'a+');
    if (!endsLine(descriptor)) writeSync(descriptor, '\n');
    return {
      note: (orderId) => {
        writeSync(descriptor, `${to}\t${orderId}\t.\n`);
        fdatasyncSync(descriptor);
      },
      close: () => closeSync(descriptor),
    };
  } catch (error) {
    throw new CommandMistake(
      `Cannot write ${file} (${codeOf(error)}), and without it a second run would not know where to go on.`,
      1,
      {
        cause: error,
      },
    );
  }
};
