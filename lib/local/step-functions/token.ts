/**
 * Task tokens name the thread and the attempt they were made for and carry a seal, so none is stored: one that was
 * never given out is told from one that came too late, even years after.
 */
import { hash, timingSafeEqual } from 'node:crypto';

export type TokenRef = { execution: number; ordinal: number; event: number };

export type Tokens = {
  make(ref: TokenRef): string;
  /** Undefined for anything this runtime did not make. */
  read(token: string): TokenRef | undefined;
};

const BODY = 16;
const SEAL = 16;
const PREFIX = 'AQ';

export const createTokens = (key: Uint8Array): Tokens => {
  // Key and body have fixed lengths and half the digest is kept, so a plain hash seals as well as an HMAC, for a tenth of the time.
  const seal = (body: Buffer) => hash('sha256', Buffer.concat([key, body]), 'buffer').subarray(0, SEAL);
  return {
    make: ({ execution, ordinal, event }) => {
      const body = Buffer.alloc(BODY);
      body.writeUIntBE(execution, 0, 6);
      body.writeUInt32BE(ordinal, 6);
      body.writeUIntBE(event, 10, 6);
      return PREFIX + Buffer.concat([body, seal(body)]).toString('base64url');
    },
    read: (token) => {
      const bytes = Buffer.from(token.slice(PREFIX.length), 'base64url');
      if (!token.startsWith(PREFIX) || bytes.length !== BODY + SEAL) return undefined;
      const body = bytes.subarray(0, BODY);
      if (!timingSafeEqual(seal(body), bytes.subarray(BODY))) return undefined;
      return {
        execution: body.readUIntBE(0, 6),
        ordinal: body.readUInt32BE(6),
        event: body.readUIntBE(10, 6),
      };
    },
  };
};
