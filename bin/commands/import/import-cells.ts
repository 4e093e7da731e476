/** What stands in a cell of a shop's export, as a program can use it: text, moments, amounts, counts. */
import { Temporal } from 'temporal-polyfill';
import { atLocalTime } from '../../../functions/core/calendar.ts';

/** `="00123"` keeps Excel from eating the zeros, `'+41 79` from computing; neither belongs to the value. */
export const cellText = (raw: string): string => {
  const text = raw.trim();
  const kept = /^="(.*)"$/s.exec(text)?.[1];
  return (kept === undefined ? text.replace(/^'(?=[=+\-@])/, '') : kept.replaceAll('""', '"')).trim();
};

/** How `03/04/2026` is meant: day first or month first. */
export type Slashes = 'dmy' | 'mdy';
export type Read<Value> = { value: Value } | { problem: string };

const OFFSET = String.raw`\s*(?<offset>Z|UTC|GMT|[+-]\d\d:?\d\d)?`;
const CLOCK = String.raw`(?:[T,]?\s*(?<hour>\d{1,2}):(?<minute>\d\d)(?::(?<second>\d\d)(?:\.\d+)?)?\s*(?<half>[AP]M)?)?`;
const YEAR_FIRST = new RegExp(
  String.raw`^(?<year>\d{4})[-/](?<month>\d{1,2})[-/](?<day>\d{1,2})${CLOCK}${OFFSET}$`,
  'i',
);
const DOTTED = new RegExp(
  String.raw`^(?<day>\d{1,2})\.(?<month>\d{1,2})\.(?<year>\d{4})${CLOCK}${OFFSET}$`,
  'i',
);
const SLASHED = new RegExp(String.raw`^(?<a>\d{1,2})/(?<b>\d{1,2})/(?<year>\d{4})${CLOCK}${OFFSET}$`, 'i');

type Groups = Record<string, string | undefined>;

const slashed = (groups: Groups, slashes: Slashes | undefined): Groups | string => {
  const { a = '', b = '' } = groups;
  const dmy = { ...groups, day: a, month: b };
  const mdy = { ...groups, day: b, month: a };
  if (slashes !== undefined) return slashes === 'dmy' ? dmy : mdy;
  if (Number(a) > 12 || Number(a) === Number(b)) return dmy;
  return Number(b) > 12 ? mdy : 'may be day or month first: say which with --dates dmy or --dates mdy';
};

const hourOf = ({ hour, half }: Groups): number => {
  if (half === undefined) return Number(hour ?? 12);
  return (Number(hour) % 12) + (half.toUpperCase() === 'PM' ? 12 : 0);
};

const instantOf = (groups: Groups, zone: string): string => {
  const { year, month, day, minute = '0', second = '0', offset } = groups;
  const local = Temporal.PlainDateTime.from(
    {
      ...{ year: Number(year), month: Number(month), day: Number(day) },
      ...{ hour: hourOf(groups), minute: Number(minute), second: Number(second) },
    },
    { overflow: 'reject' },
  );
  if (offset === undefined) return atLocalTime(local, zone).toString({ fractionalSecondDigits: 3 });
  const fixed = /^[+-]/.test(offset) ? `${offset.slice(0, 3)}:${offset.slice(-2)}` : '+00:00';
  return local.toZonedDateTime(fixed).toInstant().toString({ fractionalSecondDigits: 3 });
};

/** A time without an offset is one on the clock of the shop; a day without a time is its noon. */
export const momentOf = (text: string, zone: string, slashes: Slashes | undefined): Read<string> => {
  const match = YEAR_FIRST.exec(text) ?? DOTTED.exec(text);
  const either = match === null ? SLASHED.exec(text) : null;
  const groups = either === null ? match?.groups : slashed({ ...either.groups }, slashes);
  if (typeof groups === 'string') return { problem: groups };
  try {
    if (groups !== undefined) return { value: instantOf(groups, zone) };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return { problem: 'is no date, as 2026-11-03 or 2026-11-03 14:30 is one' };
};

/** `1'299.90 CHF`, `1.299,90 €` and `1299,9` are all amounts; answers major units as `1299.90`. */
export const amountOf = (text: string): Read<string> => {
  const digits = text.replace(/^[\p{Sc}A-Z\s]+|[\p{Sc}A-Z\s]+$/giu, '').replace(/[\s'’]/g, '');
  const comma = digits.lastIndexOf(',');
  const isDecimalComma = comma > digits.lastIndexOf('.') && !/^\d{1,3}(,\d{3})+$/.test(digits);
  const plain = isDecimalComma
    ? digits.replaceAll('.', '').replace(',', '.')
    : digits.replaceAll(',', '').replace(/^\d{1,3}(\.\d{3}){2,}$/, (all) => all.replaceAll('.', ''));
  return /^\d{1,20}(\.\d{1,10})?$/.test(plain)
    ? { value: plain }
    : { problem: 'is no amount, as 129.90 is one' };
};

/** Blank counts as one; `2.00` as two. */
export const countOf = (text: string): Read<number> => {
  if (text === '') return { value: 1 };
  const count = /^\d{1,9}([.,]0+)?$/.test(text) ? Number.parseInt(text, 10) : Number.NaN;
  return Number.isNaN(count) ? { problem: 'is no whole number' } : { value: count };
};
