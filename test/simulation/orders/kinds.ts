/** A number for everything that may be told apart: two values with one number are equal to the last letter. */

const numbers = new Map<string, number>();

/** The same number for the same text, as long as the process lives. */
export const numberOf = (text: string): number => {
  const known = numbers.get(text);
  if (known !== undefined) return known;
  numbers.set(text, numbers.size);
  return numbers.size - 1;
};

/** Of values that cannot change any more. */
const known = new WeakMap<object, number>();

const hasSet = (value: object): boolean => Object.values(value).some((part) => part instanceof Set);

/** Sets lie at the top of an item, nowhere else. */
export const jsonOf = (value: object): string =>
  hasSet(value)
    ? JSON.stringify(value, (_, part: unknown) => (part instanceof Set ? { set: [...part].sort() } : part))
    : JSON.stringify(value);

const textOf = (value: unknown): string => {
  if (value === undefined) return 'undefined';
  if (Array.isArray(value)) return `[${value.map(kindOf).join(',')}]`;
  return typeof value === 'object' && value !== null ? jsonOf(value) : JSON.stringify(value);
};

export const kindOf = (value: unknown): number => {
  if (typeof value !== 'object' || value === null) return numberOf(textOf(value));
  const before = known.get(value);
  if (before !== undefined) return before;
  const number = numberOf(textOf(value));
  if (Object.isFrozen(value)) known.set(value, number);
  return number;
};
