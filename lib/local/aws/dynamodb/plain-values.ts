/** Looks through a value once: is there nothing in it that dynalite would refuse or change, and how large is it? */
import { type Item, itemSize, type Value } from 'dynalite/db/index.js';

/** Not a plain value. Whatever is added to it stays it. */
const DOUBTFUL = Number.NaN;

/** A number as DynamoDB gives it back: no sign, zero or exponent that it would drop. */
const WHOLE = /^(?:0|-?[1-9][0-9]{0,37})$/;
const DECIMAL = /^-?(?:0|[1-9][0-9]{0,16})\.[0-9]{0,18}[1-9]$/;

/** Two digits to a byte, in pairs that begin at an even exponent, and one byte for the exponent. */
const sizeOfWhole = (text: string): number => {
  if (text === '0') return 1;
  const isNegative = text.charCodeAt(0) === 45;
  const length = text.length - (isNegative ? 1 : 0);
  let end = text.length;
  while (text.charCodeAt(end - 1) === 48) end -= 1;
  const digits = end - (isNegative ? 1 : 0);
  const isPadded = digits % 2 === 0 && (length - 1) % 2 === 0;
  return 1 + Math.ceil(digits / 2) + (isPadded ? 1 : 0) + (isNegative ? 1 : 0);
};

const sizeOfNumber = (text: unknown): number => {
  if (typeof text !== 'string') return DOUBTFUL;
  if (WHOLE.test(text)) return sizeOfWhole(text);
  return DECIMAL.test(text) ? itemSize({ '': { N: text } }) : DOUBTFUL;
};

const sizeOfText = (text: unknown): number => (typeof text === 'string' ? text.length : DOUBTFUL);

const sizeOfSet = (members: unknown, sizeOf: (member: unknown) => number): number => {
  if (!Array.isArray(members) || members.length === 0) return DOUBTFUL;
  if (members.length > 1 && new Set(members).size < members.length) return DOUBTFUL;
  let size = 0;
  for (const member of members) size += sizeOf(member);
  return size;
};

const sizeOfList = (list: unknown): number => {
  if (!Array.isArray(list)) return DOUBTFUL;
  let size = 3;
  for (const value of list) size += 1 + plainSizeOfValue(value);
  return size;
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const sizeOfMap = (map: unknown): number => {
  if (!isRecord(map)) return DOUBTFUL;
  let size = 3;
  for (const name in map) {
    if (name === '__proto__') return DOUBTFUL;
    size += 1 + name.length + plainSizeOfValue(map[name]);
  }
  return size;
};

const sizeOfTyped = (type: string, held: unknown): number => {
  switch (type) {
    case 'S':
      return sizeOfText(held);
    case 'N':
      return sizeOfNumber(held);
    case 'BOOL':
      return typeof held === 'boolean' ? 1 : DOUBTFUL;
    case 'NULL':
      return held === true ? 1 : DOUBTFUL;
    case 'L':
      return sizeOfList(held);
    case 'M':
      return sizeOfMap(held);
    case 'SS':
      return sizeOfSet(held, sizeOfText);
    case 'NS':
      return sizeOfSet(held, sizeOfNumber);
    default:
      // Bytes are rare, and whether they are well written takes a while to see.
      return DOUBTFUL;
  }
};

/** Its size, NaN when dynalite should look at it. */
const plainSizeOfValue = (value: unknown): number => {
  if (!isRecord(value)) return DOUBTFUL;
  let size = DOUBTFUL;
  let isFirst = true;
  for (const type in value) {
    if (!isFirst) return DOUBTFUL;
    isFirst = false;
    size = sizeOfTyped(type, value[type]);
  }
  return size;
};

/** The size of an item, NaN when dynalite should look at it. */
export const plainSize = (item: unknown): number => {
  const size = sizeOfMap(item);
  return Number.isNaN(size) ? DOUBTFUL : sizeWithoutMap(size, item);
};

/** A map counts three bytes for itself and one for each of its names; an item does not. */
const sizeWithoutMap = (size: number, item: unknown): number => {
  let names = 0;
  for (const _ in isRecord(item) ? item : {}) names += 1;
  return size - 3 - names;
};

export const isPlainItem = (item: unknown): item is Item => !Number.isNaN(sizeOfMap(item));

export const isPlainValue = (value: unknown): value is Value => !Number.isNaN(plainSizeOfValue(value));

/** Bytes an item counts for, whatever is in it. */
export const sizeOf = (item: Item): number => {
  const size = plainSize(item);
  return Number.isNaN(size) ? itemSize(item) : size;
};
