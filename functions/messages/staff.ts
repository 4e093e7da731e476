import * as z from 'zod';
import { Item, Link, OptionalText, Person, PromiseKind, Shop, Text } from './merge-data.ts';

const TaskLink = z.strictObject({ task: Link });

const CustomerCase = z.strictObject({
  firstName: OptionalText,
  name: OptionalText,
  phone: OptionalText,
  email: OptionalText,
});

/** What is known about the sale. `rating` 1 (bad) to 5; `tried`: what happened so far, oldest first, one line each. */
const Story = z.strictObject({
  order: Text,
  boughtText: Text,
  said: OptionalText,
  rating: z.int().min(1).max(5).nullable().default(null),
  wish: z.enum(['fix', 'replace', 'refund', 'listen']).nullable().default(null),
  tried: z.array(Text),
});

const Owed = z.strictObject({
  kind: PromiseKind,
  dueText: Text,
  level: z.int().min(0),
  strikes: z.int().min(0),
});

/** A promise and whose it now is. `manager`: who gets it when the time passes; null at the last level. */
export const StaffPromise = z.strictObject({
  shop: Shop,
  owner: Person,
  manager: Person.nullable().default(null),
  customer: CustomerCase,
  item: Item,
  story: Story,
  promise: Owed,
  links: TaskLink,
  /** An answer to this note goes to the customer as it stands. */
  canAnswer: z.boolean().default(false),
});

/** `before`: who had it, and until when. */
export const StaffPromiseEscalated = StaffPromise.extend({
  before: z.strictObject({ name: Text, dueText: Text }),
});

/** The customer said "not yet". `before.done`: what was said to be done; `notYet`: the customer's words, if any. */
export const StaffPromiseBack = StaffPromise.extend({
  before: z.strictObject({ name: Text, done: OptionalText }),
  notYet: OptionalText,
});

/** A colleague passed it on, or left. */
export const StaffHandedOver = StaffPromise.extend({
  before: z.strictObject({ name: Text }),
  note: OptionalText,
});

const AboutASale = z.strictObject({
  shop: Shop,
  owner: Person,
  customer: CustomerCase,
  item: Item,
  story: Story,
  links: TaskLink,
});

/** `mail.subject` of the mail in doubt, `mail.atText` when it was tried. */
export const StaffUnclearSend = AboutASale.extend({
  mail: z.strictObject({ subject: Text, atText: Text }),
});

/** `missing`: the merge fields without a value, for reason `missing-data`; empty otherwise. */
export const StaffCannotWrite = AboutASale.extend({
  reason: z.enum(['no-address', 'missing-data', 'refused', 'bounced', 'complaint', 'came-back', 'too-late']),
  missing: z.array(Text),
});
