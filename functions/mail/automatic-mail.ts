/**
 * Whether a person wrote a mail. Headers decide, in the order of how sure they are (RFC 3464, RFC 3834, what mail programs
 * write on top of these); a subject decides last, and the text never. Automatic mail is noted and never answered.
 */
import { isAbsenceNote, isAutomaticSubject } from './absence-words.ts';
import { headerOf, headersNamed, type Mail } from './mail.ts';

export type MailKind = 'person' | 'out-of-office' | 'report' | 'list' | 'loop' | 'automatic';

export type Origin = {
  kind: MailKind;
  /** Which sign decided, as `auto-submitted`. */
  evidence: string;
};

/** What our own mails are known by. */
export type OwnMail = {
  /** The address mails are sent from. */
  mailFrom: string;
  /** The domain that replies come in to, when there is one. */
  replyDomain?: string | undefined;
};

type Asked = { mail: Mail; text: string; own: OwnMail };
type Rule = (asked: Asked) => Origin | undefined;

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase();
const wordOf = (mail: Mail, name: string): string => (headerOf(mail, name) ?? '').trim().toLowerCase();

const loop: Rule = ({ mail, own }) => {
  const ourHeader = mail.headers.find(({ name }) => name.startsWith('x-aftercare-'));
  if (ourHeader !== undefined) return { kind: 'loop', evidence: ourHeader.name };
  const from = mail.from?.address.toLowerCase() ?? '';
  const isOurs = from === own.mailFrom.toLowerCase() || domainOf(from) === own.replyDomain?.toLowerCase();
  return isOurs ? { kind: 'loop', evidence: 'from' } : undefined;
};

const REPORT_PARTS = new Set([
  'message/delivery-status',
  'message/global-delivery-status',
  'message/disposition-notification',
  'message/feedback-report',
]);

const reportParts: Rule = ({ mail }) => {
  const type = wordOf(mail, 'content-type');
  const isReport =
    type.startsWith('multipart/report') || mail.attachments.some((part) => REPORT_PARTS.has(part.type));
  return isReport ? { kind: 'report', evidence: 'multipart/report' } : undefined;
};

/** Only what a mail server writes: "delivery failed" may be a customer's word for a parcel. */
const SERVER_SUBJECT =
  /^\W*(?:undeliverable(?: mail|:)|undelivered mail|mail delivery (?:failed|failure|system|status)|delivery status notification|returned mail\b|failure notice\s*$|non[- ]?delivery (?:report|notification)|mail system error|warning: (?:could not send|message .{1,60} delayed)|unzustellbar:|unzustellbare nachricht|échec de remise|non remis\s*:|no se puede entregar:|mancata consegna|onbestelbaar:|não entregue:|niedostarczone:|complaint about message from \d)/iu;
const MACHINE = /^[<\s]*(?:mailer-?daemon|mail-?daemon|mmdf|double-bounce|mail delivery (?:sub)?system)\b/i;
const REPORT_HEADERS = [
  'x-failed-recipients',
  'x-ms-embedded-report',
  'x-mailer-daemon-error',
  'x-mailer-daemon-recipients',
];

/** Of a report without these parts: the names that mail servers give themselves, and what they write above. */
const isReportInWords = (mail: Mail): boolean => {
  if (REPORT_HEADERS.some((name) => headerOf(mail, name) !== undefined)) return true;
  const senders = [mail.from?.address ?? '', mail.from?.name ?? '', headerOf(mail, 'return-path') ?? ''];
  return senders.some((sender) => MACHINE.test(sender)) || SERVER_SUBJECT.test(mail.subject.slice(0, 200));
};

/** A postmaster is a machine when a server may answer them and nobody else does. */
const isPostmaster = (mail: Mail): boolean => /^postmaster@/i.test(mail.from?.address ?? '');

const isAbsence = ({ mail, text }: Asked): boolean => isAbsenceNote(mail.subject, text);

/** What kind of machine it was, once it is known to be one. */
const machine = (asked: Asked, evidence: string): Origin => {
  if (isReportInWords(asked.mail) || isPostmaster(asked.mail)) return { kind: 'report', evidence };
  return { kind: isAbsence(asked) ? 'out-of-office' : 'automatic', evidence };
};

/** A mail to which no answer may come: RFC 5321's empty return path, which servers spell in several ways. */
const nullReturnPath: Rule = (asked) => {
  const paths = ['return-path', 'x-envelope-from'].flatMap((name) => headersNamed(asked.mail, name));
  const top = paths[0]?.trim();
  return top === '<>' || top === '' ? machine(asked, 'return-path') : undefined;
};

const reportWords: Rule = ({ mail }) =>
  isReportInWords(mail) ? { kind: 'report', evidence: 'mail server' } : undefined;

/** `no` may carry a comment or parameters (RFC 3834). */
const autoSubmitted: Rule = (asked) => {
  const value = wordOf(asked.mail, 'auto-submitted');
  return value === '' || /^no\b/.test(value) ? undefined : machine(asked, 'auto-submitted');
};

const REPLY_HEADERS = [
  'x-autoreply',
  'x-auto-reply',
  'x-autorespond',
  'x-auto-respond',
  'x-autoresponder',
  'x-autoreply-from',
  'x-mail-autoreply',
  'x-vacation',
  'x-apple-action',
  'x-facebook-notify',
  'feedback-id',
];

const replyHeaders: Rule = (asked) => {
  const name = REPLY_HEADERS.find((one) => {
    const value = wordOf(asked.mail, one);
    return value !== '' && value !== 'no' && value !== 'none';
  });
  return name === undefined ? undefined : machine(asked, name);
};

/** `X-Auto-Response-Suppress` alone is on many mails people write with Outlook; with the other one it is Exchange's own. */
const exchange: Rule = (asked) => {
  const isSuppressing = /\b(?:all|oof|autoreply)\b/.test(wordOf(asked.mail, 'x-auto-response-suppress'));
  const isByRule = headerOf(asked.mail, 'x-ms-exchange-inbox-rules-loop') !== undefined;
  return isSuppressing && isByRule ? machine(asked, 'x-ms-exchange-inbox-rules-loop') : undefined;
};

const LIST_HEADERS = ['list-id', 'list-post', 'list-unsubscribe', 'list-unsubscribe-post', 'x-mailing-list'];

const list: Rule = ({ mail }) => {
  const name = LIST_HEADERS.find((one) => headerOf(mail, one) !== undefined);
  return name === undefined ? undefined : { kind: 'list', evidence: name };
};

const precedence: Rule = (asked) =>
  /^(?:auto_reply|bulk|junk|list)\b/.test(wordOf(asked.mail, 'precedence'))
    ? machine(asked, 'precedence')
    : undefined;

const subject: Rule = ({ mail }) =>
  isAutomaticSubject(mail.subject) ? { kind: 'out-of-office', evidence: 'subject' } : undefined;

const RULES: readonly Rule[] = [
  loop,
  reportParts,
  nullReturnPath,
  autoSubmitted,
  replyHeaders,
  exchange,
  list,
  precedence,
  reportWords,
  subject,
];

/** `text` is what the mail says, as far as it is known. */
export const originOf = (mail: Mail, text: string, own: OwnMail): Origin => {
  for (const rule of RULES) {
    const origin = rule({ mail, text, own });
    if (origin !== undefined) return origin;
  }
  return { kind: 'person', evidence: 'nothing speaks against it' };
};
