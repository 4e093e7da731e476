import * as z from 'zod';
import { Customer, Item, Link, OptionalText, Person, Shop, Text } from './merge-data.ts';

const PageLink = z.strictObject({ page: Link });

/** The receipt for an unhappy answer. `manager` is null when the owner is already the last level. */
export const WeAreOnIt = z.strictObject({
  shop: Shop,
  owner: Person,
  manager: Person.nullable().default(null),
  customer: Customer,
  promise: z.strictObject({ contact: z.enum(['call', 'write', 'visit']), dueText: Text }),
  links: PageLink,
});

/**
 * Was the promise kept? `done`: what the owner says was done, in words meant for the customer; null when the time is up
 * and the owner said nothing. `closesText`: when silence is taken as "assumed".
 */
const Kept = z.strictObject({ dueText: Text, done: OptionalText, closesText: Text });

export const WasItPutRight = z.strictObject({
  shop: Shop,
  owner: Person,
  customer: Customer,
  item: Item,
  promise: Kept,
  links: PageLink,
});

/** Somebody here wrote to the customer. `theirs`: in their own words, as they stand; `subject`: of what it answers. */
const InWords = z.strictObject({
  shop: Shop,
  owner: Person,
  customer: Customer,
  item: Item,
  theirs: Text,
  subject: OptionalText,
  links: PageLink,
});

/** Words about something owed. */
export const Told = InWords;
/** An answer to what was asked, and the question whether it helps. */
export const Answer = InWords.extend({ promise: z.strictObject({ closesText: Text }) });

/** The same question once more. `asked.dayText`: when it was asked first. */
export const WasItPutRightAgain = WasItPutRight.extend({ asked: z.strictObject({ dayText: Text }) });
