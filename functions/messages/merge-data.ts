import * as z from 'zod';
import { greetingName } from './greeting-name.ts';

const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** A value somebody can see: not blank, and not what a lost value turns into. */
export const Text = z
  .string()
  .trim()
  .regex(VISIBLE, 'is blank')
  .regex(/^(?!undefined$|NaN$)(?![\s\S]*\[object Object\])/, 'is not words');

/** May be absent: null, blank or left out, which all become null. The words must then do without it. */
export const OptionalText = z
  .string()
  .nullable()
  .default(null)
  .transform((value) => (value !== null && VISIBLE.test(value) ? value : null))
  .pipe(Text.nullable());

/** Only web addresses: `javascript:` and the like never become a link. */
export const Link = z.url({ protocol: /^https?$/, hostname: /./ });

export const Shop = z.strictObject({ name: Text, address: Text, website: Link.nullable().default(null) });

/** A member of staff as customers may see them: one who can be rung. */
export const Person = z.strictObject({
  name: Text,
  firstName: Text,
  phone: Text,
  email: z.email(),
  title: OptionalText,
});
export type Person = z.output<typeof Person>;

/** Names as customers are greeted with them; what is not a name becomes null, and the greeting does without. */
const GreetingName = OptionalText.transform(greetingName);

export const Customer = z.strictObject({ firstName: GreetingName, name: GreetingName });

/** `more`: how many other lines the order has. `days`: since the customer has it, null when nobody knows. */
export const Item = z.strictObject({
  title: Text,
  more: z.int().min(0),
  days: z.int().min(0).nullable(),
});

export const PromiseKind = z.enum(['call', 'visit', 'answer', 'resolve']);
export type PromiseKind = z.output<typeof PromiseKind>;
