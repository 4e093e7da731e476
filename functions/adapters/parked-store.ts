/** Events a shop signed and we did not understand: partition `source`, sort key `id`. Kept for a person to see, for a while. */
import * as z from 'zod';
import { toSeconds } from '../core/retention.ts';
import type { ParkedShelf, ParkedStore } from './forget-ports.ts';
import type { Table } from './table.ts';

const DAY_SECONDS = 86_400;
/** Bytes: an item may hold 400 kB; what is cut off is said. */
const LONGEST_BODY = 300_000;

const Parked = z.object({ id: z.string(), body: z.string() });

export const createParkedStore = (table: Table, keptDays: number): ParkedStore => ({
  park: async ({ body, at, ...event }) => {
    const bytes = Buffer.from(body);
    const isCut = bytes.length > LONGEST_BODY;
    await table.put({
      ...event,
      at,
      body: isCut ? bytes.subarray(0, LONGEST_BODY).toString('utf8') : body,
      isCut,
      ttl: toSeconds(at) + keptDays * DAY_SECONDS,
    });
  },
});

/** A body may be 300 kB: few at a time. */
const AT_ONCE = 25;

/** The same rows, for whoever looks for somebody who is to be forgotten. */
export const createParkedShelf = (table: Table): ParkedShelf => ({
  look: async (source, after) => {
    const page = await table.page({ partition: ['source', source], limit: AT_ONCE, after });
    return { items: page.items.map((item) => Parked.parse(item)), next: page.next };
  },
  drop: (source, id) => table.delete({ source, id }),
});
