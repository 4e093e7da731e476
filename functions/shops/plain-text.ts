/** Controls (NUL among them) and the marks that turn the reading direction, which can disguise what a text says. */
const UNSEEN = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+/gu;

/** A text fit to be shown: one line, no control characters, at most `max` UTF-16 units, or undefined if nothing is left. */
export const plainText = (value: unknown, max: number): string | undefined => {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string') return undefined;
  // Cut before the replacements as well, so that a text of megabytes costs no more than a long one.
  const line = text
    .slice(0, max * 4)
    .toWellFormed()
    .replace(/[\t\r\n]/g, ' ')
    .replace(UNSEEN, '')
    .replace(/ {2,}/g, ' ')
    .trim();
  const cut = line.slice(0, max).replace(/[\ud800-\udbff]$/, '');
  return cut === '' ? undefined : cut.trimEnd();
};
