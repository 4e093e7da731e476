import { describe, expect, it } from 'vitest';
import { formatDay, formatInstant } from '../../../functions/messages/format.ts';

const AT = '2026-11-27T09:30:00.000Z';

describe('a time in words', () => {
  it.each([
    ['en', 'Europe/Berlin', 'Friday 27 November, 10:30'],
    ['en-US', 'America/New_York', 'Friday, November 27, 4:30 AM'],
    ['de', 'Europe/Berlin', 'Freitag, 27. November, 10:30 Uhr'],
    ['de-CH', 'Europe/Zurich', 'Freitag, 27. November, 10:30 Uhr'],
    ['en', 'Pacific/Auckland', 'Friday 27 November, 22:30'],
  ])('in %s, %s is %s', (locale, zone, words) => {
    expect(formatInstant(locale, zone)(AT)).toBe(words);
  });

  it("names the day of the reader's zone, not of ours", () => {
    expect(formatDay('en', 'Pacific/Kiritimati')('2026-11-27T12:00:00.000Z')).toBe('Saturday 28 November');
  });
});
