/** Values that have broken programs before, wherever a text, a number, a time or an id was expected. */
import fc from 'fast-check';

const MARKUP = '<script>alert(1)</script>';
const DEEP = Array.from({ length: 60 }).reduce<unknown>((inner) => [inner], 'deep');

const TEXTS = [
  '',
  ' ',
  '\0',
  'a\0b',
  'line\r\nBcc: everybody@example.org\r\n\r\nbody',
  MARKUP,
  '"><img src=x onerror=alert(1)>',
  "' OR 1=1 --",
  '{{ 7 | times: 7 }}{% assign x = 1 %}',
  '$\u007bjndi:ldap://x}',
  '=cmd|calc',
  '\u202Egnp.exe',
  '👩‍👩‍👧‍👦🏳️‍🌈',
  'Z̴̧a̷l̶g̸o̵',
  '\uFFFE\uFFFF',
  '\uD800',
  'x'.repeat(10_000),
  'null',
  'undefined',
  '__proto__',
  'constructor',
  'toString',
  '../../etc/passwd',
  '%00%ff%zz',
  'a@b',
  'not an address',
  `${'a'.repeat(300)}@example.org`,
  'a@example.org\r\nBcc: b@example.org',
  'lea@exämple.org',
];
const NUMBERS_AS_TEXT = ['0', '-1', '1e400', 'NaN', '1.7976931348623157e309', '٣', '0x10', '1,234.50', '-0'];
const NUMBERS = [0, -0, -1, 1.5, 2 ** 31, 2 ** 53, -(2 ** 53), 1e21, 1e308, 5e-324];
const TIMES = [
  '1970-01-01T00:00:00Z',
  '0000-00-00 00:00:00',
  '2099-12-31T23:59:59Z',
  '2026-02-30T10:00:00Z',
  '2016-12-31T23:59:60Z',
  '2026-11-02T10:15:00+14:00',
  '+275760-09-13T00:00:00Z',
  '-271821-04-20T00:00:00Z',
  'yesterday',
  '2026-11-02',
];
const IDS = [
  '9007199254740993',
  '123456789012345678901234567890',
  'a/b',
  'a#b',
  '..',
  'entry#x',
  'é'.normalize('NFD'),
];

export const nastyText = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...TEXTS, ...NUMBERS_AS_TEXT, ...TIMES, ...IDS) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
);

/** Any JSON value; functions make new ones, so that no run changes what another sees. */
export const nastyValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: nastyText },
  { weight: 2, arbitrary: fc.constantFrom(...NUMBERS) },
  {
    weight: 3,
    arbitrary: fc.constantFrom<unknown>(null, true, false, [], {}, [null], [[]], { id: null }, DEEP, [
      'x',
      1,
      null,
    ]),
  },
  { weight: 1, arbitrary: fc.json({ maxDepth: 3 }).map((text): unknown => JSON.parse(text)) },
);
