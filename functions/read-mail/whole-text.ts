/** A whole mail to be read by a person: every header, every word, and what was attached. Our own keys are taken out. */
import { decodeWords } from 'postal-mime';
import { textOfHtml } from '../mail/html-text.ts';
import type { Attachment, Mail } from '../mail/mail.ts';
import { withoutKeys } from '../mail/own-keys.ts';
import { wholeText } from '../mail/strip-quotes.ts';
import type { PageWords } from '../pages/words.ts';

/** Both versions of a mail should say the same; when they do, one is enough. */
const letters = (text: string): string => text.replace(/[^\p{L}\p{N}]+/gu, '');

const formatted = ({ plain, html }: Mail, shown: string): string | undefined => {
  if (plain === undefined || html === undefined) return undefined;
  const text = textOfHtml(html).trim();
  return letters(text) === letters(shown) ? undefined : text;
};

const lineOf = ({ name, type, bytes }: Attachment, index: number): string =>
  `${index + 1}. ${name ?? '-'} (${type}, ${bytes.byteLength} bytes)`;

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

const RULE = '-'.repeat(60);

/** What the parts are called in the reader's language. */
export const wholeMailNames = (words: PageWords): { formatted: string; attached: string } => ({
  formatted: words.say('desk.mail.original.formatted'),
  attached: words.say('desk.mail.original.attached'),
});

export const wholeMail = (mail: Mail, names: ReturnType<typeof wholeMailNames>): string => {
  const head = mail.headers.map(({ name, value }) => `${name}: ${oneLine(decodeWords(value))}`).join('\n');
  const text = wholeText(mail);
  const other = formatted(mail, text);
  const parts = [
    head,
    text,
    ...(other === undefined ? [] : [`${RULE}\n${names.formatted}\n\n${other}`]),
    ...(mail.attachments.length === 0
      ? []
      : [`${RULE}\n${names.attached}\n\n${mail.attachments.map(lineOf).join('\n')}`]),
  ];
  return withoutKeys(parts.join('\n\n').toWellFormed());
};
