import { Temporal } from 'temporal-polyfill';

// Plain "en" means the United States to Intl; our English is written the European way (24 hours, day before month).
const displayLocale = (locale: string) => (locale === 'en' ? 'en-GB' : locale);

const DAY = { weekday: 'long', day: 'numeric', month: 'long' } as const;
const TIME = { hour: 'numeric', minute: '2-digit' } as const;

const clockWord = (locale: string) => (locale.startsWith('de') ? ' Uhr' : '');

/** "Friday 27 November", in the reader's zone (IANA name). */
export const formatDay =
  (locale: string, zone: string) =>
  (at: string): string =>
    Temporal.Instant.from(at).toLocaleString(displayLocale(locale), { ...DAY, timeZone: zone });

/** "Friday 27 November, 10:30", in the reader's zone (IANA name). */
export const formatInstant =
  (locale: string, zone: string) =>
  (at: string): string => {
    const time = Temporal.Instant.from(at)
      .toLocaleString(displayLocale(locale), { ...TIME, timeZone: zone })
      // Intl puts U+202F before AM/PM; some mail clients show it as a box.
      .replace(/\s/gu, ' ');
    return `${formatDay(locale, zone)(at)}, ${time}${clockWord(locale)}`;
  };
