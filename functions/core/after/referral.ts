/** A code for a friend: for happy customers to whom nothing is owed, private, and never tied to a review. */
import type { Configuration } from '../configuration.ts';
import { hangsOnAnswer } from '../promises/promise.ts';
import { moodOf, owedFor } from '../reply.ts';
import { lastReply, openPromises, type Sale } from '../sale.ts';

/** The answer asks for nothing, and nothing is open because of one. */
export const isNothingOwed = (sale: Sale): boolean => {
  const answer = lastReply(sale);
  return (
    answer !== undefined && owedFor(answer.reply) === undefined && !openPromises(sale).some(hangsOnAnswer)
  );
};

export const mayPassOn = (sale: Sale): boolean => {
  const answer = lastReply(sale);
  if (answer === undefined || sale.isErased || sale.facts.endedBy !== undefined) return false;
  return moodOf(answer.reply) === 'delighted' && isNothingOwed(sale);
};

/** Letters and digits that nobody mistakes for each other, over the phone either. */
const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const LETTERS = 6;

/** Always the same for the same digest (hexadecimal, at least 12 digits). */
export const codeOf = (prefix: string, digest: string): string => {
  const bytes = Array.from({ length: LETTERS }, (_, index) =>
    Number.parseInt(digest.slice(index * 2, index * 2 + 2), 16),
  );
  return `${prefix}-${bytes.map((byte) => ALPHABET.charAt(byte % ALPHABET.length)).join('')}`;
};

/** Those of an order that may be a customer's, as they were handed out. */
export const passedOn = (prefix: string, codes: readonly string[]): string[] => {
  const plain = codes.map((code) => code.trim().toUpperCase());
  return [...new Set(plain.filter((code) => code.startsWith(`${prefix}-`)))];
};

const chainOf = (locale: string): string[] => [locale, locale.split('-', 1)[0] ?? locale];

/** What the friend gets, in the words of the customer's language or else of the shop's; undefined where there are none. */
export const givesIn = ({ shop }: Configuration, locale: string): string | undefined => {
  const { referral } = shop;
  if (referral === undefined) return undefined;
  return [...chainOf(locale), ...chainOf(shop.locale)]
    .map((name) => referral.gives[name])
    .find((words) => words !== undefined);
};
