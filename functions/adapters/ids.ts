import { createHash, randomBytes } from 'node:crypto';
import type { Ids } from './ports.ts';

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';

/** 20 bytes are exactly 32 base32 letters: safe in addresses and in the local part of a mail address. */
const base32 = (bytes: Uint8Array): string => {
  let bits = 0;
  let buffer = 0;
  let text = '';
  for (const byte of bytes) {
    buffer = (buffer << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      text += BASE32[(buffer >>> (bits - 5)) & 31];
      bits -= 5;
    }
    buffer &= (1 << bits) - 1;
  }
  return text;
};

export const createIds = (): Ids => ({
  token: () => base32(randomBytes(20)),
  digest: (text) => createHash('sha256').update(text).digest('hex'),
});
