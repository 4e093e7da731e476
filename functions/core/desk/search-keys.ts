/** Under which words a sale is found: the customer's name, address and order number, as somebody says them on the phone. */
import type { SaleId } from '../ids.ts';
import type { Sale } from '../sale.ts';

/** A row of the search index. Few, small, and all of them known for a sale, so that erasing it reaches each. */
export type SearchKey = {
  partition: string;
  sort: string;
  /** Of a name: all its words, so that a second word narrows the first. */
  words?: readonly string[];
};

const MOST_WORDS = 8;
const LONGEST_WORD = 40;

const SPELLED: Record<string, string> = {
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  æ: 'ae',
  œ: 'oe',
};

/** Without case, accents and apostrophes: `Núñez O’Brien` is `nunez obrien`. */
export const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/['’`ʼ]/g, '')
    .replace(/[ßøłđðþæœ]/g, (letter) => SPELLED[letter] ?? letter);

/** The different words of a name, in its order. */
export const nameWords = (name: string): string[] => {
  const words = plain(name)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .map((word) => [...word].slice(0, LONGEST_WORD).join(''));
  return [...new Set(words)].slice(0, MOST_WORDS);
};

/** `#1001`, `1001` and `10 01` are the same number. */
export const plainNumber = (text: string): string => plain(text).replace(/[^\p{L}\p{N}]+/gu, '');

export const plainMail = (text: string): string => text.trim().toLowerCase();

/** The first two letters: enough partitions to spread the names, few enough to search by two letters. */
export const namePartition = (word: string): string => `name#${[...word].slice(0, 2).join('')}`;
export const personPartition = (digest: string): string => `person#${digest}`;
export const numberPartition = (number: string): string => `number#${number}`;

const nameKeys = (id: SaleId, name: string | undefined): SearchKey[] => {
  const words = nameWords(name ?? '');
  return words.map((word) => ({ partition: namePartition(word), sort: `${word}#${id}`, words }));
};

export const searchKeysOf = (sale: Sale, digest: (text: string) => string): SearchKey[] => {
  const { id, customer, record, facts } = sale;
  /* What somebody types as it stands in the sale's own id needs no row (search.ts in staff-desk looks there). */
  const numbers = [record.orderId, facts.order?.number ?? '']
    .map(plainNumber)
    .filter((text) => text !== '' && text !== record.orderId);
  const mail = plainMail(customer.email ?? '');
  return [
    ...nameKeys(id, customer.name ?? customer.firstName),
    ...(mail === '' ? [] : [{ partition: personPartition(digest(mail)), sort: `sale#${id}` }]),
    ...[...new Set(numbers)].map((number) => ({ partition: numberPartition(number), sort: `sale#${id}` })),
  ];
};
