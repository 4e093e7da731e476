import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { utcMs, utcText } from '../../../functions/core/utc.ts';

const ofTemporal = (ms: number) =>
  Temporal.Instant.fromEpochMilliseconds(ms).toString({ smallestUnit: 'millisecond' });

const msOfTemporal = (text: string): number | undefined => {
  try {
    return Temporal.Instant.from(text).epochMilliseconds;
  } catch {
    return undefined;
  }
};

const anyMs = fc.integer({ min: -8.64e15, max: 8.64e15 });
const ourMs = fc.integer({ min: 0, max: 253_402_300_799_999 });
const digits = (most: number, length: number) =>
  fc.nat(most).map((number) => String(number).padStart(length, '0'));

/** In our form, with days and hours that some months and no clock have. */
const nearlyOurs = fc
  .tuple(
    digits(9999, 4),
    digits(13, 2),
    digits(32, 2),
    digits(25, 2),
    digits(61, 2),
    digits(61, 2),
    digits(999, 3),
  )
  .map(
    ([year, month, day, hour, minute, second, ms]) =>
      `${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}Z`,
  );

describe('instants without Temporal', () => {
  it('read as Temporal writes them', () => {
    fc.assert(
      fc.property(anyMs, (ms) => {
        expect(utcText(ms)).toBe(ofTemporal(ms));
      }),
    );
  });

  it('come back as they went', () => {
    fc.assert(
      fc.property(ourMs, (ms) => {
        expect(utcMs(utcText(ms))).toBe(ms);
      }),
    );
  });

  it('are never read otherwise than Temporal reads them', () => {
    fc.assert(
      fc.property(nearlyOurs, (text) => {
        const ms = utcMs(text);
        if (ms !== undefined) expect(ms).toBe(msOfTemporal(text));
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    '2026-02-30T00:00:00.000Z',
    '2026-06-31T00:00:00.000Z',
    '2026-01-01T24:00:00.000Z',
    '2026-12-31T23:59:60.000Z',
    '2026-01-01T00:00:00Z',
    '2026-01-01T00:00:00.000+01:00',
    '2026-01-01',
    '',
  ])('leave %j to Temporal', (text) => {
    expect(utcMs(text)).toBeUndefined();
  });

  it('are refused beyond what a calendar holds', () => {
    expect(() => utcText(Number.NaN)).toThrow(RangeError);
    expect(() => utcText(8.64e15 + 1)).toThrow(RangeError);
  });
});
