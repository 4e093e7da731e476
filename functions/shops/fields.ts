/** The pieces that the shops' body schemas are made of. What a follow-up cannot do without is checked and named in the
 * refusal; what it can (a name, a phone number) is taken if it is usable and left out if not. */
import * as z from 'zod';
import { countryOf, emailOf, localeOf, phoneOf, regionOf } from './contact.ts';
import { plainText } from './plain-text.ts';

const lenient = <T>(read: (value: unknown) => T | undefined) => z.unknown().optional().transform(read);

/** A text of at most `max` characters, or undefined. */
export const text = (max: number) => lenient((value) => plainText(value, max));
export const email = lenient(emailOf);
export const phone = lenient(phoneOf);
export const locale = lenient(localeOf);
export const country = lenient(countryOf);
export const region = lenient(regionOf);
/** Anything at all: dates are read with the time of receipt at hand, by moment.ts. */
export const moment = z.unknown().optional();

/** An object that may be missing, null or misshapen, and is undefined then. */
export const maybe = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);

/** A list whose misshapen elements are left out. */
export const listOf = <T extends z.ZodType>(schema: T) =>
  lenient((value) => (Array.isArray(value) ? value : [])).transform((values) =>
    (values ?? []).flatMap((value) => {
      const parsed = schema.safeParse(value);
      return parsed.success ? [parsed.data] : [];
    }),
  );

const isWhole = (value: unknown): boolean =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

/** An id as text, from text or from a whole number; a number that has lost digits is refused. */
export const id = z
  .unknown()
  .optional()
  .transform((value) => (isWhole(value) ? String(value) : value))
  .pipe(
    z
      .string('expected an id')
      .regex(/^[\w.:~+=@#-]{1,200}$/, 'expected an id of 1-200 letters, digits or . : ~ + = @ # - _'),
  );

export const title = text(500).pipe(z.string('expected a title'));

export const quantity = z
  .int('expected a whole number')
  .min(0, 'expected 0 or more')
  .max(1e9, 'expected at most a billion');

/** Major units as a shop writes them, `129.90`; a credit or a number that is none is refused. */
export const amount = z
  .unknown()
  .optional()
  .transform((value) => (typeof value === 'number' ? String(value) : value))
  .pipe(
    z
      .string('expected an amount such as "129.90"')
      .regex(/^\d{1,20}(\.\d{1,10})?$/, 'expected an amount such as "129.90"'),
  );

/** ISO 4217, in either case; XXX means "no currency". */
export const currency = z
  .string('expected a currency such as "EUR"')
  .regex(/^[a-z]{3}$/i, 'expected a currency such as "EUR"')
  .toUpperCase()
  .refine((code) => code !== 'XXX', 'expected a currency such as "EUR"');
