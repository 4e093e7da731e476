/**
 * Where one clock holds for a whole country, or for all who share a calling code: the table that core/when/zone-table.ts
 * keeps. `node scripts/zone-table.ts` prints that file; a test compares the two, so that a newer tz database is noticed.
 */
import { getAllCountries, getTimezone } from 'countries-and-timezones';
import { getCountries, getCountryCallingCode } from 'libphonenumber-js/min';
import { Temporal } from 'temporal-polyfill';

/** Rules known today differ, if at all, within these years. */
const YEARS = [2027, 2028];
const DAYS = YEARS.flatMap((year) =>
  Array.from({ length: 24 }, (_, half) =>
    Temporal.PlainDate.from({ year, month: 1 + Math.floor(half / 2), day: half % 2 === 0 ? 1 : 15 }),
  ),
);

const clockOf = (zone: string): string =>
  DAYS.map((day) => day.toZonedDateTime({ timeZone: zone, plainTime: '12:00' }).offset).join();

/** The zone of all of them when their clocks agree; a zone named after the first of them before others. */
const oneClock = (zones: readonly string[], country: string): string | undefined => {
  if (new Set(zones.map(clockOf)).size !== 1) return undefined;
  return zones.find((zone) => getTimezone(zone)?.countries[0] === country) ?? zones[0];
};

const sorted = (zones: Map<string, string>): Record<string, string> =>
  Object.fromEntries([...zones].sort(([a], [b]) => (a < b ? -1 : 1)));

export const zonesByCountry = (): Record<string, string> => {
  const zones = new Map<string, string>();
  for (const [country, { timezones }] of Object.entries(getAllCountries())) {
    const zone = oneClock(timezones, country);
    if (zone !== undefined) zones.set(country, zone);
  }
  return sorted(zones);
};

/** Without +1 and +7: whole continents share them. */
export const zonesByCallingCode = (): Record<string, string> => {
  const all: Record<string, { timezones: string[] } | undefined> = getAllCountries();
  const countries = new Map<string, string[]>();
  for (const country of getCountries()) {
    const code = getCountryCallingCode(country);
    countries.set(code, [...(countries.get(code) ?? []), country]);
  }
  const zones = new Map<string, string>();
  for (const [code, shared] of countries) {
    const known = shared.every((country) => all[country] !== undefined);
    const zone = oneClock(
      shared.flatMap((country) => all[country]?.timezones ?? []),
      shared[0] ?? '',
    );
    if (known && zone !== undefined && code.length > 1) zones.set(code, zone);
  }
  return sorted(zones);
};

const WIDTH = 108;

const packed = (zones: Record<string, string>): string[] => {
  const byZone = new Map<string, string[]>();
  for (const [key, zone] of Object.entries(zones)) byZone.set(zone, [...(byZone.get(zone) ?? []), key]);
  const words = [...byZone].sort(([a], [b]) => (a < b ? -1 : 1)).map(([zone, keys]) => `${zone}=${keys}`);
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= WIDTH) lines.splice(-1, 1, `${last} ${word}`);
    else lines.push(word);
  }
  return lines;
};

const constant = (name: string, comment: string, zones: Record<string, string>) =>
  [`/** ${comment} */`, `export const ${name} = zonesIn(\``, ...packed(zones), '`);', ''].join('\n');

export const zoneTable = (): string =>
  [
    '/** Made by scripts/zone-table.ts from the tz database and the numbering plans; not edited by hand. */',
    '',
    "import { zonesIn } from './zone-list.ts';",
    '',
    constant(
      'ZONE_OF_COUNTRY',
      'Countries in which all clocks agree; the others are left out.',
      zonesByCountry(),
    ),
    constant(
      'ZONE_OF_CALLING_CODE',
      'Calling codes whose countries all keep one clock.',
      zonesByCallingCode(),
    ),
  ].join('\n');

if (import.meta.main) process.stdout.write(zoneTable());
