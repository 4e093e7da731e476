/** Merge data of what customers hear about a promise before, while and after it breaks; and about visits. */
import * as z from 'zod';
import { Customer, Item, Link, OptionalText, Person, Shop, Text } from './merge-data.ts';

const about = {
  shop: Shop,
  /** Who owes it now, and signs. */
  owner: Person,
  customer: Customer,
  item: Item,
  links: z.strictObject({ page: Link }),
};

/** Written confirmation of what is owed. `words`: the sentence the shop published or the customer's own question. */
export const WeOweYou = z.strictObject({
  ...about,
  /** Who gets it when the time passes; null at the last level. */
  manager: Person.nullable().default(null),
  promise: z.strictObject({ words: OptionalText, dueText: Text }),
});

/** The truth before the time is over: it may not be kept. */
export const AtRisk = z.strictObject({
  ...about,
  manager: Person.nullable().default(null),
  promise: z.strictObject({ dueText: Text }),
});

/** Somebody has it and puts it right by then. */
export const InHand = z.strictObject({
  ...about,
  manager: Person.nullable().default(null),
  promise: z.strictObject({ dueText: Text }),
});

/** The word is broken. `before`: who had it; `owner` has it now and signs. */
export const WeAreSorry = z.strictObject({
  ...about,
  before: z.strictObject({ name: Text }),
  promise: z.strictObject({ wasDueText: Text, dueText: Text, strikes: z.int().positive() }),
});

/** The owner needs more time. `wasDueText`: what was said before. */
export const NewTime = z.strictObject({
  ...about,
  promise: z.strictObject({ wasDueText: Text, dueText: Text }),
  reason: OptionalText,
});

/** The owner cannot make it and asks whether `newText` suits. */
export const OfferNewTime = z.strictObject({
  ...about,
  promise: z.strictObject({ wasDueText: Text, newText: Text }),
  reason: OptionalText,
});

/** Somebody else looks after them from now on. */
export const NewPerson = z.strictObject({
  ...about,
  before: z.strictObject({ name: Text }),
  promise: z.strictObject({ dueText: Text }),
});

/** Taken back. `by`: the customer said so, the order ended, or the shop did. */
export const Withdrawn = z.strictObject({
  ...about,
  promise: z.strictObject({ dueText: Text }),
  by: z.enum(['customer', 'order', 'shop']),
  reason: OptionalText,
});

/** `whenText`: day and window in the venue's zone. */
const Visit = z.strictObject({ whenText: Text, place: OptionalText, bring: OptionalText });

/** `isNewTime`: an earlier booking is replaced. `strikes`: how often we broke our word about this visit. */
export const VisitBooked = z.strictObject({
  ...about,
  provider: Person,
  visit: Visit.extend({ isNewTime: z.boolean(), strikes: z.int().min(0) }),
});

/** The day before; the truth a quarter of an hour before; late, with the new window; nobody was at home. */
export const AboutVisit = z.strictObject({ ...about, provider: Person, visit: Visit });

/**
 * As far as we can see nobody came: sorry, and one question. `call.dueText`: until when the owner rings.
 * `isToldByCustomer`: they said so themselves, so they are not asked the same again but when it suits them now.
 */
export const NobodyCame = z.strictObject({
  ...about,
  isToldByCustomer: z.boolean().default(false),
  before: z.strictObject({ name: Text }),
  visit: Visit,
  call: z.strictObject({ dueText: Text }).nullable().default(null),
});
