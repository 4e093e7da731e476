import * as z from 'zod';
import { Customer, Item, Link, OptionalText, Person, Shop, Text } from './merge-data.ts';

/** `page`: the customer's own, where things stand. */
const AskLinks = z.strictObject({ form: Link, page: Link, stop: Link });

/** `others`: what else the same person bought that this mail asks about too. */
const AskItem = Item.extend({ others: z.array(Text).max(3).default([]) });

/** The shop's own question about this product ("Did the drawer fit the gap you measured?"), instead of the shipped one. */
const OneQuestion = Text.regex(/^[^?]+\?$/, 'is not exactly one question')
  .nullable()
  .default(null);

/** The friendly question that opens a dialogue; signed by the person who gets the reply. */
export const CheckIn = z.strictObject({
  shop: Shop,
  signer: Person,
  customer: Customer,
  item: AskItem,
  question: OneQuestion,
  links: AskLinks,
});

/**
 * The second and last ask. `asked.dayText`: the day of the first one as text; `asked.by`: who signed it if that was
 * somebody else. `mayCall`: the journey ends in a call and there is a number; else the mail must not announce one.
 */
export const Reminder = z.strictObject({
  shop: Shop,
  signer: Person,
  customer: Customer,
  item: AskItem,
  asked: z.strictObject({ dayText: Text, by: OptionalText }),
  mayCall: z.boolean(),
  links: AskLinks,
});

/** After an answer by mail that asks for nothing; `subject`: of the mail it answers. */
export const AfterAnswer = z.strictObject({
  shop: Shop,
  signer: Person,
  customer: Customer,
  item: Item,
  subject: OptionalText,
  links: z.strictObject({ page: Link, stop: Link }),
});

/** One wording for everybody (law 11): no field here says how the customer answered, so none can change the words. */
export const ReviewAsk = z.strictObject({
  shop: Shop,
  signer: Person,
  customer: Customer,
  item: Item,
  links: z.strictObject({ review: Link, page: Link, stop: Link }),
});
