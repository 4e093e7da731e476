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

const textOf = (value: unknown): string => {
  if (value === undefined) return 'undefined';
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `#${kindOf(value)}`;
};

const partsOf = (value: object): string => {
  if (Array.isArray(value)) return `[${value.map(textOf).join(',')}]`;
  if (value instanceof Set) return `{${[...value].map(textOf).join(',')}}`;
  return Object.entries(value)
    .map(([name, part]) => `${JSON.stringify(name)}=${textOf(part)}`)
    .join(' ');
};

export const kindOf = (value: unknown): number => {
  if (typeof value !== 'object' || value === null) return numberOf(textOf(value));
  const before = known.get(value);
  if (before !== undefined) return before;
  const number = numberOf(partsOf(value));
  if (Object.isFrozen(value)) known.set(value, number);
  return number;
};
