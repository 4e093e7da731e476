import { Temporal } from 'temporal-polyfill';
import { formatDay, formatInstant, formatTime, phrasingOf } from './format.ts';

/** "Friday 27 November, 09:00–11:00", in the venue's zone; the second day is named when the window ends on another. */
export const formatWindow =
  (locale: string, zone: string) =>
  (from: string, to: string): string => {
    const day = (at: string) => Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainDate();
    const at = formatInstant(locale, zone);
    if (!day(from).equals(day(to))) return `${at(from)} – ${at(to)}`;
    const time = formatTime(locale, zone);
    return phrasingOf(locale).window(formatDay(locale, zone)(from), time(from), time(to));
  };
