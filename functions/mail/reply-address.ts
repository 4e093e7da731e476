/** The keys in the addresses a mail was sent to: `r+<token>@…` answers, `u+<token>@…` stops. */
import { headersNamed, type Mail } from './mail.ts';

export type MailKey = { purpose: 'answer' | 'stop'; token: string };

/** Where servers on the way note the address they delivered to; first what the person wrote is asked, then these. */
const ENVELOPE = [
  'delivered-to',
  'x-original-to',
  'envelope-to',
  'x-envelope-to',
  'x-forwarded-to',
  'resent-to',
];

/** `@` of the address, `=` where a forwarder wrote it into its own; upper case as some servers make it. */
const KEY = /(?:^|[^a-z0-9])([ru])(?:\+|%2b)([a-z2-7]{32})(?=@|=|%40)/gi;

const keysOfText = (text: string): MailKey[] =>
  [...text.matchAll(KEY)].flatMap(([, purpose, token]) =>
    purpose === undefined || token === undefined
      ? []
      : [{ purpose: purpose.toLowerCase() === 'u' ? 'stop' : 'answer', token: token.toLowerCase() } as const],
  );

/** Someone who writes to five hundred addresses has not answered us five hundred times. */
const MOST_KEYS = 5;

const different = (keys: readonly MailKey[]): MailKey[] =>
  keys
    .filter((key, index) => keys.findIndex(({ token }) => token === key.token) === index)
    .slice(0, MOST_KEYS);

/** The mail's recipients, then the servers' notes, then the `for <…>` of its way. */
export const keysOf = (mail: Mail): MailKey[] =>
  different(
    [
      ...mail.to,
      ...['to', 'cc', ...ENVELOPE].flatMap((name) => headersNamed(mail, name)),
      ...headersNamed(mail, 'received').map((value) => /\bfor\s+(<?[^\s;>]+>?)/i.exec(value)?.[1] ?? ''),
    ].flatMap(keysOfText),
  );

/** Keys that stand in a report about our mail: it quotes our headers. */
export const keysQuoted = (text: string): MailKey[] => different(keysOfText(text));
