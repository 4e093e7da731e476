import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Zone } from '../../../../functions/core/calendar.ts';
import { customerZone } from '../../../../functions/core/when/customer-zone.ts';
import { regionsKnown } from '../../../../functions/core/when/region-zones.ts';
import { zoneTable } from '../../../../scripts/zone-table.ts';

const SHOP = 'Europe/Zurich';

describe("a customer's zone", () => {
  it.each([
    ['a country with one clock', { country: 'JP' }, 'Asia/Tokyo', 'address'],
    ['a country with two names for one clock', { country: 'DE' }, 'Europe/Berlin', 'address'],
    ['a state of the US', { country: 'US', region: 'CA' }, 'America/Los_Angeles', 'address'],
    ['a province of Canada', { country: 'CA', region: 'NS' }, 'America/Halifax', 'address'],
    ['a state of Australia', { country: 'AU', region: 'WA' }, 'Australia/Perth', 'address'],
    ['the Canaries', { country: 'ES', region: 'TF' }, 'Atlantic/Canary', 'address'],
    ['the address before the phone', { country: 'JP', phone: '+49 30 901820' }, 'Asia/Tokyo', 'address'],
    ['the phone when there is no address', { phone: '+81 3-1234-5678' }, 'Asia/Tokyo', 'phone'],
    ['a phone with two zeros', { phone: '0049 (0)30 901820' }, 'Europe/Berlin', 'phone'],
    [
      'the phone when the country has several clocks',
      { country: 'US', phone: '+81 3-1234-5678' },
      'Asia/Tokyo',
      'phone',
    ],
    ['the shop when nothing is known', {}, SHOP, 'shop'],
    ['the shop for a country with several clocks', { country: 'US' }, SHOP, 'shop'],
    ['the shop for a region nobody knows', { country: 'US', region: 'ZZ' }, SHOP, 'shop'],
    ['the shop for a number of a continent', { phone: '+1 212 555 0100' }, SHOP, 'shop'],
    ['the shop for a country of many clocks by phone', { phone: '+61 2 9374 4000' }, SHOP, 'shop'],
    ['the shop for a number dialled at home', { phone: '044 555 01 01' }, SHOP, 'shop'],
    ['the shop for a number that is none', { phone: '+49' }, SHOP, 'shop'],
  ])('comes from %s', (_, customer, zone, zoneFrom) => {
    expect(customerZone(customer, SHOP)).toEqual({ zone, zoneFrom });
  });

  it('is one that exists, for every region in the table, and no region stands there twice', () => {
    const regions = regionsKnown();

    expect(regions.filter(({ zone }) => !Zone.safeParse(zone).success)).toEqual([]);
    expect(new Set(regions.map(({ country, region }) => `${country}-${region}`)).size).toBe(regions.length);
    for (const country of ['US', 'CA', 'AU'])
      expect(regions.filter((one) => one.country === country).length).toBeGreaterThanOrEqual(8);
  });

  it('is read from a table that says what the tz database says today', () => {
    const path = new URL('../../../../functions/core/when/zone-table.ts', import.meta.url);

    expect(readFileSync(path, 'utf8')).toBe(zoneTable());
  });
});
