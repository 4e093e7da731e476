/** Turns MIME into what the mailbox shows. */
import PostalMime, { type Address } from 'postal-mime';

export type Mail = {
  id: string;
  direction: 'in' | 'out';
  /** Bare addresses: the first recipient and the sender. */
  to: string;
  from: string;
  fromName: string;
  recipients: string[];
  replyTo: string;
  subject: string;
  text: string;
  html: string;
  /** By lower-case name; a field that occurs several times is joined by ", ". */
  headers: Record<string, string>;
  /** Every http(s) URL of text and HTML, in order, each once. */
  links: string[];
  /** ISO 8601 in UTC. */
  at: string;
};

export const readMail = async (
  {
    id,
    direction,
    at,
    recipients,
  }: { id: string; direction: 'in' | 'out'; at: number; recipients: readonly string[] },
  raw: Buffer,
): Promise<Mail> => {
  const parsed = await PostalMime.parse(raw);
  const text = parsed.text ?? '';
  const html = parsed.html ?? '';
  const headers = new Map<string, string>();
  for (const { key, value } of parsed.headers) {
    const earlier = headers.get(key);
    headers.set(key, earlier === undefined ? value : `${earlier}, ${value}`);
  }
  return {
    id,
    direction,
    to: recipients[0] ?? '',
    from: parsed.from?.address ?? '',
    fromName: parsed.from?.name ?? '',
    recipients: [...recipients],
    replyTo: firstAddress(parsed.replyTo),
    subject: parsed.subject ?? '',
    text,
    html,
    headers: Object.fromEntries(headers),
    links: [...new Set([...urlsIn(text), ...urlsIn(unescapeHtml(html))])],
    at: new Date(at).toISOString(),
  };
};

const firstAddress = (addresses: readonly Address[] = []): string => addresses[0]?.address ?? '';

/** Punctuation at the end belongs to the sentence, not to the URL. */
const urlsIn = (text: string): string[] =>
  [...text.matchAll(/https?:\/\/[^\s"'<>()[\]]+/g)].map(([url]) => url.replace(/[.,;:!?]+$/, ''));

const unescapeHtml = (html: string): string =>
  html.replaceAll('&#x2F;', '/').replaceAll('&#x3D;', '=').replaceAll('&#38;', '&').replaceAll('&amp;', '&');
