/** Discount codes as shops name them: no blanks around, none twice, and left out where there are none. */
import { plainText } from './plain-text.ts';

const MOST = 20;

export const codesOf = (codes: readonly (string | undefined)[]): { codes?: string[] } => {
  const known = new Set(codes.flatMap((code) => plainText(code, 100) ?? []));
  return known.size === 0 ? {} : { codes: [...known].slice(0, MOST) };
};
