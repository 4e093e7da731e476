/** The links table: partition `digest` = SHA-256 of a token. A dump of it gives no working link. Expires by TTL. */
import * as z from 'zod';
import { toEpochMs } from '../core/calendar.ts';
import { Instant, SaleId } from '../core/ids.ts';
import type { LinkStore } from './ports.ts';
import type { Table } from './table.ts';

const LinkItem = z.object({
  saleId: SaleId,
  audience: z.literal(['customer', 'staff']),
  promise: z.string().optional(),
  staff: z.string().optional(),
  message: z.string().optional(),
  attempt: z.int().optional(),
  expiresAt: Instant,
});

export const createLinkStore = (table: Table): LinkStore => ({
  keep: (digest, link) => table.put({ digest, ...link, ttl: Math.ceil(toEpochMs(link.expiresAt) / 1000) }),
  find: async (digest, now) => {
    const item = await table.get({ digest });
    if (item === undefined) return undefined;
    const { promise, staff, message, attempt, ...link } = LinkItem.parse(item);
    /* TTL deletion is best effort, often days late: an expired item must read as absent. */
    if (link.expiresAt <= now) return undefined;
    return {
      ...link,
      ...(promise === undefined ? {} : { promise }),
      ...(staff === undefined ? {} : { staff }),
      ...(message === undefined ? {} : { message }),
      ...(attempt === undefined ? {} : { attempt }),
    };
  },
  drop: (digest) => table.delete({ digest }),
});
