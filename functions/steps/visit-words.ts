import type { Settings } from '../adapters/ports.ts';
import type { Booking } from '../core/promises/promise.ts';
import { formatWindow } from '../messages/format-window.ts';
import { wordsLocale } from './compose.ts';

/** When and where a visit is, in the venue's zone and the reader's language. */
export const visitWords = (settings: Settings, booking: Booking, locale: string) => ({
  whenText: formatWindow(wordsLocale(settings, locale), booking.zone)(booking.from, booking.to),
  place: booking.place ?? null,
  bring: booking.bring ?? null,
});
