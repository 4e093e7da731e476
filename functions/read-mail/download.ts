/** Hands over what a stranger sent so that a browser saves it and does nothing else with it. */
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Attachment } from '../mail/mail.ts';
import { withoutKeys } from '../mail/own-keys.ts';

/** Answers of a function may be 6 MB, and base64 makes three bytes into four. */
export const MOST_BYTES = 4_000_000;

/** Types no browser runs. Whatever else it is called, it is bytes. */
const SAFE_TYPES: ReadonlySet<string> = new Set([
  'image/jpeg',
  'image/png',
  'image/gif',
  'image/webp',
  'image/avif',
  'image/heic',
  'image/heif',
  'application/pdf',
  'text/plain',
]);

const safeType = (type: string): string => {
  const plain = type.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return SAFE_TYPES.has(plain) ? plain : 'application/octet-stream';
};

const LONGEST_NAME = 150;

/** Without folders, without what cannot be seen, and without marks that turn the reading direction to hide an ending. */
export const safeName = (name: string | undefined, n: number): string => {
  const plain = (name ?? '')
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
    .replace(/[/\\:*?"<>|%]/g, '_')
    .replace(/^[\s.]+|[\s.]+$/g, '');
  if (plain.length <= LONGEST_NAME) return plain === '' ? `attachment-${n}` : plain;
  const ending = /\.[\w-]{1,10}$/.exec(plain)?.[0] ?? '';
  return `${plain.slice(0, LONGEST_NAME - ending.length)}${ending}`.toWellFormed();
};

/** RFC 6266: both forms, for clients old and new. RFC 8187 leaves fewer letters as they are than encodeURIComponent. */
const dispositionOf = (name: string): string => {
  const plain = name.replace(/[^\w .()-]/g, '_');
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
};

/** A sandbox without anything, for whoever opens it against its disposition. */
export const strictHeaders: Record<string, string> = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'; base-uri 'none'",
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000',
  'x-robots-tag': 'noindex',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

/** A forwarded mail of ours holds the customer's keys in plain sight; byte for byte the rest stays as it is. */
const contentOf = ({ type, bytes }: Attachment): Buffer => {
  const content = Buffer.from(bytes);
  if (!/^(text|message)\//i.test(type)) return content;
  return Buffer.from(withoutKeys(content.toString('latin1')).replaceAll('…', '...'), 'latin1');
};

export const download = (attachment: Attachment, n: number): APIGatewayProxyStructuredResultV2 => ({
  statusCode: 200,
  headers: {
    ...strictHeaders,
    'content-type': safeType(attachment.type),
    'content-disposition': dispositionOf(safeName(attachment.name, n)),
  },
  body: contentOf(attachment).toString('base64'),
  isBase64Encoded: true,
});
