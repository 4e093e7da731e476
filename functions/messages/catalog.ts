import * as z from 'zod';
import { AfterAnswer, CheckIn, Reminder, ReviewAsk } from './asks.ts';
import { PromiseKind } from './merge-data.ts';
import { Answer, Told, WasItPutRight, WasItPutRightAgain, WeAreOnIt } from './owed.ts';
import {
  AboutVisit,
  AtRisk,
  InHand,
  NewPerson,
  NewTime,
  NobodyCame,
  OfferNewTime,
  VisitBooked,
  WeAreSorry,
  WeOweYou,
  Withdrawn,
} from './promises.ts';
import {
  StaffCannotWrite,
  StaffHandedOver,
  StaffPromise,
  StaffPromiseBack,
  StaffPromiseEscalated,
  StaffUnclearSend,
} from './staff.ts';
import {
  StaffAcceptVisit,
  StaffDigest,
  StaffOfferAnswer,
  StaffReminder,
  StaffSaid,
  StaffSignIn,
  StaffVisit,
  StaffVisitMissed,
  StaffWish,
  StaffWithdrawn,
} from './staff-notices.ts';

/**
 * `ask`: one question and an opt-out. `confirm`: one question about something owed, so no opt-out. `notice`: says what
 * happens next and asks nothing. `thanks`: asks nothing either, with an opt-out. `staff`: never leaves the shop.
 */
export type MessageKind = 'ask' | 'confirm' | 'notice' | 'thanks' | 'staff';

const Journeys = ['goods', 'service', 'class', 'saas'] as const;
/** Who bought a present is asked about the buying, whatever was bought. */
const Asks = [...Journeys, 'gift'] as const;

/**
 * Every message there is: its merge data and the variants we ship words for. A shop may add its own variant by adding
 * its file (`check-in.espresso.md`); the merge data stays the same.
 */
const catalog = {
  'check-in': { kind: 'ask', data: CheckIn, variants: Asks },
  reminder: { kind: 'ask', data: Reminder, variants: Asks },
  'review-ask': { kind: 'ask', data: ReviewAsk, variants: [] },
  'thank-you': { kind: 'thanks', data: AfterAnswer, variants: [] },
  'made-it-great': { kind: 'ask', data: AfterAnswer, variants: [] },
  'we-are-on-it': { kind: 'notice', data: WeAreOnIt, variants: [] },
  'was-it-put-right': { kind: 'confirm', data: WasItPutRight, variants: PromiseKind.options },
  'was-it-put-right-again': { kind: 'confirm', data: WasItPutRightAgain, variants: PromiseKind.options },
  told: { kind: 'notice', data: Told, variants: [] },
  answer: { kind: 'confirm', data: Answer, variants: [] },
  'staff-promise': { kind: 'staff', data: StaffPromise, variants: PromiseKind.options },
  'staff-promise-escalated': { kind: 'staff', data: StaffPromiseEscalated, variants: [] },
  'staff-promise-back': { kind: 'staff', data: StaffPromiseBack, variants: [] },
  'staff-handed-over': { kind: 'staff', data: StaffHandedOver, variants: [] },
  'staff-unclear-send': { kind: 'staff', data: StaffUnclearSend, variants: [] },
  'staff-cannot-write': { kind: 'staff', data: StaffCannotWrite, variants: [] },
  'we-owe-you': { kind: 'notice', data: WeOweYou, variants: PromiseKind.options },
  'in-hand': { kind: 'notice', data: InHand, variants: [] },
  'at-risk': { kind: 'notice', data: AtRisk, variants: PromiseKind.options },
  'we-are-sorry': { kind: 'notice', data: WeAreSorry, variants: PromiseKind.options },
  'new-time': { kind: 'notice', data: NewTime, variants: PromiseKind.options },
  'offer-new-time': { kind: 'confirm', data: OfferNewTime, variants: [] },
  'new-person': { kind: 'notice', data: NewPerson, variants: [] },
  withdrawn: { kind: 'notice', data: Withdrawn, variants: PromiseKind.options },
  'visit-booked': { kind: 'notice', data: VisitBooked, variants: [] },
  'visit-tomorrow': { kind: 'notice', data: AboutVisit, variants: [] },
  'visit-may-be-late': { kind: 'notice', data: AboutVisit, variants: [] },
  'visit-late': { kind: 'notice', data: AboutVisit, variants: [] },
  'did-anyone-come': { kind: 'confirm', data: AboutVisit, variants: [] },
  'nobody-came': { kind: 'confirm', data: NobodyCame, variants: [] },
  'nobody-home': { kind: 'confirm', data: AboutVisit, variants: [] },
  'staff-reminder': { kind: 'staff', data: StaffReminder, variants: [] },
  'staff-visit-booked': { kind: 'staff', data: StaffVisit, variants: [] },
  'staff-visit-tomorrow': { kind: 'staff', data: StaffVisit, variants: [] },
  'staff-on-your-way': { kind: 'staff', data: StaffVisit, variants: [] },
  'staff-nobody-on-the-way': { kind: 'staff', data: StaffVisit, variants: [] },
  'staff-visit-unbooked': { kind: 'staff', data: StaffVisit, variants: [] },
  'staff-visit-missed': { kind: 'staff', data: StaffVisitMissed, variants: [] },
  'staff-accept-visit': { kind: 'staff', data: StaffAcceptVisit, variants: [] },
  'staff-wish': { kind: 'staff', data: StaffWish, variants: [] },
  'staff-said': { kind: 'staff', data: StaffSaid, variants: [] },
  'staff-offer-answer': { kind: 'staff', data: StaffOfferAnswer, variants: [] },
  'staff-withdrawn': { kind: 'staff', data: StaffWithdrawn, variants: [] },
  'staff-digest': { kind: 'staff', data: StaffDigest, variants: [] },
  'staff-sign-in': { kind: 'staff', data: StaffSignIn, variants: [] },
} as const satisfies Record<string, { kind: MessageKind; data: z.ZodType; variants: readonly string[] }>;

export type MessageName = keyof typeof catalog;
export const MessageName = z.enum([
  'check-in',
  'reminder',
  'review-ask',
  'thank-you',
  'made-it-great',
  'we-are-on-it',
  'was-it-put-right',
  'was-it-put-right-again',
  'told',
  'answer',
  'staff-promise',
  'staff-promise-escalated',
  'staff-promise-back',
  'staff-handed-over',
  'staff-unclear-send',
  'staff-cannot-write',
  'we-owe-you',
  'in-hand',
  'at-risk',
  'we-are-sorry',
  'new-time',
  'offer-new-time',
  'new-person',
  'withdrawn',
  'visit-booked',
  'visit-tomorrow',
  'visit-may-be-late',
  'visit-late',
  'did-anyone-come',
  'nobody-came',
  'nobody-home',
  'staff-reminder',
  'staff-visit-booked',
  'staff-visit-tomorrow',
  'staff-on-your-way',
  'staff-nobody-on-the-way',
  'staff-visit-unbooked',
  'staff-visit-missed',
  'staff-accept-visit',
  'staff-wish',
  'staff-said',
  'staff-offer-answer',
  'staff-withdrawn',
  'staff-digest',
  'staff-sign-in',
] satisfies [MessageName, ...MessageName[]]);

export const messageNames: readonly MessageName[] = MessageName.options;

/** What a handler hands over for a message; optional values may be null or left out. */
export type MergeData<N extends MessageName> = z.input<(typeof catalog)[N]['data']>;

export const dataSchemaOf = (name: MessageName): z.ZodType<Record<string, unknown>> => catalog[name].data;
export const kindOf = (name: MessageName): MessageKind => catalog[name].kind;
/** The shipped variants; empty when the message has only one wording. */
export const variantsOf = (name: MessageName): readonly string[] => catalog[name].variants;
