import type { Ids } from '../adapters/ports.ts';

/** 32 hex digits of SHA-256: safe characters, the same for every announcement of the same order. */
const short = (ids: Ids, saleId: string) => ids.digest(saleId).slice(0, 32);

/** The platform itself refuses a second execution of a name, so a sale can never run twice. */
export const followUpName = (ids: Ids, saleId: string, round: number): string =>
  round === 1 ? `s-${short(ids, saleId)}` : `s-${short(ids, saleId)}-r${round}`;

export const promiseName = (ids: Ids, saleId: string, promise: string, cycle: number): string =>
  `p-${short(ids, saleId)}-${promise}-${cycle}`;
