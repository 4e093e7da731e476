/** Answers that wait for a second sign of a person. */
import type { EntryOf } from '../core/journal.ts';
import { lastReply, type Sale } from '../core/sale.ts';

export type Said = Pick<EntryOf<'replied'>, 'reply' | 'private'>;

const textOf = ({ reply, private: personal }: Said): string =>
  JSON.stringify([
    Object.entries(reply).sort(([a], [b]) => (a < b ? -1 : 1)),
    personal?.words ?? '',
    personal?.phone ?? '',
  ]);

export const isSame = (a: Said | undefined, b: Said): boolean => a !== undefined && textOf(a) === textOf(b);

/** What was held in just these words, unless the customer has answered since. */
export const heldAs = (sale: Sale, said: Said): EntryOf<'replied'> | undefined =>
  sale.unconfirmed.findLast((held) => held.n > (lastReply(sale)?.n ?? 0) && isSame(held, said));

/** A scanner may fill in a form in a hundred ways: a few of them are evidence enough. */
const MOST_HELD = 10;

/** The same once more says nothing new, whether it is held or counts already. */
export const isWorthKeeping = (sale: Sale, said: Said): boolean =>
  sale.unconfirmed.length < MOST_HELD &&
  !isSame(lastReply(sale), said) &&
  !sale.unconfirmed.some((held) => isSame(held, said));
