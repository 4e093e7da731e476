import type { APIGatewayProxyEventV2 } from 'aws-lambda';

/** The raw bytes of a request: the gateway hands form bodies over as base64. */
export const bodyBytes = (event: Pick<APIGatewayProxyEventV2, 'body' | 'isBase64Encoded'>): Buffer =>
  Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');

/**
 * Far more than any field takes. What was typed is shown again when it is too long, and a sign may be six bytes there:
 * a longer answer than 6 MB no Lambda can give.
 */
const MOST_BYTES = 524_288;

/** Name and value of one part; looked through once, from front to back, however it is made. */
const fieldOf = (part: string): [string, string] | undefined => {
  const gap = /\r?\n\r?\n/.exec(part);
  const end = /\r?\n$/.exec(part.slice(-2));
  if (gap === null || end === null) return undefined;
  const name = /name="([^"]*)"/.exec(part.slice(0, gap.index))?.[1];
  return name === undefined
    ? undefined
    : [name, part.slice(gap.index + gap[0].length, part.length - end[0].length)];
};

/** Fields of an HTML form; also of a multipart one, as some mail programs send for one-click unsubscribe. */
export const readForm = (event: APIGatewayProxyEventV2): URLSearchParams => {
  const text = bodyBytes(event).subarray(0, MOST_BYTES).toString('utf8');
  const boundary = /^multipart\/form-data;.*boundary="?([^";]+)"?/i.exec(
    event.headers['content-type'] ?? '',
  )?.[1];
  if (boundary === undefined) return new URLSearchParams(text);
  return new URLSearchParams(
    text.split(`--${boundary}`).flatMap((part) => {
      const field = fieldOf(part);
      return field === undefined ? [] : [field];
    }),
  );
};
