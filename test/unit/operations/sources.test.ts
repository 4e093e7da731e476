import { describe, expect, it } from 'vitest';
import { toEpochMs, toInstant } from '../../../functions/core/calendar.ts';
import {
  heardAt,
  isSilent,
  type SourceSeen,
  silentFrom,
} from '../../../functions/core/operations/sources.ts';
import { at } from '../../fixtures/sales.ts';

const HOUR_MS = 3_600_000;
const plus = (instant: string, hours: number) => toInstant(toEpochMs(instant) + hours * HOUR_MS);

/** Something comes every so many hours from the 2nd on. */
const heardEvery = (hours: number, days: number): SourceSeen | undefined => {
  let seen: SourceSeen | undefined;
  for (let hour = 0; hour <= days * 24; hour += hours)
    seen = heardAt(seen, 'shop', plus(at(2, '00:00'), hour)) ?? seen;
  return seen;
};

const seenOf = (gapHours: readonly number[], more: Partial<SourceSeen> = {}): SourceSeen => ({
  source: 'shop',
  firstAt: at(2),
  lastAt: at(20),
  days: gapHours.map((gap, index) => ({
    day: at(2 + index).slice(0, 10),
    longestGapSeconds: gap * 3600,
  })),
  ...more,
});

describe('a shop that was heard of', () => {
  it('is written down once a minute at most, and never backwards', () => {
    const seen = seenOf([1]);

    expect(heardAt(seen, 'shop', at(20, '10:00:59.000'))).toBeUndefined();
    expect(heardAt(seen, 'shop', at(19))).toBeUndefined();
    expect(heardAt(seen, 'shop', at(20, '10:01:00.000'))?.lastAt).toBe(at(20, '10:01'));
  });

  it('keeps the longest gap of each of the last fourteen days', () => {
    const seen = heardEvery(6, 20);

    expect(seen?.days).toHaveLength(14);
    expect(new Set(seen?.days.map(({ longestGapSeconds }) => longestGapSeconds))).toEqual(new Set([21_600]));
    expect(seen?.days.at(-1)?.day).toBe('2026-11-22');
  });
});

describe('a shop', () => {
  it('is silent after three times the median of its longest gaps', () => {
    const seen = seenOf([2, 9, 3]);

    expect(silentFrom(seen)).toBe(plus(at(20), 9));
    expect(isSilent(seen, plus(at(20), 9))).toBe(false);
    expect(isSilent(seen, plus(at(20), 9.1))).toBe(true);
  });

  it('has the middle of both as its usual gap when the days are even', () => {
    expect(silentFrom(seenOf([2, 4]))).toBe(plus(at(20), 9));
  });

  it('that speaks every second is given three hours all the same', () => {
    expect(silentFrom(seenOf([0.1, 0.1, 0.1]))).toBe(plus(at(20), 3));
  });

  it('is not judged before three days of history', () => {
    expect(silentFrom(seenOf([2], { firstAt: at(17, '10:01') }))).toBeUndefined();
    expect(silentFrom(seenOf([2], { firstAt: at(17, '10:00') }))).toBeDefined();
    expect(isSilent(seenOf([], {}), at(30))).toBe(false);
  });
});
