import { domainToASCII } from 'node:url';
import { plainText } from './plain-text.ts';

/** ASCII only before the @ (SES takes nothing else), and none of the characters that structure a header. */
const LOCAL_PART = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const DOMAIN = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;
/** RFC 5321 leaves 254 characters for an address. */
const MAX_EMAIL = 254;

/** An address that can be mailed to, its domain in lower case and ASCII; undefined for anything else. */
export const emailOf = (value: unknown): string | undefined => {
  if (typeof value !== 'string' || value.length > 1000) return undefined;
  const [local, domain, ...rest] = value.trim().split('@');
  if (local === undefined || domain === undefined || rest.length > 0) return undefined;
  if (!LOCAL_PART.test(local) || local.length > 64 || /[\s\p{Cc}]/u.test(domain)) return undefined;
  const ascii = domainToASCII(domain).toLowerCase();
  const email = `${local}@${ascii}`;
  return DOMAIN.test(ascii) && email.length <= MAX_EMAIL ? email : undefined;
};

/** A number to call, as the shop wrote it; undefined without at least five digits. */
export const phoneOf = (value: unknown): string | undefined => {
  const phone = plainText(value, 60);
  return phone !== undefined && /^[\d\s+()./x#*-]+$/i.test(phone) && /(\d\D*){5}/.test(phone)
    ? phone
    : undefined;
};

/** BCP 47 with its usual casing (`de-CH`), also from `de_CH`; undefined for `auto` and whatever is no language tag. */
export const localeOf = (value: unknown): string | undefined => {
  if (typeof value !== 'string' || value === 'auto' || !/^[a-z]{2,3}([-_][a-z0-9]{2,8}){0,3}$/i.test(value))
    return undefined;
  try {
    return Intl.getCanonicalLocales(value.replaceAll('_', '-'))[0];
  } catch {
    return undefined;
  }
};

/** ISO 3166-2 in upper case, without the country that some shops put before it; undefined for a name. */
export const regionOf = (value: unknown): string | undefined =>
  typeof value === 'string'
    ? /^(?:[a-z]{2}-)?([a-z\d]{1,3})$/i.exec(value.trim())?.[1]?.toUpperCase()
    : undefined;

/** ISO 3166-1 alpha-2 in upper case. */
export const countryOf = (value: unknown): string | undefined =>
  typeof value === 'string' && /^[a-z]{2}$/i.test(value.trim()) ? value.trim().toUpperCase() : undefined;
