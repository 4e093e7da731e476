import { gzipSync } from 'node:zlib';
import type { IntakeMessage } from '../core/intake.ts';

/** Below SQS's 256 KiB with room for the envelope; larger bodies are compressed. */
const PLAIN_BYTES = 180_000;

/** A body as it travels through the intake queue. */
export const packed = (bytes: Buffer): Pick<IntakeMessage, 'body' | 'encoding'> =>
  bytes.length <= PLAIN_BYTES
    ? { body: bytes.toString('utf8'), encoding: 'text' }
    : { body: gzipSync(bytes).toString('base64'), encoding: 'gzip' };
