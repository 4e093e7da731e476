/** Clock arithmetic in the zone of the person concerned. Pure: instants in, instants out, no clock read. */
import { Temporal } from 'temporal-polyfill';
import * as z from 'zod';
import { Instant } from './ids.ts';
import { utcMs, utcText } from './utc.ts';

const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day as 09:30');
const Interval = z
  .tuple([TimeOfDay, TimeOfDay])
  .refine(([from, to]) => from < to, 'the end of opening hours must be after their start');

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** Opening hours by weekday; several intervals a day; a day left out is closed. */
export const WeeklyHours = z
  .partialRecord(z.enum(WEEKDAYS), z.array(Interval).min(1))
  .refine((hours) => Object.keys(hours).length > 0, 'at least one weekday must have opening hours');
export type WeeklyHours = z.output<typeof WeeklyHours>;

export const Zone = z.string().refine((zone) => {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    return true;
  } catch {
    return false;
  }
}, 'an IANA time zone as Europe/Zurich');

/** A calendar day as `2026-12-25`. */
export const Day = z.iso.date();

/** When somebody may be written to or works: hours in a zone, but not on the days in `closed`. */
export type Opening = { zone: string; hours: WeeklyHours; closed?: readonly string[] };

export const Delay = z
  .strictObject({ days: z.number().positive().max(730) })
  .or(z.strictObject({ businessDays: z.int().positive().max(365) }))
  .or(z.strictObject({ hours: z.number().positive().max(17_520) }));
export type Delay = z.output<typeof Delay>;

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
/** Opening hours repeat weekly, but days can be closed in a row: a ski hire sleeps from April to November. */
const SEARCH_DAYS = 400;

/** So long is our text, unless the year has more than four digits. */
const TEXT_LENGTH = '2026-11-22T09:30:00.000Z'.length;

export const toInstant = (epochMs: number): Instant => {
  const text = utcText(Math.round(epochMs));
  return text.length === TEXT_LENGTH ? text : Instant.parse(text);
};
export const toEpochMs = (instant: string): number =>
  utcMs(instant) ?? Temporal.Instant.from(instant).epochMilliseconds;

/** Whole seconds from one instant to a later one; at least 1, because a state's timeout must be positive. */
export const secondsBetween = (from: string, to: string): number =>
  Math.max(1, Math.ceil((toEpochMs(to) - toEpochMs(from)) / 1000));

export const isBefore = (a: string, b: string): boolean => toEpochMs(a) < toEpochMs(b);

export const laterOf = (a: string, b: string): Instant => toInstant(Math.max(toEpochMs(a), toEpochMs(b)));

const localOf = (instant: string, zone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(toEpochMs(instant)).toZonedDateTimeISO(zone);

/** A wall-clock time as an instant: in a gap the next valid minute, in a fold the first of the two. */
export const atLocalTime = (local: Temporal.PlainDateTime, zone: string): Temporal.Instant => {
  const earlier = local.toZonedDateTime(zone, { disambiguation: 'earlier' });
  const isInGap = !earlier.toPlainDateTime().equals(local);
  const transition = isInGap ? earlier.getTimeZoneTransition('next') : null;
  return (transition ?? earlier).toInstant();
};

export type Span = { from: number; to: number };

type Intervals = readonly (readonly [string, string])[];

/** The same few days are asked for again and again, and a zone's clock takes long to read: by hours, zone and day. */
const KNOWN_DAYS = new WeakMap<Intervals, Map<string, Map<number, readonly Span[]>>>();
const MOST_ZONES = 50;
const MOST_DAYS = 1000;

/** What is known under a key; whatever has grown too much begins anew. */
const knownUnder = <K, V>(known: Map<K, V>, key: K, most: number, read: () => V): V => {
  const found = known.get(key);
  if (found !== undefined) return found;
  if (known.size >= most) known.clear();
  const value = read();
  known.set(key, value);
  return value;
};

/** Days since 1 January 1970, a Thursday. */
const numberOf = (date: Temporal.PlainDate): number => toEpochMs(`${date}T00:00:00.000Z`) / DAY_MS;
const weekdayOf = (day: number) => WEEKDAYS[(((day + 3) % 7) + 7) % 7];

const readOpenings = (day: string, zone: string, intervals: Intervals): readonly Span[] => {
  const date = Temporal.PlainDate.from(day);
  return (
    intervals
      .map(([from, to]) => ({
        from: atLocalTime(date.toPlainDateTime(from), zone).epochMilliseconds,
        to: atLocalTime(date.toPlainDateTime(to), zone).epochMilliseconds,
      }))
      /* Hours that lie wholly in the gap of a clock change do not exist on that day. */
      .filter(({ from, to }) => from < to)
      .sort((a, b) => a.from - b.from)
  );
};

const dayText = (dayNumber: number): string => utcText(dayNumber * DAY_MS).slice(0, -'T00:00:00.000Z'.length);

const NONE: readonly Span[] = [];

/** Closed days as numbers, by the list they stand in. */
const CLOSED = new WeakMap<readonly string[], ReadonlySet<number>>();

const closedDays = (closed: readonly string[]): ReadonlySet<number> => {
  const known =
    CLOSED.get(closed) ?? new Set(closed.map((day) => toEpochMs(`${day}T00:00:00.000Z`) / DAY_MS));
  CLOSED.set(closed, known);
  return known;
};

const openingsOn = (dayNumber: number, { zone, hours, closed = [] }: Opening): readonly Span[] => {
  const weekday = weekdayOf(dayNumber);
  const intervals = weekday === undefined ? undefined : hours[weekday];
  if (intervals === undefined) return NONE;
  if (closed.length > 0 && closedDays(closed).has(dayNumber)) return NONE;
  const zones = KNOWN_DAYS.get(intervals) ?? new Map<string, Map<number, readonly Span[]>>();
  KNOWN_DAYS.set(intervals, zones);
  const days = knownUnder(zones, zone, MOST_ZONES, () => new Map<number, readonly Span[]>());
  return knownUnder(days, dayNumber, MOST_DAYS, () => readOpenings(dayText(dayNumber), zone, intervals));
};

/** Every opening that ends after `from`, in order, as milliseconds of the epoch; of at least so many days. */
export function* openingsFrom(from: number, opening: Opening, days = SEARCH_DAYS): Generator<Span> {
  /* No zone is a day ahead of or behind UTC, so what is a day too early has ended by then. */
  const start = Math.floor(from / DAY_MS) - 1;
  for (let day = start; day < start + days + 2; day += 1) {
    for (const span of openingsOn(day, opening)) if (span.to > from) yield span;
  }
}

export const isOpen = (instant: string, opening: Opening): boolean => {
  const at = toEpochMs(instant);
  for (const span of openingsFrom(at, opening, 1)) if (span.from <= at) return true;
  return false;
};

/**
 * The instant itself when it falls in opening hours, else the next opening plus `spreadMinutes`, so that not all who
 * waited for the morning are written to in the same minute.
 */
export const nextOpen = (instant: string, opening: Opening, spreadMinutes = 0): Instant => {
  const at = toEpochMs(instant);
  for (const span of openingsFrom(at, opening)) {
    if (span.from <= at) return toInstant(at);
    return toInstant(Math.min(span.from + spreadMinutes * MINUTE_MS, span.to - MINUTE_MS));
  }
  throw new RangeError(`No opening hours within ${SEARCH_DAYS} days of ${instant}`);
};

/** The instant itself when it falls in opening hours, else the last minute of the last opening before it. */
export const lastOpen = (instant: string, opening: Opening): Instant => {
  const at = toEpochMs(instant);
  const today = numberOf(localOf(instant, opening.zone).toPlainDate());
  for (let back = 0; back < SEARCH_DAYS; back += 1) {
    const begun = openingsOn(today - back, opening).filter(({ from }) => from <= at);
    if (begun.length === 0) continue;
    const end = Math.max(...begun.map(({ to }) => to));
    return toInstant(at < end ? at : end - MINUTE_MS);
  }
  throw new RangeError(`No opening hours within ${SEARCH_DAYS} days before ${instant}`);
};

/** When the shop closes on the day of an instant that falls in opening hours. */
export const closeOfDay = (instant: string, opening: Opening): Instant => {
  const date = localOf(instant, opening.zone).toPlainDate();
  return toInstant(Math.max(toEpochMs(instant), ...openingsOn(numberOf(date), opening).map(({ to }) => to)));
};

/** Hours between two instants that count: only those in opening hours. */
export const openHoursBetween = (from: string, to: string, opening: Opening): number => {
  const end = toEpochMs(to);
  let counted = toEpochMs(from);
  let sum = 0;
  const days = Math.ceil((end - counted) / DAY_MS) + 2;
  for (const span of openingsFrom(counted, opening, Math.max(1, days))) {
    if (span.from >= end) break;
    const begin = Math.max(span.from, counted);
    const stop = Math.min(span.to, end);
    if (stop > begin) sum += stop - begin;
    counted = Math.max(counted, stop);
  }
  return sum / HOUR_MS;
};

/** Adds hours that count only while open: 4 business hours from Friday 16:00 end on Monday. */
export const addOpenHours = (instant: string, hours: number, opening: Opening): Instant => {
  /* In whole milliseconds: a fraction too much would lie beyond closing time, days later. */
  let left = Math.round(hours * HOUR_MS);
  let at = toEpochMs(instant);
  for (;;) {
    let hasOpened = false;
    for (const span of openingsFrom(at, opening)) {
      hasOpened = true;
      /* One of two intervals that overlap: these hours are counted already. */
      if (span.to <= at) continue;
      const begin = Math.max(span.from, at);
      if (span.to - begin >= left) return toInstant(begin + left);
      left -= span.to - begin;
      at = span.to;
    }
    if (!hasOpened) throw new RangeError(`No opening hours within ${SEARCH_DAYS} days of ${instant}`);
  }
};

/** The plan of a sale counts the same days from the same instant again whenever something happens to it. */
const KNOWN_LATER = new Map<string, number>();
const MOST_LATER = 1000;

const daysLater = (instant: string, days: number, zone: string): number =>
  knownUnder(KNOWN_LATER, `${instant} ${days} ${zone}`, MOST_LATER, () => {
    const local = localOf(instant, zone).toPlainDateTime();
    return atLocalTime(local.add({ days }), zone).epochMilliseconds;
  });

/** Adds a delay: days keep the local time of day, business days count only days with opening hours. */
export const addDelay = (instant: string, delay: Delay, opening: Opening): Instant => {
  if ('hours' in delay) return toInstant(toEpochMs(instant) + delay.hours * HOUR_MS);
  if ('days' in delay) {
    const whole = Math.floor(delay.days);
    return toInstant(daysLater(instant, whole, opening.zone) + (delay.days - whole) * DAY_MS);
  }
  let date = localOf(instant, opening.zone).toPlainDateTime();
  let left = delay.businessDays;
  let closedInARow = 0;
  while (left > 0) {
    date = date.add({ days: 1 });
    const isBusiness = openingsOn(numberOf(date.toPlainDate()), opening).length > 0;
    if (isBusiness) left -= 1;
    closedInARow = isBusiness ? 0 : closedInARow + 1;
    if (closedInARow > SEARCH_DAYS)
      throw new RangeError(`No opening hours within ${SEARCH_DAYS} days of ${instant}`);
  }
  return toInstant(atLocalTime(date, opening.zone).epochMilliseconds);
};

/** The calendar day of an instant in a zone, as `2026-12-25`. */
export const dayOf = (instant: string, zone: string): string =>
  localOf(instant, zone).toPlainDate().toString();

/** A local time as a form sends it (`2026-12-24T14:30`) as an instant; undefined when it is none. */
export const fromLocal = (text: string, zone: string): Instant | undefined => {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(text)) return undefined;
  try {
    return toInstant(atLocalTime(Temporal.PlainDateTime.from(text), zone).epochMilliseconds);
  } catch {
    return undefined;
  }
};

/** And back, for the value of such a field. */
export const toLocal = (instant: string, zone: string): string =>
  Temporal.Instant.from(instant)
    .toZonedDateTimeISO(zone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' });

/** Whole local days between two instants, for "about n days old". */
export const daysBetween = (from: string, to: string, zone: string): number => {
  const day = (instant: string) => Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate();
  return day(from).until(day(to), { largestUnit: 'days' }).days;
};
