import { describe, expect, it } from 'vitest';
import { createIds } from '../../../functions/adapters/ids.ts';

const ids = createIds();

describe('a token', () => {
  it('is 32 letters of base32 in lower case', () => {
    for (let n = 0; n < 200; n += 1) expect(ids.token()).toMatch(/^[a-z2-7]{32}$/);
  });

  it('never comes twice', () => {
    const tokens = Array.from({ length: 5_000 }, () => ids.token());

    expect(new Set(tokens).size).toBe(tokens.length);
  });

  it('uses all 160 bits: every letter stands everywhere', () => {
    const tokens = Array.from({ length: 2_000 }, () => ids.token());

    for (let place = 0; place < 32; place += 1)
      expect(new Set(tokens.map((token) => token[place])).size).toBe(32);
  });
});

describe('a digest', () => {
  it('is SHA-256 in lower-case hex', () => {
    expect(ids.digest('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});
