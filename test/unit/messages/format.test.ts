import { describe, expect, it } from 'vitest';
import { formatDay, formatInstant } from '../../../functions/messages/format.ts';
import { formatWindow } from '../../../functions/messages/format-window.ts';

const AT = '2026-11-27T09:30:00.000Z';

describe('a time in words', () => {
  it.each([
    ['en', 'Europe/Berlin', 'Friday 27 November, 10:30'],
    ['en-US', 'America/New_York', 'Friday, November 27, 4:30 AM'],
    ['de', 'Europe/Berlin', 'Freitag, 27. November, 10:30 Uhr'],
    ['de-CH', 'Europe/Zurich', 'Freitag, 27. November, 10:30 Uhr'],
    ['es', 'Europe/Madrid', 'viernes 27 de noviembre a las 10:30'],
    ['es-MX', 'America/Mexico_City', 'viernes 27 de noviembre a las 3:30 a.m.'],
    ['es', 'Atlantic/South_Georgia', 'viernes 27 de noviembre a las 7:30'],
    ['fr', 'Europe/Paris', 'vendredi 27 novembre à 10h30'],
    ['fr-CA', 'America/Toronto', 'vendredi 27 novembre à 4h30'],
    ['en', 'Pacific/Auckland', 'Friday 27 November, 22:30'],
  ])('in %s, %s is %s', (locale, zone, words) => {
    expect(formatInstant(locale, zone)(AT)).toBe(words);
  });

  it('at one is said in the singular in Spanish', () => {
    expect(formatInstant('es', 'UTC')('2026-11-27T01:05:00.000Z')).toBe('viernes 27 de noviembre a la 1:05');
    expect(formatInstant('es', 'UTC')('2026-11-27T13:05:00.000Z')).toContain(' a las 13:05');
  });

  it('is the first of a month in French, and leaves out no other one', () => {
    const at = (day: string) => formatInstant('fr', 'UTC')(`2026-${day}T16:00:00.000Z`);

    expect(['12-01', '12-11', '12-21'].map(at)).toEqual([
      'mardi 1er décembre à 16h',
      'vendredi 11 décembre à 16h',
      'lundi 21 décembre à 16h',
    ]);
  });

  it("names the day of the reader's zone, not of ours", () => {
    expect(formatDay('en', 'Pacific/Kiritimati')('2026-11-27T12:00:00.000Z')).toBe('Saturday 28 November');
  });
});

describe('a window in words', () => {
  it.each([
    ['en', 'Friday 27 November, 10:30–12:00'],
    ['en-US', 'Friday, November 27, 10:30 AM–12:00 PM'],
    ['de', 'Freitag, 27. November, 10:30–12:00 Uhr'],
    ['es', 'viernes 27 de noviembre, de 10:30 a 12:00'],
    ['fr', 'vendredi 27 novembre, de 10h30 à 12h'],
    ['fr-CA', 'vendredi 27 novembre, de 10h30 à 12h'],
  ])('in %s is %s', (locale, words) => {
    expect(formatWindow(locale, 'Europe/Madrid')(AT, '2026-11-27T11:00:00.000Z')).toBe(words);
  });

  it('that ends on another day names both', () => {
    expect(formatWindow('es', 'UTC')(AT, '2026-11-28T08:00:00.000Z')).toBe(
      'viernes 27 de noviembre a las 9:30 – sábado 28 de noviembre a las 8:00',
    );
  });
});
