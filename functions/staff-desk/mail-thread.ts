/** What was written to and fro about a sale, as the journal tells it. */
import type { Entry, EntryOf } from '../core/journal.ts';
import type { Sale } from '../core/sale.ts';
import { memberOf } from '../core/staff.ts';
import type { ThreadLine, ThreadView } from '../pages/desk/mail-thread.ts';
import type { AtDesk } from './at-desk.ts';
import { attachmentViews, saleMailHref, wholeHref } from './mail-links.ts';

/** What a page can hold; everything is in the story. */
const MOST_SHOWN = 20;
/** Longer ones are read as a whole mail. */
const MOST_LETTERS = 1500;

const beginning = (text: string | undefined): string | undefined =>
  text === undefined || text.length <= MOST_LETTERS
    ? text
    : `${text.slice(0, MOST_LETTERS).toWellFormed().trimEnd()} …`;

const theirs = ({ when }: AtDesk, sale: Sale, wrote: EntryOf<'wrote'>): ThreadLine => {
  const kept = wrote.private;
  const original = saleMailHref(sale.id, wrote.mail);
  return {
    kind: 'theirs',
    at: when(wrote.at),
    as: wrote.as,
    isFromOther: wrote.isFromOther === true,
    subject: kept?.subject,
    words: beginning(kept?.words),
    whole: kept?.original === undefined ? undefined : wholeHref(original),
    attachments: attachmentViews(original, kept?.attachments),
  };
};

const lineOf = (at: AtDesk, sale: Sale, entry: Entry): ThreadLine[] => {
  const { config } = at.ports.settings;
  const ours = (by: string, words: string | undefined): ThreadLine[] => [
    { kind: 'ours', at: at.when(entry.at), name: memberOf(config, by)?.name ?? by, words },
  ];
  switch (entry.type) {
    case 'wrote':
      return [theirs(at, sale, entry)];
    case 'told':
      return ours(entry.by, entry.private?.words);
    case 'proposed':
      return entry.via === undefined ? [] : ours(entry.by, entry.private?.what);
    default:
      return [];
  }
};

export const threadView = (at: AtDesk, sale: Sale): ThreadView => {
  const lines = sale.journal.flatMap((entry) => lineOf(at, sale, entry));
  return { lines: lines.slice(-MOST_SHOWN), earlier: Math.max(0, lines.length - MOST_SHOWN) };
};
