/**
 * The journal: what happened to a sale, append-only. An entry's key is derived from what it says, so writing it twice
 * is impossible, and the entry itself is the claim, the lock and the audit trail.
 */
import * as z from 'zod';
import {
  CONVERSATION_ENTRIES,
  Decision,
  FATE_ENTRIES,
  isConversationEntry,
  keyOfConversationEntry,
  MessageKey,
} from './conversation/entries.ts';
import { Instant, SaleId } from './ids.ts';
import { MessageClass } from './person/standing.ts';
import { keyOfPromiseEntry, PROMISE_ENTRIES } from './promises/entries.ts';
import { Reply } from './reply.ts';
import { Order } from './shop-event.ts';

const when = { at: Instant };
const inShop = { ...when, eventId: z.string(), occurredAt: Instant };
const ofMessage = { ...when, message: MessageKey, attempt: z.int().positive() };

export const Entry = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ordered'), ...inShop, order: Order }),
  z.strictObject({ type: z.literal('fulfilled'), ...inShop, expectedAt: Instant.optional() }),
  z.strictObject({ type: z.literal('delivered'), ...inShop }),
  z.strictObject({ type: z.literal('cancelled'), ...inShop, reason: z.string().optional() }),
  z.strictObject({
    type: z.literal('refunded'),
    ...inShop,
    isFull: z.boolean(),
    lines: z.array(z.strictObject({ lineId: z.string(), quantity: z.int() })),
  }),
  z.strictObject({
    type: z.literal('started'),
    ...when,
    round: z.int().positive(),
    checkInAt: Instant,
    because: z.string(),
    /** Whose clock counts, and what told it. */
    why: Decision.optional(),
  }),
  z.strictObject({ type: z.literal('rescheduled'), ...when, checkInAt: Instant, because: z.string() }),

  z.strictObject({
    type: z.literal('replied'),
    ...when,
    n: z.int().positive(),
    reply: Reply,
    /** As it came; by the form when left out. */
    by: z.literal('mail').optional(),
    /** Nothing shows that a person sent it: it is kept and shown, and counts once a second sign of one comes. */
    isUnconfirmed: z.literal(true).optional(),
    /** The answer was given in the conversation that another sale of the same person leads. */
    joined: SaleId.optional(),
    /** Signs of a person (or of none), for judging odd answers later. */
    evidence: z.strictObject({ agent: z.string().max(300).optional(), site: z.string().max(40).optional() }),
    private: z.strictObject({ words: z.string().optional(), phone: z.string().optional() }).optional(),
  }),
  z.strictObject({
    type: z.literal('stopped'),
    ...when,
    /** `elsewhere`: said about another sale of the same person. */
    method: z.literal(['one-click', 'page', 'mail', 'complaint', 'staff', 'elsewhere']),
    agent: z.string().max(300).optional(),
    /** What is not sent any more; when left out, everything that asks. */
    classes: z.array(MessageClass).optional(),
  }),
  z.strictObject({ type: z.literal('resumed'), ...when, n: z.int().positive() }),

  ...CONVERSATION_ENTRIES,

  /** The person asked to be forgotten, or somebody did for them: nothing personal is kept from here on. */
  z.strictObject({
    type: z.literal('erased'),
    ...when,
    eventId: z.string(),
    by: z.literal(['shop', 'customer', 'staff']).optional(),
    /** The number on the receipt. */
    receipt: z.string().optional(),
  }),

  ...PROMISE_ENTRIES,

  z.strictObject({
    type: z.literal('claimed'),
    ...ofMessage,
    /** Why it may go out now. */
    why: Decision.optional(),
    /** Digest of the link in it, so that erasing reaches the link. */
    link: z.string().optional(),
  }),
  z.strictObject({ type: z.literal('sent'), ...ofMessage, messageId: z.string(), to: z.string() }),
  z.strictObject({ type: z.literal('refused'), ...ofMessage, error: z.string() }),
  z.strictObject({ type: z.literal('unclear'), ...ofMessage }),
  ...FATE_ENTRIES,
  z.strictObject({
    type: z.literal('skipped'),
    ...when,
    message: MessageKey,
    reason: z.string(),
    why: Decision.optional(),
  }),
  z.strictObject({ type: z.literal('ended'), ...when, round: z.int().positive() }),
]);
export type Entry = z.output<typeof Entry>;
export type EntryType = Entry['type'];
export type EntryOf<T extends EntryType> = Extract<Entry, { type: T }>;

/** The deterministic key: the same fact always gets the same key. */
export const keyOf = (entry: Entry): string => {
  switch (entry.type) {
    case 'ordered':
    case 'fulfilled':
    case 'delivered':
    case 'cancelled':
    case 'refunded':
      return `shop#${entry.type}#${entry.eventId}`;
    case 'erased':
      return 'erased';
    case 'started':
    case 'ended':
      return `round#${entry.round}#${entry.type}`;
    case 'rescheduled':
      return `rescheduled#${entry.checkInAt}#${entry.at}`;
    case 'claimed':
    case 'sent':
    case 'refused':
    case 'unclear':
      return `message#${entry.message}#${entry.attempt}#${entry.type}`;
    case 'skipped':
      return `message#${entry.message}#${entry.type}`;
    case 'replied':
      return `reply#${entry.n}`;
    case 'stopped':
      return `stopped#${entry.at}`;
    case 'resumed':
      return `resumed#${entry.n}`;
    default:
      return isConversationEntry(entry) ? keyOfConversationEntry(entry) : keyOfPromiseEntry(entry);
  }
};

/** The order in which things of one instant happen: causes stand before effects in the union above. */
const RANK = new Map<string, number>(Entry.options.map((option, index) => [option.shape.type.value, index]));
const rankOf = (entry: Entry) => RANK.get(entry.type) ?? 0;

/** Not `localeCompare`: it finds some different keys equal, and depends on where it runs. */
const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** Oldest first; entries of one instant in a fixed order, so that a replay always tells the same story. */
export const inOrder = (entries: readonly Entry[]): Entry[] =>
  [...entries].sort((a, b) => {
    if (a.at !== b.at) return a.at < b.at ? -1 : 1;
    return rankOf(a) - rankOf(b) || byCodeUnit(keyOf(a), keyOf(b));
  });

export const entriesOf = <T extends EntryType>(entries: readonly Entry[], type: T): EntryOf<T>[] =>
  entries.filter((entry): entry is EntryOf<T> => entry.type === type);
