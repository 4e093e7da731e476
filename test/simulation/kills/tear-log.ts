/** A last write that never wholly reached the disk: the log beside the database, cut within its last page. */
import { closeSync, openSync, readSync, statSync, truncateSync } from 'node:fs';

/** https://sqlite.org/fileformat2.html#walformat */
const HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 24;
const SALTS_BYTES = 8;
const PAGE_SIZE_AT = 8;
const SALTS_AT = 16;
const FRAME_SALTS_AT = 8;

/** The end of what counts: behind it may lie frames of before the log began anew, which have other salts. */
const endOf = (log: string): number => {
  const size = statSync(log).size;
  const file = openSync(log, 'r');
  const bytesAt = (position: number, length: number): Buffer => {
    const bytes = Buffer.alloc(length);
    readSync(file, bytes, 0, length, position);
    return bytes;
  };
  try {
    const header = bytesAt(0, HEADER_BYTES);
    const salts = header.subarray(SALTS_AT, SALTS_AT + SALTS_BYTES);
    const frame = FRAME_HEADER_BYTES + header.readUInt32BE(PAGE_SIZE_AT);
    let end = HEADER_BYTES;
    while (end + frame <= size && bytesAt(end + FRAME_SALTS_AT, SALTS_BYTES).equals(salts)) end += frame;
    return end;
  } finally {
    closeSync(file);
  }
};

/** Takes away the last bytes of the newest commit; 1 to 4,096 of them leave everything before it whole. */
export const tearLog = (database: string, bytes: number): void => {
  const log = `${database}-wal`;
  truncateSync(log, Math.max(HEADER_BYTES, endOf(log) - bytes));
};
