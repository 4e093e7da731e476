import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MessageKind } from './catalog.ts';
import { readingGrade } from './reading-grade.ts';
import { FOOTER_MARK, type RenderedMessage } from './render.ts';
import { localeChain } from './template.ts';

/** One broken rule, and what broke it as the writer of the words will recognise it. */
export type Finding = { rule: string; found: string };

type Letter = { subject: string; body: string; footer: string; prose: string; html: string };

const URL_IN_TEXT = /https?:\/\/\S+/g;

const letterOf = ({ subject, text, html }: RenderedMessage): Letter => {
  const cut = text.lastIndexOf(FOOTER_MARK);
  const body = cut < 0 ? text : text.slice(0, cut);
  const prose = body.replace(URL_IN_TEXT, '').replace(/^>.*$/gm, '');
  return { subject, body, footer: cut < 0 ? '' : text.slice(cut), prose, html };
};

const count = (text: string, what: RegExp) => text.match(what)?.length ?? 0;

const atMost = (rule: string, most: number, found: number): Finding[] =>
  found > most ? [{ rule, found: `${found}, at most ${most}` }] : [];

const exactly = (rule: string, wanted: number, found: number): Finding[] =>
  found === wanted ? [] : [{ rule, found: `${found} instead of ${wanted}` }];

const seen = (rule: string, text: string, what: RegExp): Finding[] => {
  const hit = what.exec(text);
  return hit ? [{ rule, found: hit[0] }] : [];
};

const escapeRegExp = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Which of the phrases stand in a text, as whole words. */
export const bannedIn = (text: string, phrases: readonly string[]): Finding[] => {
  const even = text.replaceAll('’', "'").replace(/\s+/gu, ' ');
  return phrases
    .filter((phrase) =>
      new RegExp(`(?<![\\p{L}\\p{N}])${escapeRegExp(phrase)}(?![\\p{L}\\p{N}])`, 'iu').test(even),
    )
    .map((phrase) => ({ rule: 'banned phrase', found: phrase }));
};

/** The phrases of `banned.txt` in the nearest locale; one a line, `#` begins a comment. */
export const bannedPhrases = (contentDir: string, locale: string): string[] => {
  const path = localeChain(locale)
    .map((candidate) => join(contentDir, candidate, 'banned.txt'))
    .find((candidate) => existsSync(candidate));
  return path === undefined
    ? []
    : readFileSync(path, 'utf8')
        .split(/\r?\n/)
        .map((line) => line.trim())
        .filter((line) => line !== '' && !line.startsWith('#'));
};

const forEverybody = ({ subject, body, prose, html }: Letter): Finding[] => [
  ...atMost('links besides the footer', 1, count(body, URL_IN_TEXT)),
  ...seen(
    'nothing but words and links',
    html,
    /<(?:img|script|link|iframe|style|form|table)\b|url\(|\bsrc=/i,
  ),
  ...seen('markup left over', prose, /\*\*|\]\(|\{[{%]|[%}]\}|&(?:#\d+|[a-z]+);|<\/?[a-z]+>/i),
  ...seen('markup left over', subject, /\*\*|\]\(|\{[{%]|[%}]\}|&(?:#\d+|[a-z]+);/i),
  ...seen('a subject that pretends', subject, /^(?:re|fwd?|aw|wg)\s*:/i),
];

/** A Spanish question opens with its own mark; a writer who comes from another language forgets it. */
const forLanguage = ({ subject, prose }: Letter, locale: string): Finding[] => {
  const said = `${subject}\n${prose}`;
  return /^es\b/.test(locale) ? exactly('opening question marks', count(said, /\?/g), count(said, /¿/g)) : [];
};

const QUESTIONS: Record<MessageKind, number> = { ask: 1, confirm: 1, notice: 0, thanks: 0, staff: 0 };

/** An ask and a thank-you carry the customer's own page and the way out; in the others the page is what the mail leads to. */
const FOOTER_LINKS: Record<MessageKind, number> = { ask: 2, confirm: 0, notice: 0, thanks: 2, staff: 0 };

const forCustomers = ({ subject, body, prose, footer }: Letter, { kind, locale, banned }: Rules) => [
  ...atMost('words', 125, count(body.replace(URL_IN_TEXT, ''), /[\p{L}\p{N}]+(?:['’.-][\p{L}\p{N}]+)*/gu)),
  ...exactly('questions', QUESTIONS[kind], count(prose, /\?/g)),
  ...atMost('exclamation marks', 1, count(`${subject}\n${prose}`, /!/g)),
  ...bannedIn(`${subject}\n${prose}\n${footer}`, banned),
  ...seen(
    'a hole',
    `${subject}\n${prose}`,
    /(?:^| ),| \.(?:\s|$)|\(\s*\)|“\s*”|„\s*“|\bundefined\b|\bNaN\b/m,
  ),
  ...exactly('links in the footer', FOOTER_LINKS[kind], count(footer, URL_IN_TEXT)),
  ...(/\+?\d[\d ()/.-]{5,}\d/.test(prose) ? [] : [{ rule: 'phone', found: 'none to ring' }]),
  ...atMost('reading grade', 8, Math.round((readingGrade(prose, locale) ?? 0) * 10) / 10),
];

type Rules = { kind: MessageKind; locale: string; banned: readonly string[] };

/** The copy rules of this house, on a rendered mail. An empty list: it may go out. `banned` comes from `bannedPhrases`. */
export const lintMessage = (rendered: RenderedMessage, rules: Rules): Finding[] => {
  const letter = letterOf(rendered);
  return [
    ...forEverybody(letter),
    ...forLanguage(letter, rules.locale),
    ...(rules.kind === 'staff'
      ? atMost('words', 250, count(letter.prose, /[\p{L}\p{N}]+/gu))
      : forCustomers(letter, rules)),
  ];
};
