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

/** The same question once more. `asked.dayText`: when it was asked first. */
export const WasItPutRightAgain = WasItPutRight.extend({ asked: z.strictObject({ dayText: Text }) });
