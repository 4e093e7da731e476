/** Whose clock counts for a customer: where it is delivered, else what the phone number tells, else the shop's. */
import * as z from 'zod';
import type { Customer } from '../shop-event.ts';
import { zoneOfRegion } from './region-zones.ts';
import { ZONE_OF_CALLING_CODE, ZONE_OF_COUNTRY } from './zone-table.ts';

export const ZoneSource = z.literal(['address', 'phone', 'shop']);
export type ZoneSource = z.output<typeof ZoneSource>;

/** E.164: at most fifteen digits; a number with fewer than seven is none one could dial from abroad. */
const DIGITS = { least: 7, most: 15 };
const LONGEST_CODE = 3;

/** The digits after `+` or `00`; undefined for a number written as one dials it at home. */
const internationalDigits = (phone: string): string | undefined => {
  const digits = phone.replace(/\(0\)/g, '').replace(/[\s().\-/]/g, '');
  const rest = /^(?:\+|00)([1-9]\d*)$/.exec(digits)?.[1];
  return rest !== undefined && rest.length >= DIGITS.least && rest.length <= DIGITS.most ? rest : undefined;
};

/** No calling code is the beginning of another one, so at most one length is in the table. */
const zoneOfPhone = (phone: string): string | undefined => {
  const digits = internationalDigits(phone);
  if (digits === undefined) return undefined;
  for (let length = 1; length <= LONGEST_CODE; length += 1) {
    const zone = ZONE_OF_CALLING_CODE.get(digits.slice(0, length));
    if (zone !== undefined) return zone;
  }
  return undefined;
};

const zoneOfAddress = ({ country, region }: Customer): string | undefined => {
  if (country === undefined) return undefined;
  const ofRegion = region === undefined ? undefined : zoneOfRegion(country, region);
  return ofRegion ?? ZONE_OF_COUNTRY.get(country);
};

/** Never a guess among several clocks of a country: what cannot be told is left to the next source. */
export const customerZone = (
  customer: Customer,
  shopZone: string,
): { zone: string; zoneFrom: ZoneSource } => {
  const fromAddress = zoneOfAddress(customer);
  if (fromAddress !== undefined) return { zone: fromAddress, zoneFrom: 'address' };
  const fromPhone = customer.phone === undefined ? undefined : zoneOfPhone(customer.phone);
  if (fromPhone !== undefined) return { zone: fromPhone, zoneFrom: 'phone' };
  return { zone: shopZone, zoneFrom: 'shop' };
};
