import type { APIGatewayProxyEventV2 } from 'aws-lambda';

/** The raw bytes of a request: the gateway hands form bodies over as base64. */
export const bodyBytes = (event: Pick<APIGatewayProxyEventV2, 'body' | 'isBase64Encoded'>): Buffer =>
  Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');

/** Fields of an HTML form; also of a multipart one, as some mail programs send for one-click unsubscribe. */
export const readForm = (event: APIGatewayProxyEventV2): URLSearchParams => {
  const text = bodyBytes(event).toString('utf8');
  const boundary = /^multipart\/form-data;.*boundary="?([^";]+)"?/i.exec(
    event.headers['content-type'] ?? '',
  )?.[1];
  if (boundary === undefined) return new URLSearchParams(text);
  const fields = new URLSearchParams();
  for (const part of text.split(`--${boundary}`)) {
    const [, name, value] =
      /name="([^"]*)"[^\r\n]*\r?\n(?:[^\r\n]+\r?\n)*\r?\n([\s\S]*?)\r?\n$/.exec(part) ?? [];
    if (name !== undefined && value !== undefined) fields.append(name, value);
  }
  return fields;
};
