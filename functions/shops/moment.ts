import { Temporal } from 'temporal-polyfill';

const utc = (instant: Temporal.Instant): string => instant.toString({ fractionalSecondDigits: 3 });

const parse = (text: string): Temporal.Instant | undefined => {
  try {
    const instant = Temporal.Instant.from(text);
    // Before 1970 a shop means "no date" (WordPress writes 0000-00-00).
    return instant.epochMilliseconds < 0 ? undefined : instant;
  } catch {
    return undefined;
  }
};

const atMost = (instant: Temporal.Instant, limit: Temporal.Instant): Temporal.Instant =>
  Temporal.Instant.compare(instant, limit) > 0 ? limit : instant;

const HAS_OFFSET = /(z|[+-]\d\d:?\d\d)$/i;

/**
 * When something happened, from ISO text with an offset (a text without one counts as UTC: WooCommerce's `..._gmt`) or
 * from epoch seconds (Stripe). Nothing has happened later than it was told, so a time ahead of `receivedAt` becomes that.
 * Undefined for what is no time.
 */
export const pastMoment = (value: unknown, receivedAt: string): string | undefined => {
  const instant = instantOf(value);
  return instant && utc(atMost(instant, Temporal.Instant.from(receivedAt)));
};

/** A time foreseen, at most a year from `receivedAt`: no wait of the state machine may be longer. */
export const futureMoment = (value: unknown, receivedAt: string): string | undefined => {
  const instant = instantOf(value);
  return instant && utc(atMost(instant, Temporal.Instant.from(receivedAt).add({ hours: 365 * 24 })));
};

const instantOf = (value: unknown): Temporal.Instant | undefined => {
  if (typeof value === 'number') {
    return Number.isInteger(value) && value > 0 && value < 1e11
      ? Temporal.Instant.fromEpochMilliseconds(value * 1000)
      : undefined;
  }
  if (typeof value !== 'string' || value.length > 40) return undefined;
  return parse(HAS_OFFSET.test(value) ? value : `${value}Z`);
};
