import { createHash } from 'node:crypto';
import { DUE_SHARDS } from '../core/operations/due.ts';

/** Which part of the index `Due` the waits of a sale stand in. */
export const dueShard = (sale: string): string =>
  DUE_SHARDS[(createHash('sha256').update(sale).digest()[0] ?? 0) % DUE_SHARDS.length] ?? DUE_SHARDS[0];
