/**
 * When somebody who is away says that they will be back. Undefined when unsure: a date that is read wrongly delays a
 * question by weeks, a date that is not read costs one reminder.
 */
import { Temporal } from 'temporal-polyfill';
import { toInstant } from '../core/calendar.ts';
import type { Instant } from '../core/ids.ts';
import { MONTH_NUMBERS, MONTH_WORDS } from './calendar-words.ts';

/** Beyond this it is no holiday. */
const LONGEST_DAYS = 90;
/** They have read their mail by then. */
const HOUR_BACK = 9;

/** "Back on", "until": the words after which, or before which, a date is the one they return on. */
const BACK =
  'back|return(?:ing|s)?|again|resume|reachable|available|wieder|zurück|zurueck|erreichbar|retour|reviens|rentre|reprends|vuelvo|vuelta|volver[eé]|regreso|reincorporo|ritorno|rientro|rientrer[oò]|tornerò|terug|weer|volta|regresso|retorno|voltarei|wracam|wrócę|powrót|tillbaka|tilbage|tilbake|вернусь|снова';
const UNTIL =
  "until|till|through|thru|bis|einschließlich|jusqu'au|jusqu'à|au|hasta|al|fino al|fino a|sino al|tot|t/m|até|ao|do dnia|do|till och med|t\\.o\\.m\\.|til og med|до|по";

const DAY = '(?:\\d{1,2})(?:st|nd|rd|th|er|º|ª|\\.)?';
const YEAR = '(?:,?\\s+(?:de |del )?(\\d{4}))?';
const ISO = '(\\d{4})-(\\d{2})-(\\d{2})';
const DAY_MONTH = `(${DAY})\\s*(?:of |de |del |d')?\\s*(${MONTH_WORDS})(?!\\p{L})\\.?${YEAR}`;
const MONTH_DAY = `(${MONTH_WORDS})(?!\\p{L})\\.?\\s+(${DAY})(?!\\d|:|\\.\\d)${YEAR}`;
const NUMBERS = '(\\d{1,2})([./-])(\\d{1,2})(?:\\2(\\d{4}|\\d{2})|\\.)?(?!\\d)';

type Found = { date: Temporal.PlainDate; from: number; to: number };

const dateOf = (year: number, month: number, day: number): Temporal.PlainDate | undefined => {
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' });
  } catch {
    return undefined;
  }
};

/** A date without a year is the next such day. */
const nextOf = (month: number, day: number, today: Temporal.PlainDate): Temporal.PlainDate | undefined => {
  const dates = [0, 1].map((years) => dateOf(today.year + years, month, day));
  return dates.find((date) => date !== undefined && Temporal.PlainDate.compare(date, today) >= 0);
};

const withYear = (year: string | undefined, month: number, day: number, today: Temporal.PlainDate) => {
  if (year === undefined) return nextOf(month, day, today);
  return dateOf(Number(year.length === 2 ? `20${year}` : year), month, day);
};

/** Elsewhere than in America the day stands first; 3/14 can only be American, and 3/4 is nobody's. */
const ofNumbers = (match: RegExpMatchArray, today: Temporal.PlainDate): Temporal.PlainDate | undefined => {
  const [, first = '', mark = '', second = '', year] = match;
  const [one, two] = [Number(first), Number(second)];
  if (mark === '-' && year === undefined) return undefined;
  if (mark !== '/') return withYear(year, two, one, today);
  if (one > 12) return withYear(year, two, one, today);
  return two > 12 ? withYear(year, one, two, today) : undefined;
};

type Reader = {
  pattern: RegExp;
  read: (match: RegExpMatchArray, today: Temporal.PlainDate) => Temporal.PlainDate | undefined;
};

const monthOf = (word: string | undefined): number => MONTH_NUMBERS.get((word ?? '').toLowerCase()) ?? 0;
const dayOf = (text: string | undefined): number => Number.parseInt(text ?? '', 10);

const READERS: readonly Reader[] = [
  {
    pattern: new RegExp(ISO, 'gu'),
    read: ([, year, month, day]) => dateOf(Number(year), Number(month), Number(day)),
  },
  {
    pattern: new RegExp(`(?<!\\d|[.:/])${DAY_MONTH}`, 'giu'),
    read: ([, day, month, year], today) => withYear(year, monthOf(month), dayOf(day), today),
  },
  {
    pattern: new RegExp(`(?<!\\p{L})${MONTH_DAY}`, 'giu'),
    read: ([, month, day, year], today) => withYear(year, monthOf(month), dayOf(day), today),
  },
  { pattern: new RegExp(`(?<!\\d|[.:/-])${NUMBERS}`, 'gu'), read: ofNumbers },
];

const datesIn = (text: string, today: Temporal.PlainDate): Found[] =>
  READERS.flatMap(({ pattern, read }) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const date = read(match, today);
      return date === undefined ? [] : [{ date, from: match.index, to: match.index + match[0].length }];
    }),
  );

const BEFORE_BACK = new RegExp(`(?<!\\p{L})(?:${BACK})(?!\\p{L})[^.!?\\n]{0,40}$`, 'iu');
const AFTER_BACK = new RegExp(`^[^.!?\\n\\d]{0,40}(?<!\\p{L})(?:${BACK})(?!\\p{L})`, 'iu');
const BEFORE_UNTIL = new RegExp(
  `(?<!\\p{L})(?:${UNTIL})\\s+(?:\\p{L}+,?\\s+){0,3}$|\\d\\.?\\s*[-–]\\s*$`,
  'iu',
);
const isLastDay = (text: string, { from }: Found): boolean =>
  BEFORE_UNTIL.test(text.slice(Math.max(0, from - 40), from));
const isReturn = (text: string, found: Found): boolean =>
  BEFORE_BACK.test(text.slice(Math.max(0, found.from - 60), found.from)) ||
  (AFTER_BACK.test(text.slice(found.to, found.to + 60)) && !isLastDay(text, found));

/** One day, or undefined when several are named. */
const onlyOne = (dates: readonly Temporal.PlainDate[]): Temporal.PlainDate | undefined => {
  const [first, ...others] = dates;
  return others.every((date) => first?.equals(date)) ? first : undefined;
};

/** Of an out-of-office note that arrived at `at`; the day is one in `zone`. */
export const returnDate = (subject: string, text: string, at: Instant, zone: string): Instant | undefined => {
  const said = `${subject.slice(0, 300)}\n${text.slice(0, 3_000)}`.replaceAll('’', "'").normalize('NFC');
  const today = Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainDate();
  const dates = datesIn(said, today);
  const returns = dates.filter((found) => isReturn(said, found)).map(({ date }) => date);
  /* Back on the day after the last one. */
  const lastDays = dates
    .filter((found) => isLastDay(said, found) && !isReturn(said, found))
    .map(({ date }) => date.add({ days: 1 }));
  const back = returns.length > 0 ? onlyOne(returns) : onlyOne(lastDays);
  if (back === undefined) return undefined;
  const days = today.until(back, { largestUnit: 'days' }).days;
  if (days < 1 || days > LONGEST_DAYS) return undefined;
  return toInstant(
    back.toZonedDateTime({ timeZone: zone, plainTime: { hour: HOUR_BACK } }).epochMilliseconds,
  );
};
