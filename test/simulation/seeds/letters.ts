/** What people find in a mail of ours: the links in it, and where their answer goes. */
import { createHash } from 'node:crypto';
import { toInstant } from '../../../functions/core/calendar.ts';
import { makeStamp } from '../../../functions/middleware/stamp.ts';

/** Soft line ends and `=` are written otherwise in quoted-printable. */
const plain = (raw: string): string => raw.replaceAll('=\r\n', '').replaceAll('=3D', '=');

/** The secret parts of its links, by the letter of the page. */
export const linksIn = (raw: string): ReadonlyMap<string, string> =>
  new Map(
    [...plain(raw).matchAll(/\/([rsup])\/([a-z2-7]{32})/g)].map(([, page, token]) => [
      page ?? '',
      token ?? '',
    ]),
  );

export const replyToIn = (raw: string): string | undefined =>
  /^Reply-To:[^<]*<([^>]+)>/m.exec(plain(raw).replaceAll('\r\n ', ' '))?.[1];

const READING_MS = 4 * 60_000;
const digests = { digest: (text: string) => createHash('sha256').update(text).digest('hex') };

/** The form of a page that somebody has read for some minutes: longer than any clock here is behind. */
export const filledIn = (token: string, at: string, form: Readonly<Record<string, string>>) => ({
  ...('List-Unsubscribe' in form
    ? {}
    : { opened: makeStamp(digests, token, toInstant(Date.parse(at) - READING_MS)) }),
  ...form,
});

/** The promise a message is about. */
export const promiseOf = (message: string): string | undefined => /^([a-z]+-\d+)\//.exec(message)?.[1];
