/** The shop's day around an instant: what is due today is due before its end. */
import { Temporal } from 'temporal-polyfill';
import { toInstant } from '../calendar.ts';
import type { Instant } from '../ids.ts';

export type ShopDay = { from: Instant; to: Instant };

export const shopDay = (now: string, zone: string): ShopDay => {
  const date = Temporal.Instant.from(now).toZonedDateTimeISO(zone).toPlainDate();
  const midnight = (day: Temporal.PlainDate) => toInstant(day.toZonedDateTime(zone).epochMilliseconds);
  return { from: midnight(date), to: midnight(date.add({ days: 1 })) };
};
