/** A mail as it is filed: read, freed of keys, cut to what the journal holds. */
import type { Ids } from '../adapters/ports.ts';
import type { EntryOf } from '../core/journal.ts';
import { LONGEST_WORDS } from '../core/reply.ts';
import { headerOf, type Mail } from '../mail/mail.ts';
import { messageIdOf } from '../mail/message-ids.ts';
import { withoutKeys } from '../mail/own-keys.ts';
import { saidNow, wholeText } from '../mail/strip-quotes.ts';
import type { Arrival } from './arrivals.ts';

export type Letter = Arrival & {
  mail: Mail;
  /** The same mail delivered twice has one digest, whichever way it came. */
  digest: string;
  /** Address of the sender, lower case; empty when there is none. */
  from: string;
  subject: string;
  /** What they wrote now. */
  words: string;
  /** Nothing new could be told from the old: our own words may be among these. */
  isWhole: boolean;
  /** Everything it says, old and new. */
  whole: string;
};

const LONGEST_SUBJECT = 300;
const MOST_ATTACHMENTS = 20;

/** As many whole letters as fit. */
const cut = (text: string, bytes = LONGEST_WORDS): string => {
  if (Buffer.byteLength(text) <= bytes) return text;
  return new TextDecoder().decode(Buffer.from(text).subarray(0, bytes)).replace(/\ufffd+$/u, '');
};

const clean = (text: string): string => withoutKeys(text.replaceAll('\0', '').toWellFormed());

const identityOf = (mail: Mail, raw: Uint8Array): string => {
  const id = messageIdOf(mail);
  if (id === undefined) return Buffer.from(raw).toString('latin1');
  const date = headerOf(mail, 'date') ?? '';
  return [id, date, mail.from?.address ?? '', mail.subject, wholeText(mail)].join('\n');
};

export const letterOf = (ids: Pick<Ids, 'digest'>, arrival: Arrival, mail: Mail, raw: Uint8Array): Letter => {
  const { text, isWhole } = saidNow(mail);
  return {
    ...arrival,
    mail,
    digest: ids.digest(identityOf(mail, raw)),
    from: mail.from?.address.trim().toLowerCase() ?? '',
    subject: clean(mail.subject).replace(/\s+/g, ' ').trim().slice(0, LONGEST_SUBJECT).toWellFormed(),
    words: cut(clean(text)),
    isWhole,
    whole: wholeText(mail),
  };
};

type Kept = NonNullable<EntryOf<'wrote'>['private']> & { original: string };

const attachmentsOf = ({ attachments }: Mail) =>
  attachments.slice(0, MOST_ATTACHMENTS).map(({ name, type, bytes }) => ({
    name: clean(name ?? '')
      .slice(0, 200)
      .toWellFormed(),
    type: type.slice(0, 120),
    bytes: bytes.byteLength,
  }));

/** What the journal keeps of it; the original lies in the archive. */
export const keptOf = (letter: Letter): Kept => {
  const attachments = attachmentsOf(letter.mail);
  const messageId = messageIdOf(letter.mail);
  return {
    words: letter.words,
    ...(letter.isWhole ? { isWhole: true } : {}),
    ...(letter.subject === '' ? {} : { subject: letter.subject }),
    original: letter.key,
    ...(messageId === undefined ? {} : { messageId }),
    ...(attachments.length === 0 ? {} : { attachments }),
  };
};

/** Something to read in any case: a mail may be a picture and nothing else. */
export const spokenOf = ({ words, subject, mail }: Letter): string => {
  if (words !== '') return words;
  if (subject !== '') return subject;
  const names = mail.attachments.map(({ name, type }) => name ?? type).slice(0, MOST_ATTACHMENTS);
  return cut(clean(names.join(', '))) || '…';
};
