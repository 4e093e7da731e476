import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countryOf, emailOf, localeOf, phoneOf } from '../../../functions/shops/contact.ts';
import { futureMoment, pastMoment } from '../../../functions/shops/moment.ts';
import { majorUnits } from '../../../functions/shops/money.ts';
import { plainText } from '../../../functions/shops/plain-text.ts';

const NOW = '2026-11-20T12:00:00.000Z';

describe('an e-mail address', () => {
  it.each([
    [' Lea.Steiner@Example.ORG ', 'Lea.Steiner@example.org'],
    ["o'neil+shop@mail.example.co", "o'neil+shop@mail.example.co"],
    ['info@käserei.example', 'info@xn--kserei-bua.example'],
    [`${'l'.repeat(64)}@example.org`, `${'l'.repeat(64)}@example.org`],
  ])('%s is kept as %s', (given, kept) => {
    expect(emailOf(given)).toBe(kept);
  });

  it.each([
    'not an address',
    'a@b',
    'a@b..c',
    'a..b@example.org',
    '.a@example.org',
    'a@@example.org',
    'a@b@example.org',
    '@example.org',
    'a@',
    'a@-x.org',
    'a@127.0.0.1',
    'a b@example.org',
    'a@exam ple.org',
    'a@example.org\r\nBcc: b@example.org',
    'a@example.org%0d%0aBcc',
    '"a"@example.org',
    'Lea <a@example.org>',
    'a@example.org, b@example.org',
    'a\0@example.org',
    'lé@example.org',
    `${'l'.repeat(65)}@example.org`,
    `a@${'example.'.repeat(40)}org`,
    '',
    null,
    42,
    { email: 'a@example.org' },
  ])('%j is left out', (given) => {
    expect(emailOf(given)).toBeUndefined();
  });

  it('can never hold what structures a header', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.emailAddress()), (given) => {
        expect(emailOf(given) ?? '').not.toMatch(/[\s\p{Cc}<>,;:()"]/u);
      }),
    );
  });
});

describe('a phone number, a language and a country', () => {
  it.each([
    [phoneOf('+41 61 555 01 20'), '+41 61 555 01 20'],
    [phoneOf('(030) 555-0180 x12'), '(030) 555-0180 x12'],
    [phoneOf('n/a'), undefined],
    [phoneOf('call me'), undefined],
    [localeOf('de_ch'), 'de-CH'],
    [localeOf('pt-BR'), 'pt-BR'],
    [localeOf('auto'), undefined],
    [localeOf('German'), undefined],
    [localeOf('en-a'), undefined],
    [countryOf('ch'), 'CH'],
    [countryOf('Switzerland'), undefined],
    [countryOf(''), undefined],
  ])('are read as %s', (read, expected) => {
    expect(read).toBe(expected);
  });
});

describe('plainText', () => {
  it.each([
    ['NUL and escapes', 'Le\0a\u001b[31m', 'Lea[31m'],
    ['line breaks', 'Lea\r\nBcc: x', 'Lea Bcc: x'],
    ['marks that turn the reading direction', 'Lea\u202egnp.exe', 'Leagnp.exe'],
    ['half of a surrogate pair', 'Lea\ud83d', 'Lea\ufffd'],
  ])('takes out %s', (_, given, kept) => {
    expect(plainText(given, 50)).toBe(kept);
  });

  it('keeps markup, templates and formulas as the text they are', () => {
    const odd = '<script>{{7*7}} =cmd|calc 👩‍🚀';

    expect(plainText(odd, 100)).toBe(odd);
  });

  it('never exceeds the maximum, splits no character and has no control character', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 60 }),
        fc.integer({ min: 1, max: 20 }),
        (given, max) => {
          const kept = plainText(given, max) ?? '';

          expect(kept.length).toBeLessThanOrEqual(max);
          expect(kept.isWellFormed()).toBe(true);
          expect(kept).not.toMatch(/\p{Cc}/u);
        },
      ),
    );
  });

  it('is undefined when nothing is left to show', () => {
    expect([plainText(' \0\u202e ', 9), plainText('', 9), plainText(null, 9), plainText({}, 9)]).toEqual(
      Array(4).fill(undefined),
    );
  });
});

describe('a moment', () => {
  it.each([
    ['with an offset', '2026-11-02T10:15:00+14:00', '2026-11-01T20:15:00.000Z'],
    ['without one, which is UTC', '2026-11-02T10:15:00', '2026-11-02T10:15:00.000Z'],
    ['in epoch seconds', 1_793_610_900, '2026-11-02T09:15:00.000Z'],
    ['at a leap second', '2016-12-31T23:59:60Z', '2016-12-31T23:59:59.000Z'],
    ['ahead of now', '2099-01-01T00:00:00Z', NOW],
    ['before 1970', '1969-12-31T23:00:00Z', undefined],
    ['that WordPress writes for none', '0000-00-00T00:00:00', undefined],
    ['in words', 'yesterday', undefined],
    ['of no value', null, undefined],
    ['in milliseconds', 1_793_610_900_000, undefined],
  ])('%s is %s', (_, given, expected) => {
    expect(pastMoment(given, NOW)).toBe(expected);
  });

  it('that is foreseen lies at most a year ahead', () => {
    expect(futureMoment('2026-11-25T17:00:00+01:00', NOW)).toBe('2026-11-25T16:00:00.000Z');
    expect(futureMoment('2099-01-01T00:00:00Z', NOW)).toBe('2027-11-20T12:00:00.000Z');
  });
});

describe('majorUnits', () => {
  it.each([
    ['4990', 'EUR', '49.90'],
    ['5', 'USD', '0.05'],
    ['0', 'CHF', '0.00'],
    ['4990', 'JPY', '4990'],
    ['4990', 'KWD', '4.990'],
    ['50000', 'UGX', '500.00'],
    ['99999999999999999901', 'EUR', '999999999999999999.01'],
  ])('writes %s %s as %s', (minor, currency, major) => {
    expect(majorUnits(minor, currency)).toBe(major);
  });
});
