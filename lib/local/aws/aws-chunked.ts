/** The `aws-chunked` content encoding, in which SDKs send bodies whose checksum they only know at the end. */
import { AwsError } from './aws-error.ts';
import type { AwsRequest } from './exchange.ts';

const malformed = (): never => {
  throw new AwsError('IncompleteBody', 'The request body is not whole or not in the aws-chunked encoding.');
};

const lineFrom = (body: Buffer, at: number): { line: string; next: number } => {
  const end = body.indexOf('\r\n', at);
  if (end === -1) return malformed();
  return { line: body.toString('latin1', at, end), next: end + 2 };
};

const readTrailers = (body: Buffer, from: number): Record<string, string> =>
  Object.fromEntries(
    body
      .toString('latin1', from)
      .split('\r\n')
      .filter((line) => line.includes(':'))
      .map((line) => {
        const colon = line.indexOf(':');
        return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()];
      }),
  );

const decode = (body: Buffer): { body: Buffer; trailers: Record<string, string> } => {
  const chunks: Buffer[] = [];
  let at = 0;
  for (;;) {
    const { line, next } = lineFrom(body, at);
    const [size = ''] = line.split(';');
    if (!/^[0-9a-f]+$/i.test(size)) malformed();
    const end = next + Number.parseInt(size, 16);
    if (end === next) return { body: Buffer.concat(chunks), trailers: readTrailers(body, next) };
    if (end + 2 > body.length) malformed();
    chunks.push(body.subarray(next, end));
    at = end + 2;
  }
};

export const bodyOf = ({
  headers,
  body: sent,
}: Pick<AwsRequest, 'headers' | 'body'>): { body: Buffer; trailers: Record<string, string> } => {
  const body = Buffer.isBuffer(sent) ? sent : Buffer.from(sent);
  const isChunked = headers['content-encoding']?.split(',').some((one) => one.trim() === 'aws-chunked');
  if (isChunked !== true) return { body, trailers: {} };
  const decoded = decode(body);
  const length = headers['x-amz-decoded-content-length'];
  if (length !== undefined && Number(length) !== decoded.body.length) malformed();
  return decoded;
};
