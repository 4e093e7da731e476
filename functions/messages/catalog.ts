import * as z from 'zod';
import { CheckIn, Reminder, ReviewAsk } from './asks.ts';
import { PromiseKind } from './merge-data.ts';
import { WasItPutRight, WasItPutRightAgain, WeAreOnIt } from './owed.ts';
import {
  StaffCannotWrite,
  StaffHandedOver,
  StaffPromise,
  StaffPromiseBack,
  StaffPromiseEscalated,
  StaffUnclearSend,
} from './staff.ts';

/**
 * `ask`: one question and an opt-out. `confirm`: one question about something owed, so no opt-out. `notice`: says what
 * happens next and asks nothing. `staff`: never leaves the shop.
 */
export type MessageKind = 'ask' | 'confirm' | 'notice' | 'staff';

const Journeys = ['goods', 'service', 'class', 'saas'] as const;

/**
 * Every message there is: its merge data and the variants we ship words for. A shop may add its own variant by adding
 * its file (`check-in.espresso.md`); the merge data stays the same.
 */
const catalog = {
  'check-in': { kind: 'ask', data: CheckIn, variants: Journeys },
  reminder: { kind: 'ask', data: Reminder, variants: Journeys },
  'review-ask': { kind: 'ask', data: ReviewAsk, variants: [] },
  'we-are-on-it': { kind: 'notice', data: WeAreOnIt, variants: [] },
  'was-it-put-right': { kind: 'confirm', data: WasItPutRight, variants: PromiseKind.options },
  'was-it-put-right-again': { kind: 'confirm', data: WasItPutRightAgain, variants: PromiseKind.options },
  'staff-promise': { kind: 'staff', data: StaffPromise, variants: PromiseKind.options },
  'staff-promise-escalated': { kind: 'staff', data: StaffPromiseEscalated, variants: [] },
  'staff-promise-back': { kind: 'staff', data: StaffPromiseBack, variants: [] },
  'staff-handed-over': { kind: 'staff', data: StaffHandedOver, variants: [] },
  'staff-unclear-send': { kind: 'staff', data: StaffUnclearSend, variants: [] },
  'staff-cannot-write': { kind: 'staff', data: StaffCannotWrite, variants: [] },
} as const satisfies Record<string, { kind: MessageKind; data: z.ZodType; variants: readonly string[] }>;

export type MessageName = keyof typeof catalog;
export const MessageName = z.enum([
  'check-in',
  'reminder',
  'review-ask',
  'we-are-on-it',
  'was-it-put-right',
  'was-it-put-right-again',
  'staff-promise',
  'staff-promise-escalated',
  'staff-promise-back',
  'staff-handed-over',
  'staff-unclear-send',
  'staff-cannot-write',
] satisfies [MessageName, ...MessageName[]]);

export const messageNames: readonly MessageName[] = MessageName.options;

/** What a handler hands over for a message; optional values may be null or left out. */
export type MergeData<N extends MessageName> = z.input<(typeof catalog)[N]['data']>;

export const dataSchemaOf = (name: MessageName): z.ZodType<Record<string, unknown>> => catalog[name].data;
export const kindOf = (name: MessageName): MessageKind => catalog[name].kind;
/** The shipped variants; empty when the message has only one wording. */
export const variantsOf = (name: MessageName): readonly string[] => catalog[name].variants;
