/** What a person gets in hand who was forgotten: a number, and counts. It names nobody. */
import * as z from 'zod';
import { isPersonal } from '../erasure.ts';
import { Instant } from '../ids.ts';
import type { Entry } from '../journal.ts';
import { entriesOf } from '../journal.ts';
import { AskedBy, ReceiptNumber } from './request.ts';

const count = z.int().min(0);

export const Dropped = z.strictObject({
  sales: count,
  /** Links in mails, which lead nowhere any more. */
  links: count,
  /** Mails of theirs as they had arrived. */
  mails: count,
  /** Entries of a journal that lost names or words. */
  words: count,
  /** Webhooks of the shop that nobody had understood. */
  webhooks: count,
});
export type Dropped = z.output<typeof Dropped>;

export const NOTHING: Dropped = { sales: 0, links: 0, mails: 0, words: 0, webhooks: 0 };

export const Receipt = z.strictObject({
  number: ReceiptNumber,
  at: Instant,
  by: AskedBy,
  dropped: Dropped,
});
export type Receipt = z.output<typeof Receipt>;

export const total = (parts: readonly Dropped[]): Dropped =>
  parts.reduce(
    (sum, part) => ({
      sales: sum.sales + part.sales,
      links: sum.links + part.links,
      mails: sum.mails + part.mails,
      words: sum.words + part.words,
      webhooks: sum.webhooks + part.webhooks,
    }),
    NOTHING,
  );

/** What hangs on a journal and lies elsewhere: it must go before the journal forgets where it is. */
export type Leftovers = { links: string[]; messageIds: string[]; originals: string[] };

export const leftoversOf = (journal: readonly Entry[]): Leftovers => ({
  links: entriesOf(journal, 'claimed').flatMap(({ link }) => link ?? []),
  messageIds: entriesOf(journal, 'sent').map(({ messageId }) => messageId),
  originals: entriesOf(journal, 'wrote').flatMap((entry) => entry.private?.original ?? []),
});

/** What forgetting this sale takes away. */
export const droppedWith = (journal: readonly Entry[]): Dropped => {
  const { links, originals } = leftoversOf(journal);
  return {
    ...NOTHING,
    sales: 1,
    links: links.length,
    mails: originals.length,
    words: journal.filter(isPersonal).length,
  };
};
