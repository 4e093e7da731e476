/** Reads the bytes of a mail. Never throws: of a mail that is no mail, what can be read is read. */
import PostalMime, { type Address, type Email } from 'postal-mime';
import type { Attachment, Mail, Mailbox, MailHeader } from './mail.ts';

/** What people write is shorter; what is longer is cut, so that reading it stays cheap. The original is kept whole. */
const MOST_CHARACTERS = 1_000_000;
/** A real mail nests five deep at most; each level costs the parser. */
const DEEPEST_NESTING = 50;

/** Each line that is not the code of an attachment costs the parser 50 µs; no person writes so many. */
const MOST_LINES = 30_000;
/** Attachments come in lines of 76 without a blank. */
const SHORTEST_CODE = 60;
const LINE_END = 0x0a;
const BLANK = 0x20;

/** The beginning of a mail of endless lines, every other mail whole. */
const readable = (raw: Uint8Array): Uint8Array => {
  let lines = 0;
  let begin = 0;
  let hasBlank = false;
  for (let at = 0; at < raw.length; at += 1) {
    if (raw[at] === BLANK) hasBlank = true;
    if (raw[at] !== LINE_END) continue;
    if (hasBlank || at - begin < SHORTEST_CODE) lines += 1;
    if (lines >= MOST_LINES) return raw.subarray(0, at + 1);
    begin = at + 1;
    hasBlank = false;
  }
  return raw;
};

const mailboxesOf = (address: Address): Mailbox[] =>
  address.group === undefined ? [{ name: address.name, address: address.address }] : address.group;

const senderOf = ({ from, sender }: Email): Mailbox | undefined =>
  [from, sender]
    .flatMap((address) => (address === undefined ? [] : mailboxesOf(address)))
    .find(({ address }) => address.includes('@'));

const bytesOf = (content: ArrayBuffer | Uint8Array | string): Uint8Array => {
  if (typeof content === 'string') return new TextEncoder().encode(content);
  return content instanceof Uint8Array ? content : new Uint8Array(content);
};

const attachmentsOf = (email: Email): Attachment[] =>
  email.attachments.map(({ filename, mimeType, content }) => ({
    name: filename ?? undefined,
    type: mimeType,
    bytes: bytesOf(content),
  }));

const cut = (text: string | undefined): string | undefined => text?.slice(0, MOST_CHARACTERS);

const isTooLong = (text: string | undefined): boolean => (text?.length ?? 0) > MOST_CHARACTERS;

/** The first line of a mail out of an mbox file is no header. */
const isHeader = ({ name }: MailHeader): boolean => /^[!-9;-~]+$/.test(name);

const fromEmail = (email: Email): Mail => {
  const from = senderOf(email);
  return {
    headers: email.headers.map(({ key, value }) => ({ name: key, value })).filter(isHeader),
    from,
    to: [...(email.to ?? []), ...(email.cc ?? [])].flatMap(mailboxesOf).map(({ address }) => address),
    subject: email.subject ?? '',
    plain: cut(email.text),
    html: cut(email.html),
    attachments: attachmentsOf(email),
    isBroken: from === undefined || isTooLong(email.text) || isTooLong(email.html),
  };
};

const ADDRESS = /<?([^\s<>@"(),;:]+@[^\s<>@"(),;:]+)>?/;

/** For what the parser refuses: lines up to the first empty one are headers, the rest is text. */
const fromLines = (raw: Uint8Array): Mail => {
  const whole = new TextDecoder().decode(raw.subarray(0, MOST_CHARACTERS)).replaceAll('\r\n', '\n');
  const end = whole.indexOf('\n\n');
  const head = end < 0 ? whole : whole.slice(0, end);
  const headers = head
    .replace(/\n[ \t]/g, ' ')
    .split('\n')
    .map((line) => ({ name: line.split(':', 1)[0]?.toLowerCase() ?? '', colon: line.indexOf(':'), line }))
    .filter(({ colon }) => colon > 0)
    .map(({ name, colon, line }) => ({ name, value: line.slice(colon + 1).trim() }))
    .filter(isHeader);
  const addressIn = (name: string) =>
    ADDRESS.exec(headers.find((header) => header.name === name)?.value ?? '')?.[1];
  const from = addressIn('from');
  const to = addressIn('to');
  return {
    headers,
    from: from === undefined ? undefined : { name: '', address: from },
    to: to === undefined ? [] : [to],
    subject: headers.find(({ name }) => name === 'subject')?.value ?? '',
    plain: end < 0 ? undefined : whole.slice(end + 2),
    html: undefined,
    attachments: [],
    isBroken: true,
  };
};

export const parseMail = async (raw: Uint8Array): Promise<Mail> => {
  const bytes = readable(raw);
  try {
    const options = { maxNestingDepth: DEEPEST_NESTING, forceRfc822Attachments: true };
    const mail = fromEmail(await PostalMime.parse(bytes, options));
    return bytes.length < raw.length ? { ...mail, isBroken: true } : mail;
  } catch {
    return fromLines(bytes);
  }
};
