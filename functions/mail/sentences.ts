/** A mail's words cut into sentences and these into clauses, ready to be compared with lists of words. */

export type Sentence = { text: string; clauses: readonly string[]; isQuestion: boolean };

const ADDRESS = /\b(?:https?:|www\.)\S*|\S+@\S+/giu;
/** A colon before a bracket is a smile, no end. */
const SMILES = /[:;]-?[)(DP]/g;

/** Small letters, plain apostrophes, no links; lines that were broken for width are joined. */
export const plainWords = (text: string): string =>
  text.normalize('NFC').replaceAll('’', "'").replace(ADDRESS, ' ').replace(SMILES, ' . ').toLowerCase();

export const sentencesOf = (text: string): Sentence[] =>
  plainWords(text)
    .split(/(?<=[.!?…])(?=\s|$)|\n\s*\n|[;¿¡]|(?<=,)\n|\n(?=[-*•]\s)/u)
    .map((part) => part.replace(/\s+/g, ' ').trim())
    .filter((part) => /[\p{L}\p{N}]/u.test(part))
    .map((part) => ({
      text: part,
      clauses: part
        .split(/[,.!?():–—]|\s-\s/u)
        .map((clause) => clause.trim())
        .filter((clause) => clause !== ''),
      isQuestion: /[?？]/u.test(part),
    }));

/** Whole words only: `rot` is not in `Brot`. */
export const anyOf = (words: string): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}])(?:${words})(?![\\p{L}\\p{N}])`, 'giu');

export const hasAny = (text: string, pattern: RegExp): boolean => {
  pattern.lastIndex = 0;
  return pattern.test(text);
};
