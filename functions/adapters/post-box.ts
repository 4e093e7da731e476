/** Mails for a person to sort; in the parked table under one partition. Kept as long as the mails themselves. */
import * as z from 'zod';
import { toEpochMs } from '../core/calendar.ts';
import { Instant, SaleId } from '../core/ids.ts';
import type { PostBox, UnsortedMail } from './mail-ports.ts';
import type { Table } from './table.ts';

const PARTITION = 'mail-to-sort';

const MailItem = z.object({
  id: z.string(),
  at: Instant,
  reason: z.literal(['unknown', 'quarantined', 'not-theirs']),
  detail: z.string().optional(),
  from: z.string(),
  subject: z.string(),
  words: z.string(),
  isWhole: z.literal(true).optional(),
  attachments: z.array(z.object({ name: z.string(), type: z.string(), bytes: z.int() })).optional(),
  messageId: z.string().optional(),
  original: z.string(),
  suggestions: z.array(SaleId),
});

const mailOf = (item: unknown): UnsortedMail => {
  const { detail, ...mail } = MailItem.parse(item);
  return { ...mail, ...(detail === undefined ? {} : { detail }) };
};

export const createPostBox = (table: Table, keptDays: number): PostBox => ({
  keep: (mail) =>
    table.put({ source: PARTITION, ...mail, ttl: Math.ceil(toEpochMs(mail.at) / 1000) + keptDays * 86_400 }),
  list: async ({ limit, after }) => {
    const page = await table.page({ partition: ['source', PARTITION], limit, after, isBackwards: true });
    return { items: page.items.map(mailOf), next: page.next };
  },
  count: async (most) => {
    let count = 0;
    let after: string | undefined;
    do {
      const limit = most - count;
      const page = await table.page({ partition: ['source', PARTITION], only: 'id', limit, after });
      count += page.items.length;
      after = page.next;
    } while (after !== undefined && count < most);
    return count;
  },
  find: async (id) => {
    const item = await table.get({ source: PARTITION, id });
    return item === undefined ? undefined : mailOf(item);
  },
  drop: (id) => table.delete({ source: PARTITION, id }),
});
