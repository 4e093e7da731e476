/**
 * The moment a customer is asked something: in their own send window, and while whoever signs is at work, because nobody
 * believes that a person writes at three in the morning, and an answer should find somebody there.
 */
import { Temporal } from 'temporal-polyfill';
import { type Opening, openingsFrom, type Span, toEpochMs, toInstant, WEEKDAYS } from '../calendar.ts';
import type { Configuration } from '../configuration.ts';
import { type Instant, isCanary } from '../ids.ts';
import { customerOpening, staffOpening } from '../openings.ts';
import type { SaleRecord } from '../sale.ts';
import { spread } from '../staff.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Mails that waited for the morning are spread over this many minutes of it. */
const SPREAD_MINUTES = 45;
/** How long the two windows may miss each other before the customer's counts alone. */
export const MEET_DAYS = 10;
/** So many days of the calendar hold every opening that begins within those. */
const LOOK_DAYS = MEET_DAYS + 2;

export type Moment = {
  at: Instant;
  /** The shop is asleep whenever this customer may be written to. */
  isCustomersAlone: boolean;
};

const firstOf = (spans: Iterable<Span>): Span | undefined => {
  for (const span of spans) return span;
  return undefined;
};

/** The first stretch of at least a minute that lies in both, begins before `before` and ends after `from`. */
const firstCommon = (from: number, before: number, one: Opening, other: Opening): Span | undefined => {
  const others = [...openingsFrom(from, other, LOOK_DAYS)];
  for (const span of openingsFrom(from, one, LOOK_DAYS)) {
    if (span.from >= before) return undefined;
    for (const against of others) {
      const common = { from: Math.max(span.from, against.from), to: Math.min(span.to, against.to) };
      if (common.to - Math.max(common.from, from) >= MINUTE_MS && common.from < before) return common;
    }
  }
  return undefined;
};

/** The instant itself when it is a good one, else a minute of the next opening that is the sale's own. */
const within = (span: Span, at: number, id: string): Instant => {
  if (span.from <= at) return toInstant(at);
  const minutes = (spread(id) % SPREAD_MINUTES) * MINUTE_MS;
  return toInstant(Math.max(span.from, Math.min(span.from + minutes, span.to - MINUTE_MS)));
};

export const askMoment = (config: Configuration, record: SaleRecord, instant: string): Moment => {
  const at = toEpochMs(instant);
  if (isCanary(record.id)) return { at: toInstant(at), isCustomersAlone: false };
  const opening = customerOpening(config, record);
  const first = firstOf(openingsFrom(at, opening));
  if (first === undefined) throw new RangeError(`No opening hours of customers after ${instant}`);
  /* Counted from the opening and not from the instant: asked again within it, the answer is the same. */
  const before = first.from + MEET_DAYS * DAY_MS;
  const common = firstCommon(Math.max(at, first.from), before, opening, staffOpening(config));
  return common === undefined
    ? { at: within(first, at, record.id), isCustomersAlone: true }
    : { at: within(common, at, record.id), isCustomersAlone: false };
};

/** The customer's hours on the day of an instant, as `09:30-16:30`. */
export const windowOf = (config: Configuration, record: SaleRecord, instant: string): string => {
  const day = Temporal.Instant.from(instant).toZonedDateTimeISO(record.zone).dayOfWeek;
  const weekday = WEEKDAYS[day - 1];
  const intervals = weekday === undefined ? undefined : config.hours.customers[weekday];
  return (intervals ?? []).map(([from, to]) => `${from}-${to}`).join(', ');
};
