/** What can happen to a promise, as the journal writes it down. Staff and clocks write here; only the customer closes. */
import * as z from 'zod';
import { Zone } from '../calendar.ts';
import { Instant } from '../ids.ts';
import { Level } from '../level.ts';

export const PromiseKind = z.literal(['call', 'visit', 'answer', 'resolve']);
export type PromiseKind = z.output<typeof PromiseKind>;

/** `call-1`, `visit-2`: the kind and a number within the sale. */
export const PromiseId = z.string().regex(/^(call|visit|answer|resolve)-\d+$/);
export type PromiseId = z.output<typeof PromiseId>;

/**
 * Why something is owed: the customer's answer, silence, a question, the shop's published word (`published`), a booked
 * visit (`booked`), a visit nobody came to (`missed`), a member of staff, another system of the shop, or a request for
 * everything that is kept about them.
 */
export const PromiseCause = z.literal([
  'unhappy',
  'asked',
  'silent',
  'cannot-write',
  'question',
  'published',
  'booked',
  'missed',
  'staff',
  'system',
  'data-request',
]);
export type PromiseCause = z.output<typeof PromiseCause>;

/** `high`: by phone, not by mail. `urgent`: pages outside working hours too. */
export const Severity = z.literal(['normal', 'high', 'urgent']);
export type Severity = z.output<typeof Severity>;

/** Who was not there: nobody knows yet until somebody says so. */
export const NoShow = z.literal(['provider', 'customer', 'unknown']);
export type NoShow = z.output<typeof NoShow>;

/** Who wrote it: a staff id, `customer`, `clock`, `shop` (its webhooks) or `system` (the promise API). */
const Actor = z.string().min(1).max(60);
const count = z.int().positive();
const ofPromise = { at: Instant, promise: PromiseId };
const numbered = { ...ofPromise, n: count };
const window = { from: Instant, to: Instant };
const note = z.strictObject({ note: z.string().optional() }).optional();

export const PROMISE_ENTRIES = [
  z.strictObject({
    type: z.literal('promised'),
    ...ofPromise,
    kind: PromiseKind,
    because: PromiseCause,
    /** The answer it follows from, when it does. */
    reply: count.optional(),
    owner: z.string(),
    level: Level,
    dueAt: Instant,
    severity: Severity.optional(),
    /** A time given in days is half over when half the days are, not half the working hours. */
    clock: z.literal('calendar').optional(),
    by: Actor.optional(),
    /** The promise it follows from: the visit nobody came to. */
    after: PromiseId.optional(),
    /** Digest of the request that asked for it: the same request never makes two. */
    request: z.string().optional(),
    /** The sentence the shop published, what staff promised, or the customer's question. */
    private: z.strictObject({ words: z.string() }).optional(),
  }),
  z.strictObject({
    type: z.literal('taken'),
    ...ofPromise,
    /** Which assignment of the promise was taken: whoever gets it back can take it again. */
    n: count,
    by: z.string(),
    dueAt: Instant,
  }),
  z.strictObject({
    type: z.literal('handed-over'),
    ...numbered,
    from: z.string(),
    to: z.string(),
    level: Level,
    dueAt: Instant,
    /** The first owner works here no more: the customer hears who their new person is. */
    because: z.literal('left').optional(),
    request: z.string().optional(),
    private: note,
  }),
  /** The owner needs more time and says so before the old time is over. */
  z.strictObject({
    type: z.literal('moved'),
    ...numbered,
    by: Actor,
    dueAt: Instant,
    request: z.string().optional(),
    private: z.strictObject({ reason: z.string().optional() }).optional(),
  }),
  /** The owner cannot make it and offers a new time; until the customer answers the ball is theirs. */
  z.strictObject({
    type: z.literal('offered'),
    ...numbered,
    by: z.string(),
    /** A window for visits; else only `to`, the new due time. */
    from: Instant.optional(),
    to: Instant,
    /** Until when an answer is waited for. */
    dueAt: Instant,
    private: z.strictObject({ reason: z.string().optional() }).optional(),
  }),
  z.strictObject({
    type: z.literal('offer-answered'),
    ...numbered,
    isAccepted: z.boolean(),
    /** When accepted: when it is due now; when not: by when the owner must have found another way. */
    dueAt: Instant,
    private: z.strictObject({ words: z.string().optional() }).optional(),
  }),
  /** Nobody answered the offer in time: the owner has the ball again. */
  z.strictObject({ type: z.literal('offer-lapsed'), ...numbered, dueAt: Instant }),
  /** The customer asks for another time. */
  z.strictObject({
    type: z.literal('wished'),
    ...numbered,
    private: z.strictObject({ words: z.string().optional() }).optional(),
  }),

  /** The customer wrote about it by mail while it was open; the owner gets their words. */
  z.strictObject({
    type: z.literal('said'),
    ...numbered,
    /** Digest of the mail, as in `wrote`. */
    mail: z.string(),
    /** It came after we said that it is done: open again, until then. */
    dueAt: Instant.optional(),
    private: z.strictObject({ words: z.string() }).optional(),
  }),
  /** Somebody here wrote to the customer about it; the customer gets the words as they stand. */
  z.strictObject({
    type: z.literal('told'),
    ...numbered,
    by: z.string(),
    via: z.literal(['mail', 'desk']),
    private: z.strictObject({ words: z.string() }).optional(),
  }),

  /** A time and a place for a visit. Every further booking is a new one of the same promise: `n` counts them. */
  z.strictObject({
    type: z.literal('booked'),
    ...numbered,
    by: Actor,
    ...window,
    zone: Zone,
    provider: z.string(),
    /** Window end plus grace. */
    dueAt: Instant,
    /** After two misses a booking stands only when somebody answers for it by name. */
    needsAcceptance: z.boolean(),
    request: z.string().optional(),
    private: z.strictObject({ place: z.string().optional(), bring: z.string().optional() }).optional(),
  }),
  /** Named acceptance of booking `n`. */
  z.strictObject({ type: z.literal('accepted'), ...numbered, by: z.string() }),
  /** The customer says booking `n` suits them. */
  z.strictObject({ type: z.literal('suits'), ...numbered }),
  /** The provider is on the way to booking `n`. */
  z.strictObject({ type: z.literal('on-my-way'), ...numbered, by: z.string(), dueAt: Instant }),
  /** The provider is late and says so: a new window for the same day. `n` counts over all bookings. */
  z.strictObject({ type: z.literal('delayed'), ...numbered, by: z.string(), ...window, dueAt: Instant }),
  /** Booking `n` came to nothing. Written again when somebody knows better who was not there. */
  z.strictObject({
    type: z.literal('missed'),
    ...numbered,
    who: NoShow,
    by: Actor,
    dueAt: Instant.optional(),
  }),

  z.strictObject({
    type: z.literal('proposed'),
    ...numbered,
    by: z.string(),
    /** `what` is an answer in their own words, written for the customer: it goes to them as it stands. */
    via: z.literal(['mail', 'desk']).optional(),
    private: z.strictObject({ what: z.string() }).optional(),
  }),
  z.strictObject({
    type: z.literal('judged'),
    ...numbered,
    isKept: z.boolean(),
    private: z.strictObject({ words: z.string().optional() }).optional(),
  }),
  z.strictObject({
    type: z.literal('escalated'),
    ...ofPromise,
    strike: count,
    from: z.string(),
    owner: z.string(),
    level: Level,
    dueAt: Instant,
    because: z.literal(['overdue', 'not-yet', 'missed']),
  }),
  z.strictObject({ type: z.literal('assumed'), ...numbered }),
  /** The customer's own later answer made it pointless. */
  z.strictObject({ type: z.literal('waived'), ...ofPromise, reply: count }),
  /** Taken back: by the customer, by the shop's other system, or because the order was cancelled or refunded. */
  z.strictObject({
    type: z.literal('withdrawn'),
    ...numbered,
    by: Actor,
    because: z.literal(['no-longer-needed', 'order-ended', 'asked-by-system', 'erased']),
    request: z.string().optional(),
    private: z.strictObject({ reason: z.string().optional() }).optional(),
  }),
  /** The last level was paged. */
  z.strictObject({ type: z.literal('paged'), ...numbered }),
  /** The sweeper found it without a workflow and gave it a new one. */
  z.strictObject({ type: z.literal('rescued'), ...numbered }),
] as const;

export type PromiseEntry = z.output<(typeof PROMISE_ENTRIES)[number]>;

/** The deterministic key of an entry about a promise. */
export const keyOfPromiseEntry = (entry: PromiseEntry): string => {
  const key = `promise#${entry.promise}#${entry.type}`;
  switch (entry.type) {
    case 'promised':
      return key;
    case 'escalated':
      return `${key}#${entry.strike}`;
    case 'waived':
      return `${key}#${entry.reply}`;
    case 'missed':
      return `${key}#${entry.n}#${entry.who}`;
    default:
      return `${key}#${entry.n}`;
  }
};
