/**
 * Instants as our own text and as milliseconds. `Date` reads no clock when it is given a number or a text; unlike
 * Temporal, which is loaded for calendars and zones, it is always there.
 */

const OURS = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

// biome-ignore lint/style/noRestrictedGlobals: told the time, it reads no clock
const dateOf = (value: number | string): Date => new Date(value);

/** Throws RangeError for what is no time. */
export const utcText = (epochMs: number): string => dateOf(epochMs).toISOString();

/** Where the day of the month stands in `2026-11-22T09:30:00.000Z`. */
const DAY = [8, 10] as const;

/** Undefined for any text that `utcText` would not have written; `Date` would make 2 March of 30 February. */
export const utcMs = (text: string): number | undefined => {
  if (!OURS.test(text)) return undefined;
  const date = dateOf(text);
  /* Of no time at all, and of one carried over into the next day, the day is another. */
  return date.getUTCDate() === Number(text.slice(...DAY)) ? date.getTime() : undefined;
};
