/** The words of the pages: `content/<locale>/pages/*.json`, one flat file per page, `{name}` where a value goes. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { html } from 'hono/html';
import * as z from 'zod';
import type after from '../../content/en/pages/after.json';
import type customer from '../../content/en/pages/customer.json';
import type desk from '../../content/en/pages/desk.json';
import type notes from '../../content/en/pages/notes.json';
import type privacy from '../../content/en/pages/privacy.json';
import type reply from '../../content/en/pages/reply.json';
import type shared from '../../content/en/pages/shared.json';
import type staff from '../../content/en/pages/staff.json';
import type standing from '../../content/en/pages/standing.json';

/** English is complete by definition: what a page can say is what its files name. */
export type WordKey =
  | keyof typeof after
  | keyof typeof customer
  | keyof typeof desk
  | keyof typeof notes
  | keyof typeof privacy
  | keyof typeof reply
  | keyof typeof shared
  | keyof typeof staff
  | keyof typeof standing;
export type Markup = ReturnType<typeof html>;

export type PageWords = {
  /** The locale the words are in, for `lang` and `content-language`; not always the one asked for. */
  locale: string;
  /** Plain text; whoever writes it into HTML escapes it. Throws when a value is missing: no page says "Hi ,". */
  say(key: WordKey, values?: Readonly<Record<string, string | number>>): string;
  /** As `say`, with markup for values: the text around them is escaped. */
  weave(key: WordKey, values: Readonly<Record<string, string | Markup>>): Markup;
};

const FALLBACK = 'en';
const Dictionary = z.record(z.string(), z.string().min(1));
type Dictionary = z.output<typeof Dictionary>;

const shelves = new Map<string, ReadonlyMap<string, Dictionary>>();

const wordsIn = (folder: string): Dictionary =>
  Object.assign(
    {},
    ...readdirSync(folder)
      .filter((file) => file.endsWith('.json'))
      .map((file) => Dictionary.parse(JSON.parse(readFileSync(join(folder, file), 'utf8')))),
  );

/** Read once per process: a Lambda's content does not change while it is warm. */
const shelfOf = (contentDir: string): ReadonlyMap<string, Dictionary> => {
  const known = shelves.get(contentDir);
  if (known) return known;
  const shelf = new Map(
    readdirSync(contentDir, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => [name, wordsIn(join(contentDir, name, 'pages'))] as const),
  );
  shelves.set(contentDir, shelf);
  return shelf;
};

/** `de-CH` -> `de-CH`, `de`, `en`; a locale is a shop's text and never becomes a path. */
const chainOf = (locale: string): string[] => {
  const language = locale.split('-', 1)[0] ?? '';
  return [...new Set([locale, language.toLowerCase(), FALLBACK])];
};

const filling = <Value>(values: Readonly<Record<string, Value>>, name: string, key: string): Value => {
  const value = values[name];
  if (value === undefined) throw new Error(`The words "${key}" need a value for {${name}}`);
  return value;
};

export const pageWords = (locale: string, contentDir: string): PageWords => {
  const shelf = shelfOf(contentDir);
  const found = chainOf(locale).flatMap((name) => {
    const dictionary = shelf.get(name);
    return dictionary ? [{ name, dictionary }] : [];
  });
  const textOf = (key: WordKey): string => {
    const text = found.find(({ dictionary }) => dictionary[key] !== undefined)?.dictionary[key];
    if (text === undefined) throw new Error(`No words for "${key}" in any of ${chainOf(locale).join(', ')}`);
    return text;
  };
  return {
    locale: found[0]?.name ?? FALLBACK,
    say: (key, values = {}) =>
      textOf(key).replace(/\{(\w+)\}/g, (_, name: string) => String(filling(values, name, key))),
    weave: (key, values) => {
      const pieces = textOf(key).split(/\{(\w+)\}/);
      return html`${pieces.map((piece, index) => (index % 2 === 0 ? piece : filling(values, piece, key)))}`;
    },
  };
};
