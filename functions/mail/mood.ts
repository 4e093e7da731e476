/**
 * How somebody feels, when their words leave no doubt. Anything mixed, conditional, asked or long is unsure, and unsure is
 * read by a person: a wrong "happy" would leave an unhappy customer alone.
 */
import type { Rating } from '../core/reply.ts';
import { languagesOf } from './language.ts';
import { MOOD_WORDS, type MoodWords } from './mood-words.ts';
import { anyOf, hasAny, type Sentence, sentencesOf } from './sentences.ts';

export type Mood = { rating: Rating | undefined; isBlocked: boolean };

type Patterns = Record<Exclude<keyof MoodWords, 'negationAfter'>, RegExp> & { negationAfter: number };

/** In whatever language: a short mail does not show its own. */
const NEGATIONS = [
  ...Object.values(MOOD_WORDS).map(({ negation }) => negation),
  'não|non|niet|geen|nem|inte|ikke|ej|не',
].join('|');

const patternsOf = (words: MoodWords): Patterns => ({
  happy: anyOf(`${words.happy}|${words.delighted}`),
  delighted: anyOf(words.delighted),
  unhappy: anyOf(`${words.unhappy}|${words.furious}`),
  failing: anyOf(words.failing),
  furious: anyOf(words.furious),
  stuck: anyOf(words.stuck),
  very: anyOf(words.very),
  /* `n't` stands at the end of a word, `n'` at its beginning. */
  negation: new RegExp(`(?<![\\p{L}\\p{N}])(?:${NEGATIONS})(?![\\p{L}\\p{N}])|n't\\b|(?<![\\p{L}])n'`, 'giu'),
  unsure: anyOf(words.unsure),
  contrast: anyOf(words.contrast),
  negationAfter: words.negationAfter,
});

const PATTERNS = {
  en: patternsOf(MOOD_WORDS.en),
  de: patternsOf(MOOD_WORDS.de),
  es: patternsOf(MOOD_WORDS.es),
  fr: patternsOf(MOOD_WORDS.fr),
};

/** So many words before a word a negation still turns it round. */
const NEGATION_BEFORE = 4;

const lastWords = (text: string, count: number): string => text.trim().split(' ').slice(-count).join(' ');
const firstWords = (text: string, count: number): string => text.trim().split(' ').slice(0, count).join(' ');

/** 0 nothing, 1 said, 2 said strongly. */
type Signs = { happy: number; unhappy: number; isBlocked: boolean };

const isNegated = (
  clause: string,
  match: RegExpExecArray | RegExpMatchArray,
  patterns: Patterns,
): boolean => {
  const from = match.index ?? 0;
  const before = lastWords(clause.slice(0, from), NEGATION_BEFORE);
  const after = firstWords(clause.slice(from + match[0].length), patterns.negationAfter);
  return (
    hasAny(before, patterns.negation) || (patterns.negationAfter > 0 && hasAny(after, patterns.negation))
  );
};

const readClause = (clause: string, patterns: Patterns): Signs => {
  const isBlocked = hasAny(clause, patterns.stuck);
  const isFailing = hasAny(clause, patterns.failing);
  const rest = clause.replace(patterns.stuck, '~').replace(patterns.failing, '~');
  const strength = hasAny(rest, patterns.very) ? 2 : 1;
  const bad = [...rest.matchAll(patterns.unhappy)].filter((match) => !isNegated(rest, match, patterns));
  const good = [...rest.replace(patterns.unhappy, '~').matchAll(patterns.happy)];
  const cleared = rest.replace(patterns.unhappy, '~');
  const turned = good.filter((match) => isNegated(cleared, match, patterns));
  const isFurious = bad.some(([word]) => hasAny(word, patterns.furious));
  const isDelighted = good.some(([word]) => hasAny(word, patterns.delighted));
  const said = (is: boolean, isStrong: boolean) => (is ? Math.max(strength, isStrong ? 2 : 1) : 0);
  const isUnhappy = bad.length > 0;
  /* "Not very happy" is less than "very unhappy". */
  const mild = isBlocked || isFailing || turned.length > 0 ? 1 : 0;
  return {
    happy: said(good.length > turned.length, isDelighted),
    unhappy: Math.max(said(isUnhappy, isFurious), mild),
    isBlocked,
  };
};

const NOTHING: Signs = { happy: 0, unhappy: 0, isBlocked: false };

const readSentence = ({ text, clauses, isQuestion }: Sentence, patterns: Patterns): Signs => {
  if (isQuestion || hasAny(text, patterns.unsure)) return NOTHING;
  return clauses
    .map((clause) => readClause(clause, patterns))
    .reduce(
      (all, one) => ({
        happy: Math.max(all.happy, one.happy),
        unhappy: Math.max(all.unhappy, one.unhappy),
        isBlocked: all.isBlocked || one.isBlocked,
      }),
      NOTHING,
    );
};

/** In a long mail one good word says little. */
const MOST_WORDS = 120;
const MOST_CHARACTERS = 4_000;

const UNSURE: Mood = { rating: undefined, isBlocked: false };

export const readMood = (said: string): Mood => {
  if (said.length > MOST_CHARACTERS) return UNSURE;
  const sentences = sentencesOf(said);
  const patterns = languagesOf(said).map((language) => PATTERNS[language]);
  const signs = patterns.flatMap((one) => sentences.map((sentence) => readSentence(sentence, one)));
  const happy = Math.max(0, ...signs.map((sign) => sign.happy));
  const unhappy = Math.max(0, ...signs.map((sign) => sign.unhappy));
  if (unhappy > 0 && happy === 0)
    return { rating: unhappy === 2 ? 1 : 2, isBlocked: signs.some(({ isBlocked }) => isBlocked) };
  const hasContrast = sentences.some(({ text }) => patterns.some(({ contrast }) => hasAny(text, contrast)));
  const isLong = said.split(/\s+/).length > MOST_WORDS;
  if (happy === 0 || unhappy > 0 || hasContrast || isLong) return UNSURE;
  return { rating: happy === 2 ? 5 : 4, isBlocked: false };
};
