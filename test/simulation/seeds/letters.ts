/** What people find in a mail of ours: the links in it, and where their answer goes. */

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

/** The promise a message is about. */
export const promiseOf = (message: string): string | undefined => /^([a-z]+-\d+)\//.exec(message)?.[1];
