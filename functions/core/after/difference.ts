/**
 * How sales are counted by differences. A sale adds one to each of its terms; the mark it leaves beside the sums says which
 * version of its count they hold, as long as somebody may come who does not know.
 */
import type { Outcome } from '../outcome.ts';
import { type Counts, OUTCOMES } from './count.ts';

/** What of a sale is counted; see SaleCount. */
type Counted = {
  outcome: Outcome | undefined;
  hasBoughtAgain: boolean;
  hasRecommended: boolean;
  wasReferred: boolean;
};

const OF = 'of_';
const AGAIN = 'again_';
const RECOMMENDED = 'recommended';
const REFERRED = 'referred';

const termsOf = ({ outcome, hasBoughtAgain, hasRecommended, wasReferred }: Counted): string[] => [
  ...(outcome === undefined ? [] : [`${OF}${outcome}`]),
  ...(outcome === undefined || !hasBoughtAgain ? [] : [`${AGAIN}${outcome}`]),
  ...(hasRecommended ? [RECOMMENDED] : []),
  ...(wasReferred ? [REFERRED] : []),
];

/** What is added to which sums when a sale that stood so stands otherwise; `before` is undefined of one not counted yet. */
export const differenceOf = (before: Counted | undefined, after: Counted): Map<string, 1 | -1> => {
  const [from, to] = [before === undefined ? [] : termsOf(before), termsOf(after)];
  return new Map([
    ...from.filter((term) => !to.includes(term)).map((term) => [term, -1] as const),
    ...to.filter((term) => !from.includes(term)).map((term) => [term, 1] as const),
  ]);
};

/** `sumOf`: the sum of a term. */
export const countsFrom = (sumOf: (term: string) => number): Counts => ({
  cameBack: OUTCOMES.map((outcome) => ({
    outcome,
    of: sumOf(`${OF}${outcome}`),
    again: sumOf(`${AGAIN}${outcome}`),
  })),
  recommended: sumOf(RECOMMENDED),
  referred: sumOf(REFERRED),
});

/** Short, because a thousand bytes of marks and sums cost one write. */
const CODES = {
  delighted: 'd',
  content: 'c',
  recovered: 'r',
  unhappy: 'u',
  silent: 's',
  cancelled: 'x',
  'opted-out': 'o',
} as const satisfies Record<Outcome, string>;
const NONE = '-';

export type Mark = {
  /** Of the count, as the row beside the journal numbers them. */
  version: number;
  minute: number;
  counted: Counted;
};

const VERSION_DIGITS = 6;
const MINUTE_DIGITS = 7;
const MINUTE_MS = 60_000;
const MARK = /^(\d{6})([0-9a-z]{7})([a-z-])(a?)(m?)(f?)$/;

/** Sorts before every mark of this version or a later one. */
export const beforeVersion = (version: number): string => String(version).padStart(VERSION_DIGITS, '0');

export const minuteOf = (epochMs: number): number => Math.floor(epochMs / MINUTE_MS);

export const markOf = ({ version, minute, counted }: Mark): string => {
  const { outcome, hasBoughtAgain, hasRecommended, wasReferred } = counted;
  const flags = `${hasBoughtAgain ? 'a' : ''}${hasRecommended ? 'm' : ''}${wasReferred ? 'f' : ''}`;
  const at = minute.toString(36).padStart(MINUTE_DIGITS, '0');
  return `${beforeVersion(version)}${at}${outcome === undefined ? NONE : CODES[outcome]}${flags}`;
};

export const readMark = (text: string): Mark | undefined => {
  const [, version, at = '', code, again, recommended, referred] = MARK.exec(text) ?? [];
  if (version === undefined) return undefined;
  return {
    version: Number(version),
    minute: Number.parseInt(at, 36),
    counted: {
      outcome: OUTCOMES.find((outcome) => CODES[outcome] === code),
      hasBoughtAgain: again !== '',
      hasRecommended: recommended !== '',
      wasReferred: referred !== '',
    },
  };
};

/** An hour: longer than any run lasts that may still hold an older version of the sale. */
const HELD_MINUTES = 60;
/** With sums for all terms, so many marks stay below a thousand bytes. */
const MOST_MARKS = 12;

/** The marks that may go when there are too many: nobody may come any more who does not know of them. */
export const marksToTakeOff = <Name>(
  marks: readonly (readonly [name: Name, mark: Mark])[],
  nowMinute: number,
): (readonly [name: Name, mark: Mark])[] => {
  if (marks.length <= MOST_MARKS) return [];
  const newest = Math.max(nowMinute, ...marks.map(([, { minute }]) => minute));
  return marks.filter(([, { minute }]) => newest - minute > HELD_MINUTES);
};
