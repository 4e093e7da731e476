import type { Sale } from '../sale.ts';

/** A sale as it stood before an entry, and with it. */
export type Change = { before: Sale; after: Sale };
