/** Events a shop signed and we did not understand: partition `source`, sort key `id`. Kept 30 days for a person to see. */
import { toEpochMs } from '../core/calendar.ts';
import type { ParkedStore } from './ports.ts';
import type { Table } from './table.ts';

const KEPT_SECONDS = 30 * 86_400;
/** Bytes: an item may hold 400 kB; what is cut off is said. */
const LONGEST_BODY = 300_000;

export const createParkedStore = (table: Table): ParkedStore => ({
  park: async ({ body, at, ...event }) => {
    const bytes = Buffer.from(body);
    const isCut = bytes.length > LONGEST_BODY;
    await table.put({
      ...event,
      at,
      body: isCut ? bytes.subarray(0, LONGEST_BODY).toString('utf8') : body,
      isCut,
      ttl: Math.ceil(toEpochMs(at) / 1000) + KEPT_SECONDS,
    });
  },
});
