/** Reads what a caller says about time. */
import { Temporal } from 'temporal-polyfill';

const inUtc = (now: number) => Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO('UTC');

/** `now` plus an ISO 8601 duration (`P3D`, `PT90M`, `P1W`, `P1M` of the calendar); undefined when it is none. */
export const addDuration = (now: number, duration: string): number | undefined => {
  try {
    return inUtc(now).add(Temporal.Duration.from(duration)).epochMilliseconds;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
};

/** Epoch milliseconds of an ISO 8601 instant with its offset; undefined when it is none. */
export const readInstant = (text: string): number | undefined => {
  try {
    return Temporal.Instant.from(text).epochMilliseconds;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
};

export const isoOf = (now: number): string => new Date(now).toISOString();
