/**
 * Requests of other systems that were taken, in the links table under `request#<digest of the webhook id>`. Expires by
 * TTL: by then nobody sends one again.
 */
import * as z from 'zod';
import { toEpochMs } from '../core/calendar.ts';
import { Instant } from '../core/ids.ts';
import type { KnownRequest, RequestStore } from './ports.ts';
import type { Item, Table } from './table.ts';

const RequestItem = z.object({
  body: z.string(),
  at: Instant,
  expiresAt: Instant,
  progress: z
    .strictObject({ count: z.int().min(0), begun: z.array(z.string()), isDone: z.boolean() })
    .optional(),
});

const keyOf = (digest: string) => ({ digest: `request#${digest}` });
const itemOf = (digest: string, request: KnownRequest): Item => ({
  ...keyOf(digest),
  ...request,
  ttl: Math.ceil(toEpochMs(request.expiresAt) / 1000),
});

export const createRequestStore = (table: Table): RequestStore => ({
  remember: async (digest, request) => {
    /* TTL deletion is best effort, often days late: an expired item must read as absent. */
    const isNew = await table.putIf(itemOf(digest, request), {
      expression: 'attribute_not_exists(#digest) OR #expiresAt <= :now',
      names: { '#digest': 'digest', '#expiresAt': 'expiresAt' },
      values: { ':now': request.at },
    });
    const found = isNew ? undefined : await table.get(keyOf(digest));
    if (found === undefined) return request;
    const { progress, ...known } = RequestItem.parse(found);
    return { ...known, ...(progress === undefined ? {} : { progress }) };
  },
  note: (digest, request) => table.put(itemOf(digest, request)),
});
