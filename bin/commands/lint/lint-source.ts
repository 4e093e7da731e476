/** The text of a file of the content, and on which of its lines something stands. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

export type Source = { path: string; file: string; text: string };

/** `file` as a finding names it: `content/en/...`. */
export const sourceOf = (contentDir: string, ...names: string[]): Source => {
  const path = join(contentDir, ...names);
  return {
    path,
    file: ['content', ...names].join('/'),
    text: existsSync(path) ? readFileSync(path, 'utf8') : '',
  };
};

export const lineOf = ({ text }: Source, wanted: string): number => {
  const lines = text.replaceAll('’', "'").toLowerCase().split('\n');
  const at = lines.findIndex((line) => line.includes(wanted.replaceAll('’', "'").toLowerCase()));
  return at + 1;
};

/** A folder's files with this ending; none when there is no folder. */
export const filesIn = (folder: string, ending: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith(ending))
        .sort()
    : [];

export const localesIn = (contentDir: string): string[] =>
  readdirSync(contentDir)
    .filter((name) => statSync(join(contentDir, name)).isDirectory())
    .sort();

/** `de-CH` beside `de` says only what is said differently there. */
export const isRegional = (contentDir: string, locale: string): boolean => {
  const language = locale.split('-')[0] ?? '';
  return language !== locale && existsSync(join(contentDir, language));
};

const INCLUDE = /\{%-?\s*(?:include|render)\s+['"]([^'"]+)['"]/g;

/** The names of all parts that a message includes, also through others. */
export const partsOf = (
  contentDir: string,
  locale: string,
  text: string,
  seen = new Set<string>(),
): Set<string> => {
  for (const [, name] of text.matchAll(INCLUDE)) {
    if (name === undefined || seen.has(name)) continue;
    seen.add(name);
    partsOf(contentDir, locale, sourceOf(contentDir, locale, 'messages', 'parts', `${name}.md`).text, seen);
  }
  return seen;
};
