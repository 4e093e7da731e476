/**
 * What a person wrote now, without the mail they answer and without their signature. Answers between quotes are kept.
 * When nothing is left the whole text counts: a mail is never read as empty because a rule was too eager.
 */
import { OLD_MAIL_FOLLOWS, textOfHtml } from './html-text.ts';
import type { Mail } from './mail.ts';
import {
  isAttribution,
  isHeaderBlock,
  isLikelyAttribution,
  isOurMarker,
  isSeparator,
} from './quote-heads.ts';
import { isSentFrom, isSignatureDelimiter } from './signatures.ts';

export type Said = {
  /** The new words; the whole text when nothing would be left. */
  text: string;
  /** Nothing was told apart: old words may be among these. */
  isWhole: boolean;
};

const isQuoted = (line: string): boolean => /^\s{0,3}>/.test(line);
const isEmpty = (line: string): boolean => line.trim() === '';
const isRule = (line: string): boolean => /^\s*[_=*-]{5,}\s*$/.test(line);

/** A head may be broken into so many lines. */
const HEAD_LINES = 4;

/** A head of several lines has its date or its address in the first: what stands above a head is not taken for it. */
const canBegin = (line: string, count: number): boolean => count === 1 || /[\d<@]/.test(line);

/** How many lines from `index` on are one attribution; 0 when none is. */
const attributionLines = (
  lines: readonly string[],
  index: number,
  isHead: (line: string) => boolean,
): number => {
  let joined = '';
  for (let count = 1; count <= HEAD_LINES; count += 1) {
    const line = lines[index + count - 1];
    if (line === undefined || isEmpty(line) || isQuoted(line) || line.length > 400) return 0;
    joined = joined === '' ? line.trim() : `${joined} ${line.trim()}`;
    if (!canBegin(lines[index] ?? '', count)) return 0;
    if (isHead(joined.replaceAll('< ', '<'))) return count;
  }
  return 0;
};

const nextFilled = (lines: readonly string[], from: number): number => {
  let index = from;
  while (index < lines.length && isEmpty(lines[index] ?? '')) index += 1;
  return index;
};

/** A long line of a quote that the mail program broke, and whose rest lost its mark. */
const isRestOfQuote = (lines: readonly string[], index: number): boolean => {
  const [before = '', line = '', after = ''] = lines.slice(Math.max(0, index - 1), index + 2);
  return (
    index > 0 &&
    isQuoted(before) &&
    before.length >= 60 &&
    /[^.:!?]$/.test(before) &&
    /^\p{Ll}/u.test(line) &&
    isQuoted(after)
  );
};

type Part = { kind: 'own' | 'old'; upTo: number } | { kind: 'end' };

const isEnd = (lines: readonly string[], index: number, line: string): boolean =>
  line === OLD_MAIL_FOLLOWS || isOurMarker(line) || isSeparator(line.trim()) || isHeaderBlock(lines, index);

/** What begins at this line: the person's own words, a quote, or the old mail up to the end. */
const partAt = (lines: readonly string[], index: number): Part => {
  const line = lines[index] ?? '';
  if (isEmpty(line)) return { kind: 'own', upTo: index + 1 };
  if (isEnd(lines, index, line)) return { kind: 'end' };
  if (isQuoted(line) || isRestOfQuote(lines, index)) return { kind: 'old', upTo: index + 1 };
  const known = attributionLines(lines, index, isAttribution);
  const likely = known > 0 ? known : attributionLines(lines, index, isLikelyAttribution);
  if (likely === 0) return { kind: 'own', upTo: index + 1 };
  const isAboveQuote = isQuoted(lines[nextFilled(lines, index + likely)] ?? '');
  if (isAboveQuote) return { kind: 'old', upTo: index + likely };
  return known > 0 ? { kind: 'end' } : { kind: 'own', upTo: index + 1 };
};

const withoutOld = (lines: readonly string[]): string[] => {
  const own: string[] = [];
  for (let index = 0; index < lines.length; ) {
    const part = partAt(lines, index);
    if (part.kind === 'end') break;
    if (part.kind === 'own') own.push(...lines.slice(index, part.upTo));
    else if (own.at(-1) !== '') own.push('');
    index = part.upTo;
  }
  return own;
};

const withoutTail = (lines: readonly string[]): string[] => {
  const kept = [...lines];
  while (kept.length > 0 && (isEmpty(kept.at(-1) ?? '') || isRule(kept.at(-1) ?? ''))) kept.pop();
  return kept;
};

/** A signature is short; what is longer under two dashes is somebody's text. */
const LONGEST_SIGNATURE = 15;

const withoutSignature = (lines: readonly string[]): string[] => {
  const own = lines.filter((line) => !isSentFrom(line.trim()));
  const start = own.findLastIndex((line) => isSignatureDelimiter(line.trim()));
  const isSignature = start >= 0 && own.length - start <= LONGEST_SIGNATURE;
  return withoutTail(isSignature ? own.slice(0, start) : own);
};

/** Nobody reads on. */
const MOST_LINES = 20_000;

const linesOf = (text: string): string[] =>
  text
    .replace(/\r\n?/g, '\n')
    .replaceAll('\u00a0', ' ')
    .replace(/[\u200b\u200c\u2060\ufeff]/g, '')
    .split('\n', MOST_LINES)
    .map((line) => line.trimEnd());

const tidy = (lines: readonly string[]): string =>
  lines
    .join('\n')
    .replaceAll(OLD_MAIL_FOLLOWS, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();

/** Letters, digits or a picture; a line of dots says nothing. */
const hasWords = (text: string): boolean => /[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(text);

/** Undefined when nothing is left. */
export const newWords = (text: string): string | undefined => {
  const lines = linesOf(text);
  const own = withoutTail(withoutOld(lines));
  const candidates = [tidy(withoutSignature(own)), tidy(own)];
  return candidates.find(hasWords);
};

/** The whole mail as text: its plain part, else its HTML. */
export const wholeText = ({ plain, html }: Pick<Mail, 'plain' | 'html'>): string =>
  tidy(linesOf(plain !== undefined && hasWords(plain) ? plain : textOfHtml(html ?? '')));

/** HTML first: it says where the quote is, in whatever language. */
export const saidNow = (mail: Pick<Mail, 'plain' | 'html'>): Said => {
  const fromHtml = mail.html === undefined ? undefined : newWords(textOfHtml(mail.html, true));
  const text = fromHtml ?? (mail.plain === undefined ? undefined : newWords(mail.plain));
  return text === undefined ? { text: wholeText(mail), isWhole: true } : { text, isWhole: false };
};
