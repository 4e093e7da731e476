/** A journey: when this kind of sale is asked how it is going, when again, and when a person steps in. */
import * as z from 'zod';
import { Delay } from './calendar.ts';

/** A moment of the sale the clock can start from. */
export const Anchor = z.literal(['delivered', 'fulfilled', 'paid']);
export type Anchor = z.output<typeof Anchor>;

const JourneyKind = z.literal(['goods', 'service', 'class', 'saas']);
export type JourneyKind = z.output<typeof JourneyKind>;

/** What the shop has published about every such sale, and therefore owes from the moment of the order. */
const PublishedPromise = z.strictObject({
  kind: z.literal(['call', 'visit', 'answer']),
  within: Delay,
  /** The sentence as published; it stands on the page of whoever owes it and on the customer's. */
  says: z.string().trim().min(1).max(300),
});
export type PublishedPromise = z.output<typeof PublishedPromise>;

export const Journey = z.strictObject({
  /** Chooses the words. */
  kind: JourneyKind,
  /** First that is known wins: delivered, else fulfilled plus transit, else paid plus a guess. */
  checkIn: z
    .array(z.strictObject({ after: Anchor, wait: Delay }))
    .min(1)
    .refine(
      (steps) => steps.some((step) => step.after === 'paid'),
      'expected a last step `after: "paid"`, because some shops never tell us about delivery',
    ),
  /** How long an answer may take before the one reminder. */
  reminder: Delay,
  /** How long after the reminder a person steps in. */
  person: Delay,
  /** After the day of the check-in; left out, nobody is asked for a review. */
  review: Delay.optional(),
  /** Owed at the moment of sale. */
  promises: z.array(PublishedPromise).max(5).default([]),
});
export type Journey = z.output<typeof Journey>;
