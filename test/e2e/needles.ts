/** Looks for words in everything that lies on one machine: the bytes of every file, and what the tables show. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { dumpTables } from './tables.ts';
import type { OpenWorld } from './world.ts';

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => join(folder, file))
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile() === true);

/** As it would lie in a mail or in a database: plainly, or in base64 whatever stands before it. */
const formsOf = (needle: string): Buffer[] => [
  Buffer.from(needle),
  Buffer.from(needle.toLowerCase()),
  Buffer.from(needle, 'utf16le'),
  ...[0, 1, 2].map((shift) => {
    const whole = Buffer.concat([Buffer.alloc(shift), Buffer.from(needle)]).toString('base64');
    /* The first and the last letters depend on what stands beside it. */
    return Buffer.from(whole.slice(shift === 0 ? 0 : 4, -4));
  }),
];

/** `<where>: <needle>` for each that is found. */
export const findNeedles = async (
  { dataDir, aws }: Pick<OpenWorld, 'dataDir' | 'aws'>,
  needles: readonly string[],
): Promise<string[]> => {
  const tables = (await dumpTables(aws)).toLowerCase();
  const inTables = needles
    .filter((needle) => tables.includes(needle.toLowerCase()))
    .map((needle) => `tables: ${needle}`);
  const inFiles = filesIn(dataDir).flatMap((file) => {
    let bytes: Buffer;
    try {
      bytes = readFileSync(file);
    } catch {
      /* It went between the two looks. */
      return [];
    }
    return needles
      .filter((needle) => formsOf(needle).some((form) => bytes.includes(form)))
      .map((needle) => `${file.slice(dataDir.length + 1)}: ${needle}`);
  });
  return [...inTables, ...inFiles].sort();
};
