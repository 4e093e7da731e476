/** One log file per function, as CloudWatch keeps one log group per function. */
import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import type { Meter } from '../meter.ts';

export type LogFiles = {
  write(functionName: string, bytes: Uint8Array): void;
  /** Resolves when everything written is in the files. */
  close(): Promise<void>;
};

/** `onText` sees what a function writes, as it writes it. */
export const createLogFiles = (
  folder: string,
  meter: Meter,
  onText?: (functionName: string, text: string) => void,
): LogFiles => {
  mkdirSync(folder, { recursive: true });
  const files = new Map<string, WriteStream>();

  const fileOf = (functionName: string) => {
    const known = files.get(functionName);
    if (known !== undefined) return known;
    const file = createWriteStream(join(folder, `${functionName}.log`), { flags: 'a' });
    file.on('error', (error) => console.error(`The log of ${functionName} cannot be written:`, error));
    files.set(functionName, file);
    return file;
  };

  return {
    write: (functionName, bytes) => {
      meter.add('logBytes', bytes.byteLength);
      fileOf(functionName).write(bytes);
      onText?.(functionName, Buffer.from(bytes).toString('utf8'));
    },
    close: async () => {
      await Promise.all([...files.values()].map((file) => new Promise<void>((resolve) => file.end(resolve))));
      files.clear();
    },
  };
};
