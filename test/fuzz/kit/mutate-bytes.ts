/** Bytes as they should be, with up to six things about them wrong. */
import fc from 'fast-check';

type Cut = {
  at: number;
  length: number;
  to: number;
  bytes: Uint8Array;
  how: 'flip' | 'cut' | 'insert' | 'repeat';
};

const cut: fc.Arbitrary<Cut> = fc.record({
  at: fc.nat(),
  to: fc.nat(),
  length: fc.integer({ min: 1, max: 40 }),
  bytes: fc.uint8Array({ maxLength: 12 }),
  how: fc.constantFrom('flip', 'cut', 'insert', 'repeat'),
});

const cutUp = (bytes: Buffer, { at, to, length, bytes: more, how }: Cut): Buffer => {
  const place = at % (bytes.length + 1);
  const head = bytes.subarray(0, place);
  const tail = bytes.subarray(place);
  switch (how) {
    case 'flip':
      return Buffer.concat([
        head,
        tail.subarray(0, 1).map((byte) => byte ^ (1 << (to % 8))),
        tail.subarray(1),
      ]);
    case 'cut':
      return Buffer.concat([head, tail.subarray(length)]);
    case 'insert':
      return Buffer.concat([head, more, tail]);
    case 'repeat':
      return Buffer.concat([head, tail.subarray(0, length * 8), tail]);
  }
};

export const mangled = (...texts: readonly (string | Buffer)[]): fc.Arbitrary<Buffer> =>
  fc
    .tuple(fc.constantFrom(...texts), fc.array(cut, { minLength: 1, maxLength: 6 }))
    .map(([text, cuts]) => cuts.reduce(cutUp, Buffer.from(text)));
