const OPEN = '\uE000';
const CLOSE = '\uE001';
const INERT = /\uE000([0-9a-f]*)\uE001/g;

// Line ends become \n; other control characters and the bidi overrides, which could make a mail read differently from
// what it says, are dropped.
const tidy = (value: string) =>
  value
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed here
    .replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff]/g, ' ');

/**
 * A merge value as hex between two private-use characters. Markdown has no rule for any of them, so whatever a customer
 * wrote goes through the Markdown reader untouched and comes out with `reveal`.
 */
export const inert = (value: string): string =>
  `${OPEN}${Buffer.from(tidy(value), 'utf8').toString('hex')}${CLOSE}`;

/** Puts the values back, each through `write` (an escape, or nothing). One pass: a value is never looked into again. */
export const reveal = (text: string, write: (value: string) => string): string =>
  text.replace(INERT, (_, hex: string) => write(Buffer.from(hex, 'hex').toString('utf8')));
