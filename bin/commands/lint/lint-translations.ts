/** Whether every language says what English says: the same files, the same keys, the same placeholders. */
import { join } from 'node:path';
import * as z from 'zod';
import type { ContentFinding } from './lint-finding.ts';
import { filesIn, isRegional, lineOf, type Source, sourceOf } from './lint-source.ts';
import { reviewGating } from './lint-words.ts';

const ENGLISH = 'en';
const Words = z.record(z.string(), z.string().min(1));
type Words = z.output<typeof Words>;

const wordsIn = ({ text }: Source): Words | undefined => {
  try {
    return Words.safeParse(JSON.parse(text)).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
};

const placeholdersOf = (text: string): string =>
  [...text.matchAll(/\{(\w+)\}/g)]
    .map(([placeholder]) => placeholder)
    .sort()
    .join(' ');

const lintWords = (own: Source, english: Words, words: Words, isWhole: boolean): ContentFinding[] => {
  const at = (key: string) => lineOf(own, `"${key}"`) || 1;
  const missing = isWhole ? Object.keys(english).filter((key) => words[key] === undefined) : [];
  const unlike = Object.entries(words).flatMap(([key, text]) => {
    const wanted = english[key];
    if (wanted === undefined) return [{ file: own.file, line: at(key), rule: 'extra words', found: key }];
    const [has, needs] = [placeholdersOf(text), placeholdersOf(wanted)];
    return has === needs
      ? []
      : [
          {
            file: own.file,
            line: at(key),
            rule: 'placeholders',
            found: `${key} has ${has || 'none'}, English has ${needs || 'none'}`,
          },
        ];
  });
  return [
    ...missing.map((key) => ({ file: own.file, line: 1, rule: 'missing words', found: key })),
    ...unlike,
  ];
};

const lintPage = (contentDir: string, locale: string, fileName: string): ContentFinding[] => {
  const own = sourceOf(contentDir, locale, 'pages', fileName);
  const english = wordsIn(sourceOf(contentDir, ENGLISH, 'pages', fileName)) ?? {};
  const words = wordsIn(own);
  if (words === undefined) return [{ file: own.file, line: 1, rule: 'not a page file', found: fileName }];
  const gating = Object.entries(words).flatMap(([key, text]) =>
    reviewGating(text, locale, false).map((finding) => ({
      ...finding,
      file: own.file,
      line: lineOf(own, `"${key}"`),
    })),
  );
  return [...lintWords(own, english, words, !isRegional(contentDir, locale)), ...gating];
};

/** Parts are a language's own business: each may cut its sentences differently. */
const compareFiles = (
  contentDir: string,
  locale: string,
  folder: string,
  ending: string,
): ContentFinding[] => {
  const [english, own] = [ENGLISH, locale].map((each) => filesIn(join(contentDir, each, folder), ending));
  const fileOf = (name: string) => sourceOf(contentDir, locale, folder, name).file;
  const missing = isRegional(contentDir, locale)
    ? []
    : (english ?? []).filter((name) => !own?.includes(name));
  const extra = (own ?? []).filter((name) => !english?.includes(name));
  return [
    ...missing.map((name) => ({ file: fileOf(name), line: 1, rule: 'missing file', found: name })),
    ...extra.map((name) => ({ file: fileOf(name), line: 1, rule: 'extra file', found: name })),
  ];
};

const lintBanned = (contentDir: string, locale: string): ContentFinding[] => {
  const { file, text } = sourceOf(contentDir, locale, 'banned.txt');
  const isThere = text !== '' || isRegional(contentDir, locale);
  return isThere ? [] : [{ file, line: 1, rule: 'missing file', found: 'banned.txt' }];
};

export const lintTranslation = (contentDir: string, locale: string): ContentFinding[] => [
  ...compareFiles(contentDir, locale, 'messages', '.md'),
  ...compareFiles(contentDir, locale, 'pages', '.json'),
  ...lintBanned(contentDir, locale),
  ...filesIn(join(contentDir, locale, 'pages'), '.json').flatMap((name) =>
    lintPage(contentDir, locale, name),
  ),
];
