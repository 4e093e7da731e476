/** Merge data of the notes to staff about a promise they keep, a visit they make, and their day. */
import * as z from 'zod';
import { Link, OptionalText, Person, Shop, Text } from './merge-data.ts';
import { StaffPromise } from './staff.ts';

/** `half` of the time is over, or all but a `little`. */
export const StaffReminder = StaffPromise.extend({ left: z.enum(['half', 'little']) });

const Visit = z.strictObject({ whenText: Text, place: OptionalText, bring: OptionalText });

/** To who goes there. */
export const StaffVisit = StaffPromise.extend({
  provider: Person,
  visit: Visit.extend({ isNewTime: z.boolean() }),
});

/** Nobody came. `before`: who was to go; `backup`: who could go instead. */
export const StaffVisitMissed = StaffPromise.extend({
  before: z.strictObject({ name: Text }),
  visit: Visit,
  backup: z.strictObject({ name: Text }),
});

/** After two misses: somebody must answer for the next visit by name. */
export const StaffAcceptVisit = StaffPromise.extend({
  provider: Person,
  visit: Visit,
  backup: z.strictObject({ name: Text }),
});

/** The customer asks for another time. */
export const StaffWish = StaffPromise.extend({ wish: OptionalText });

/** The customer wrote about it. */
export const StaffSaid = StaffPromise.extend({ said: OptionalText });

/** The customer's answer to a new time; null when none came. */
export const StaffOfferAnswer = StaffPromise.extend({
  isAccepted: z.boolean().nullable(),
  said: OptionalText,
});

/** `by`: the customer, the end of the order, another system of the shop, or a colleague. */
export const StaffWithdrawn = StaffPromise.extend({
  by: z.enum(['customer', 'order', 'system', 'colleague']),
  reason: OptionalText,
});

/** Many at once become one: a line each, most costly for the customer first. `isDaily`: the list of the morning. */
export const StaffDigest = z.strictObject({
  shop: Shop,
  owner: Person,
  isDaily: z.boolean(),
  lines: z.array(Text).min(1),
  /** How many there are beyond those listed. */
  more: z.int().min(0),
  links: z.strictObject({ desk: Link }),
});

export const StaffSignIn = z.strictObject({
  shop: Shop,
  owner: Person,
  minutes: z.int().positive(),
  links: z.strictObject({ enter: Link }),
});
