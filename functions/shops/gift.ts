import { plain } from '../core/desk/search-keys.ts';

const wordsOf = (name: string): string[] =>
  plain(name)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');

/** `L. Steiner` may be Lea Steiner: of two words one begins the other. */
const mayBeOneWord = (a: string, b: string): boolean => a.startsWith(b) || b.startsWith(a);

/** Two names that cannot be the same person's: what one says beside the other is another name, and not a longer or shorter one. */
export const areDifferentPeople = (one: string | undefined, other: string | undefined): boolean => {
  const [shorter = [], longer = []] = [wordsOf(one ?? ''), wordsOf(other ?? '')].sort(
    (a, b) => a.length - b.length,
  );
  if (shorter.length === 0) return false;
  return !shorter.every((word) => longer.some((known) => mayBeOneWord(word, known)));
};

/** For an optional field: left out unless it is one. */
export const giftOf = (isGift: boolean): { isGift?: true } => (isGift ? { isGift: true } : {});

/** A shop's own note about the order: `gift: yes`, `is_gift: 1`, `Gift message: All the best`. */
export const isGiftNote = (name: string | undefined, value: string | undefined): boolean =>
  name !== undefined &&
  value !== undefined &&
  /(^|[\s_-])(gift|geschenk|cadeau|regalo)/i.test(name) &&
  !/^\s*(0|no|nein|non|false|off|none)?\s*$/i.test(value);

/** A tag that says so; `gift card` names a product. */
export const isGiftTag = (tag: string): boolean =>
  /^(is[-_ ]?)?(gift|geschenk|cadeau|regalo)$/i.test(tag.trim());
