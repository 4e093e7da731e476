import { toEpochMs } from '../core/calendar.ts';

// Plain "en" means the United States to Intl; our English is written the European way (24 hours, day before month).
const displayLocale = (locale: string) => (locale === 'en' ? 'en-GB' : locale);

const DAY = { weekday: 'long', day: 'numeric', month: 'long' } as const;
const TIME = { hour: 'numeric', minute: '2-digit' } as const;

/** One takes half a millisecond to make, and a mail says a dozen times. */
const WRITERS = new Map<string, Intl.DateTimeFormat>();
const MOST_WRITERS = 50;

const writerOf = (locale: string, zone: string, what: 'day' | 'time'): Intl.DateTimeFormat => {
  const key = `${locale} ${zone} ${what}`;
  const known = WRITERS.get(key);
  if (known !== undefined) return known;
  const options = { ...(what === 'day' ? DAY : TIME), timeZone: zone };
  const writer = new Intl.DateTimeFormat(displayLocale(locale), options);
  if (WRITERS.size >= MOST_WRITERS) WRITERS.clear();
  WRITERS.set(key, writer);
  return writer;
};

/** How a language says a day and a time, or two times of one day, within a sentence. */
type Phrasing = {
  instant(day: string, time: string): string;
  window(day: string, from: string, to: string): string;
};

const plain: Phrasing = {
  instant: (day, time) => `${day}, ${time}`,
  window: (day, from, to) => `${day}, ${from}–${to}`,
};

const phrasings: Readonly<Record<string, Phrasing>> = {
  de: {
    instant: (day, time) => `${day}, ${time} Uhr`,
    window: (day, from, to) => `${day}, ${from}–${to} Uhr`,
  },
  es: {
    instant: (day, time) => `${day} a ${/^1\D/.test(time) ? 'la' : 'las'} ${time}`,
    window: (day, from, to) => `${day}, de ${from} a ${to}`,
  },
  fr: {
    instant: (day, time) => `${day} à ${time}`,
    window: (day, from, to) => `${day}, de ${from} à ${to}`,
  },
};

const languageOf = (locale: string) => locale.split('-', 1)[0] ?? '';

/** The phrasing of the locale's language; a comma and a dash where we know of none. */
export const phrasingOf = (locale: string): Phrasing => phrasings[languageOf(locale)] ?? plain;

/** "Friday 27 November", in the reader's zone (IANA name). */
export const formatDay =
  (locale: string, zone: string) =>
  (at: string): string => {
    const day = writerOf(locale, zone, 'day').format(toEpochMs(at));
    switch (languageOf(locale)) {
      case 'es':
        // Intl writes a Spanish date as it stands alone; after "el" there is no comma behind the weekday.
        return day.replace(', ', ' ');
      case 'fr':
        // Intl writes "1 décembre", which nobody says.
        return day.replace(/(?<!\d)1 /, '1er ');
      default:
        return day;
    }
  };

/** "10:30", in French "10h30" and "11h"; in the reader's zone (IANA name). */
export const formatTime =
  (locale: string, zone: string) =>
  (at: string): string => {
    const time = writerOf(locale, zone, 'time')
      .format(toEpochMs(at))
      // Intl puts U+202F before AM/PM; some mail clients show it as a box.
      .replace(/\s/gu, ' ');
    return languageOf(locale) === 'fr' ? time.replace(/(?: ?h ?|:)(?:00$)?/, 'h') : time;
  };

/** "Friday 27 November, 10:30", in the reader's zone (IANA name). */
export const formatInstant =
  (locale: string, zone: string) =>
  (at: string): string =>
    phrasingOf(locale).instant(formatDay(locale, zone)(at), formatTime(locale, zone)(at));
