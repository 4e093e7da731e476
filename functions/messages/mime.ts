import { createHash } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import { HeaderRefused } from './errors.ts';
import type { CalendarMethod } from './ics.ts';
import { addressOf } from './mail-address.ts';
import { encodeName, encodeText, quotedPrintable, refuseInjection } from './mime-encoding.ts';

type Mailbox = { name?: string | undefined; email: string };
type Calendar = { method: CalendarMethod; ics: string };

export type OutgoingMail = {
  from: Mailbox;
  to: Mailbox;
  replyTo: Mailbox;
  subject: string;
  text: string;
  html: string;
  /** When it was decided to send, ISO UTC. */
  date: string;
  /** With or without angle brackets. SES puts its own in place; this one still names the boundary. */
  messageId: string;
  headers?: Readonly<Record<string, string>>;
  /** A visit for the receiver's calendar: read by mail programs that know invitations, attached for the others. */
  calendar?: Calendar | undefined;
};

const LINE_MAX = 998;
const LINE_AIM = 78;

const mailbox = (header: string, { name, email }: Mailbox): string => {
  const address = addressOf(header, email);
  if (name === undefined || name === '') return `${header}: <${address}>`;

  const words = `${header}: ${encodeName(header, name, header.length + 2)}`;
  const lastLine = words.length - (words.lastIndexOf('\r\n') + 2);
  const gap = lastLine + address.length + 3 > LINE_AIM ? '\r\n ' : ' ';
  return `${words}${gap}<${address}>`;
};

/** Folds before a blank where the line gets longer than 78; a single long word (an address) stays whole. */
const fold = (header: string, value: string): string => {
  const lines: string[] = [];
  let line = `${header}:`;
  for (const word of value.split(' ')) {
    if (line.length + 1 + word.length > LINE_AIM && line !== `${header}:`) {
      lines.push(line);
      line = '';
    }
    line += ` ${word}`;
  }
  const folded = [...lines, line];
  if (folded.some((each) => each.length > LINE_MAX)) throw new HeaderRefused(header, 'too long for a line');
  return folded.join('\r\n');
};

const OURS = new Set([
  'from',
  'to',
  'cc',
  'bcc',
  'reply-to',
  'sender',
  'return-path',
  'subject',
  'date',
  'message-id',
  'mime-version',
  'content-type',
  'content-transfer-encoding',
]);

const extraHeader = ([header, value]: [string, string]): string => {
  if (!/^[A-Za-z][A-Za-z0-9-]{0,75}$/.test(header)) throw new HeaderRefused('headers', 'not a header name');
  if (OURS.has(header.toLowerCase())) throw new HeaderRefused(header, 'is written by the builder');
  if (!/^[!-~]+(?: [!-~]+)*$/.test(refuseInjection(header, value))) {
    throw new HeaderRefused(header, 'is not plain text');
  }
  return fold(header, value);
};

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const two = (value: number) => String(value).padStart(2, '0');

const mailDate = (iso: string): string => {
  const at = Temporal.Instant.from(iso).toZonedDateTimeISO('UTC');
  const day = `${DAYS[at.dayOfWeek - 1]}, ${at.day} ${MONTHS[at.month - 1]} ${at.year}`;
  return `${day} ${two(at.hour)}:${two(at.minute)}:${two(at.second)} +0000`;
};

const messageIdOf = (messageId: string): string => {
  const bare = messageId.replace(/^<|>$/g, '');
  if (!/^[^\s<>@]+@[^\s<>@]+$/.test(bare) || !/^[!-~]+$/.test(bare)) {
    throw new HeaderRefused('Message-ID', 'not an id');
  }
  return `<${bare}>`;
};

// "=_" cannot stand in quoted-printable text, so no body can hold the boundary whatever it says.
const boundaryOf = (messageId: string) =>
  `=_${createHash('sha256').update(messageId).digest('hex').slice(0, 32)}`;

const part = (type: string, content: string) =>
  `Content-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n${quotedPrintable(content)}\r\n`;

const calendarPart = ({ method, ics }: Calendar) => part(`text/calendar; method=${method}`, ics);

/** Base64, because a server on the way may tidy the line ends of anything else. */
const calendarFile = ({ ics }: Calendar) => {
  const lines = Buffer.from(ics, 'utf8')
    .toString('base64')
    .match(/.{1,76}/g);
  return [
    'Content-Type: application/ics; name="invite.ics"',
    'Content-Disposition: attachment; filename="invite.ics"',
    'Content-Transfer-Encoding: base64',
    '',
    ...(lines ?? []),
    '',
  ].join('\r\n');
};

/** The same words two ways, text first; where there is a visit, a third way for calendars. */
const alternatives = ({ text, html, calendar }: OutgoingMail, messageId: string): string => {
  const boundary = boundaryOf(messageId);
  return [
    `Content-Type: multipart/alternative;\r\n boundary="${boundary}"`,
    '',
    `--${boundary}`,
    `${part('text/plain', text)}--${boundary}`,
    `${part('text/html', html)}--${boundary}${calendar === undefined ? '--' : ''}`,
    ...(calendar === undefined ? [] : [`${calendarPart(calendar)}--${boundary}--`]),
    '',
  ].join('\r\n');
};

const withFile = (mail: OutgoingMail, calendar: Calendar, messageId: string): string => {
  const boundary = boundaryOf(`${messageId}/mixed`);
  return [
    `Content-Type: multipart/mixed;\r\n boundary="${boundary}"`,
    '',
    `--${boundary}`,
    `${alternatives(mail, messageId)}--${boundary}`,
    `${calendarFile(calendar)}--${boundary}--`,
    '',
  ].join('\r\n');
};

/**
 * The mail as SES SendRawEmail takes it: multipart/alternative, text first; ASCII only, CRLF, no line above 998. The same
 * input gives the same bytes. Throws `HeaderRefused` for a header that would not stay one header.
 */
export const buildMime = (mail: OutgoingMail): string => {
  const messageId = messageIdOf(mail.messageId);
  return [
    mailbox('From', mail.from),
    mailbox('To', mail.to),
    mailbox('Reply-To', mail.replyTo),
    `Subject: ${encodeText('Subject', mail.subject, 'Subject: '.length)}`,
    `Date: ${mailDate(mail.date)}`,
    `Message-ID: ${messageId}`,
    ...Object.entries(mail.headers ?? {}).map(extraHeader),
    'MIME-Version: 1.0',
    mail.calendar === undefined ? alternatives(mail, messageId) : withFile(mail, mail.calendar, messageId),
  ].join('\r\n');
};
