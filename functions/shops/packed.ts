import { gzipSync } from 'node:zlib';
import type { IntakeMessage } from '../core/intake.ts';

/** What SQS takes, with room for the envelope, which carries what headers say. Quotes and backslashes count twice: the envelope is JSON itself. */
const MOST_BYTES = 262_144 - 24_576;
const PLAIN_BYTES = 180_000;
/** JSON may hold them, a queue message may not. */
const UNSENDABLE = /[\uFFFE\uFFFF]/;

type Packed = Pick<IntakeMessage, 'body' | 'encoding'>;

const isPlain = (text: string): boolean =>
  !UNSENDABLE.test(text) && Buffer.byteLength(JSON.stringify(text)) <= MOST_BYTES;

/** A body as it travels through the intake queue; undefined when it is too large for it even when compressed. */
export const packed = (bytes: Buffer): Packed | undefined => {
  if (bytes.length <= PLAIN_BYTES) {
    const text = bytes.toString('utf8');
    if (isPlain(text)) return { body: text, encoding: 'text' };
  }
  const body = gzipSync(bytes).toString('base64');
  return body.length <= MOST_BYTES ? { body, encoding: 'gzip' } : undefined;
};
