/** One log file per function, as CloudWatch keeps one log group per function. */
import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import type { Meter } from '../meter.ts';

export type LogFiles = {
  write(functionName: string, bytes: Uint8Array): void;
  /** Where the log of a function is. */
  fileOf(functionName: string): string;
  /** Resolves when everything written is in the files. */
  close(): Promise<void>;
};

/** `onText` and `onBytes` see what a function writes, as it writes it. */
export const createLogFiles = (
  folder: string,
  meter: Meter,
  onText?: (functionName: string, text: string) => void,
  onBytes?: (functionName: string, bytes: Uint8Array) => void,
): LogFiles => {
  mkdirSync(folder, { recursive: true });
  const files = new Map<string, WriteStream>();

  const pathOf = (functionName: string) => join(folder, `${functionName}.log`);

  const streamOf = (functionName: string) => {
    const known = files.get(functionName);
    if (known !== undefined) return known;
    const file = createWriteStream(pathOf(functionName), { flags: 'a' });
    file.on('error', (error) => console.error(`The log of ${functionName} cannot be written:`, error));
    files.set(functionName, file);
    return file;
  };

  return {
    fileOf: pathOf,
    write: (functionName, bytes) => {
      meter.add('logBytes', bytes.byteLength);
      streamOf(functionName).write(bytes);
      onBytes?.(functionName, bytes);
      onText?.(functionName, Buffer.from(bytes).toString('utf8'));
    },
    close: async () => {
      await Promise.all([...files.values()].map((file) => new Promise<void>((resolve) => file.end(resolve))));
      files.clear();
    },
  };
};
