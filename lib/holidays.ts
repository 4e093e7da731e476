/** Public holidays for aftercare.config.ts. Stays out of functions/: only the days it finds travel into the bundles. */
import Holidays, { type HolidaysTypes } from 'date-holidays';
import { Temporal } from 'temporal-polyfill';

const HOUR_MS = 3_600_000;
const DAY_HOURS = 24;
/** A day of a clock change is an hour short; half a holiday is still a working day. */
const TOLERANCE_HOURS = 2;

const daysOf = ({ date, start, end }: HolidaysTypes.Holiday): string[] => {
  const hours = (end.getTime() - start.getTime()) / HOUR_MS;
  const count = Math.floor((hours + TOLERANCE_HOURS) / DAY_HOURS);
  const first = Temporal.PlainDate.from(date.slice(0, 10));
  return Array.from({ length: count }, (_, index) => first.add({ days: index }).toString());
};

/** The library finds nothing in a country it does not know, and takes a region it does not know for none. */
const calendarOf = (country: string, region: string | undefined): Holidays => {
  const calendar = region === undefined ? new Holidays(country) : new Holidays(country, region);
  const countries = Object.keys(calendar.getCountries());
  if (!countries.includes(country))
    throw new RangeError(`No holidays are known for "${country}": expected one of ${countries.join(', ')}`);
  const regions = Object.keys(calendar.getStates(country) ?? {});
  if (region !== undefined && !regions.includes(region))
    throw new RangeError(
      `No holidays are known for "${region}" in ${country}: expected one of ${regions.join(', ')}`,
    );
  return calendar;
};

/** Fixed, not counted from today: the same configuration must always give the same deployment. */
const YEARS = { from: 2024, to: 2045 };

/** Every whole public holiday of a country, or of a region in it, as sorted ISO days: `publicHolidays('CH', 'ZH')`. */
export const publicHolidays = (country: string, region?: string, years = YEARS): string[] => {
  const calendar = calendarOf(country, region);
  const days = new Set<string>();
  for (let year = years.from; year <= years.to; year += 1) {
    for (const holiday of calendar.getHolidays(year))
      if (holiday.type === 'public') for (const day of daysOf(holiday)) days.add(day);
  }
  return [...days].sort();
};
