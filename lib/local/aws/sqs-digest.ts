/** The MD5 sums that SQS answers with and SDKs check. */
import { createHash } from 'node:crypto';
import type { MessageAttributes } from './sqs-requests.ts';

const md5 = (data: string | Buffer): string => createHash('md5').update(data).digest('hex');

export const digestOfBody = (body: string): string => md5(body);

/** Undefined when there are no attributes, as SQS then leaves the field out. */
export const digestOfAttributes = (attributes: MessageAttributes): string | undefined => {
  const names = Object.keys(attributes).toSorted();
  if (names.length === 0) return undefined;
  const parts = names.flatMap((name) => {
    const { DataType, StringValue, BinaryValue } = attributes[name] ?? { DataType: '' };
    const isBinary = DataType.startsWith('Binary');
    const value = isBinary ? Buffer.from(BinaryValue ?? '', 'base64') : Buffer.from(StringValue ?? '');
    return [sized(name), sized(DataType), Buffer.from([isBinary ? 2 : 1]), sized(value)];
  });
  return md5(Buffer.concat(parts));
};

/** A length in four bytes, big-endian, before the bytes. */
const sized = (value: string | Buffer): Buffer => {
  const bytes = Buffer.from(value);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
};
