const sentencesOf = (text: string) => text.match(/[^.?!…]+[.?!…]+/gu) ?? [];
const wordsOf = (text: string) => text.match(/[\p{L}\p{M}'’]+/gu) ?? [];

const syllablesIn = (word: string, locale: string): number => {
  const plain = word.normalize('NFC').toLowerCase();
  const spoken = locale === 'en' ? plain.replace(/(?<=[^aeiouyl].*)e$/, '') : plain;
  const vowels = locale === 'en' ? /[aeiouy]+/g : /[aeiouyäöü]{1,2}/g;
  return Math.max(1, spoken.match(vowels)?.length ?? 1);
};

const share = (part: number, whole: number) => (100 * part) / whole;

/** Flesch-Kincaid (Kincaid et al. 1975) for English, first Wiener Sachtextformel (Bamberger, Vanecek 1984) for German. */
const formula: Record<string, (words: string[], sentences: number) => number> = {
  en: (words, sentences) => {
    const syllables = words.reduce((sum, word) => sum + syllablesIn(word, 'en'), 0);
    return (0.39 * words.length) / sentences + (11.8 * syllables) / words.length - 15.59;
  },
  de: (words, sentences) => {
    const syllables = words.map((word) => syllablesIn(word, 'de'));
    const long = share(syllables.filter((count) => count >= 3).length, words.length);
    const short = share(syllables.filter((count) => count === 1).length, words.length);
    const wide = share(words.filter((word) => word.length > 6).length, words.length);
    return 0.1935 * long + (0.1672 * words.length) / sentences + 0.1297 * wide - 0.0327 * short - 0.875;
  },
};

/** School years needed to read this; null for a language we have no formula for, and for text without a sentence. */
export const readingGrade = (text: string, locale: string): number | null => {
  const sentences = sentencesOf(text);
  const words = sentences.flatMap(wordsOf);
  const grade = formula[locale.split('-')[0] ?? ''];
  return grade && words.length > 0 ? grade(words, sentences.length) : null;
};
