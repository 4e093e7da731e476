import { createHash, createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Sha256 } from '../../../functions/adapters/sha256.ts';

const bytes = fc.uint8Array({ maxLength: 200 });
const pieces = fc.array(fc.oneof(bytes, fc.string()), { maxLength: 4 });
const hex = (data: Uint8Array) => Buffer.from(data).toString('hex');

const digestOf = async (parts: readonly (Uint8Array | string)[], secret?: Uint8Array | string) => {
  const hash = new Sha256(secret);
  for (const part of parts) hash.update(part);
  return hex(await hash.digest());
};

describe('the hash that signs calls to AWS', () => {
  it('is SHA-256, in however many pieces it comes', async () => {
    await fc.assert(
      fc.asyncProperty(pieces, async (parts) => {
        const expected = createHash('sha256');
        for (const part of parts) expected.update(part);

        expect(await digestOf(parts)).toBe(expected.digest('hex'));
      }),
    );
  });

  it('is HMAC with a key of any length', async () => {
    await fc.assert(
      fc.asyncProperty(pieces, fc.oneof(bytes, fc.string()), async (parts, secret) => {
        const expected = createHmac('sha256', secret);
        for (const part of parts) expected.update(part);

        expect(await digestOf(parts, secret)).toBe(expected.digest('hex'));
      }),
    );
  });

  it('takes a buffer without a view, and begins anew after a reset', async () => {
    const hash = new Sha256(new Uint8Array([1, 2]).buffer);
    hash.update('what was before');
    hash.reset();
    hash.update(new Uint8Array([3]).buffer);

    expect(hex(await hash.digest())).toBe(
      createHmac('sha256', Buffer.from([1, 2]))
        .update(Buffer.from([3]))
        .digest('hex'),
    );
  });
});
