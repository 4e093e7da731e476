/**
 * What is said between a customer and the shop beside the form, and what becomes of our mails: as the journal keeps it.
 * What a member of staff answers is no entry of its own: it proposes the promise (`proposed` with `via: 'mail'`), so that
 * the question that carries it to the customer asks whether it helps, and only the customer closes.
 */
import * as z from 'zod';
import { Instant, SaleId } from '../ids.ts';

/** `check-in`, `reminder`, …, or `<promise id>/<message>#<n>` for what is written about a promise. */
export const MessageKey = z.string().regex(/^[a-z0-9-]+(\/[a-z0-9-]+)?(#\d+)?$/);
export type MessageKey = z.output<typeof MessageKey>;

/**
 * Why a message goes out, waits or is dropped: "why did she (not) get this?". Inputs are facts a person can check
 * (instants, counts, zone names), never personal data.
 */
export const Decision = z.strictObject({
  /** The rule that decided, as `frequency-cap`. */
  rule: z.string().max(60),
  inputs: z.record(z.string().max(60), z.union([z.string().max(120), z.number(), z.boolean()])),
});
export type Decision = z.output<typeof Decision>;

/** Digest of an arrived mail: the same mail delivered twice is one. */
const MailDigest = z.string().regex(/^[0-9a-f]{16,64}$/);

const when = { at: Instant };
const ofMessage = { ...when, message: MessageKey, attempt: z.int().positive() };

const Attachment = z.strictObject({
  name: z.string().max(200),
  type: z.string().max(120),
  bytes: z.int().min(0),
});

export const CONVERSATION_ENTRIES = [
  /** A mail came from the customer, or from a machine in their name; what it did stands beside it in other entries. */
  z.strictObject({
    type: z.literal('wrote'),
    ...when,
    mail: MailDigest,
    /**
     * `answer` counted as the answer, `more` was added to what is already known or owed, `thanks` asks for nothing,
     * `stop` asked us to stop; `away` an out-of-office note, `report` a delivery report, `automatic`, `list`, `loop`:
     * machines, noted and never answered.
     */
    as: z.literal(['answer', 'more', 'thanks', 'stop', 'away', 'report', 'automatic', 'list', 'loop']),
    /** The sender's address is not the customer's: a person looks. */
    isFromOther: z.literal(true).optional(),
    /** Of an out-of-office note: not before then. */
    returns: Instant.optional(),
    /** `words`: what they wrote now, quotes stripped; `isWhole` when stripping left nothing and all of it counts. */
    private: z
      .strictObject({
        words: z.string(),
        isWhole: z.literal(true).optional(),
        subject: z.string().optional(),
        /** Key of the original in the archive. */
        original: z.string().optional(),
        /** Message-ID as the mail had it, for the thread. */
        messageId: z.string().optional(),
        attachments: z.array(Attachment).optional(),
      })
      .optional(),
  }),
  /** A second sign of a person: the answer counts. */
  z.strictObject({ type: z.literal('confirmed'), ...when, n: z.int().positive() }),
  /** A form was sent by something that may not be a person, and nothing was done. */
  z.strictObject({
    type: z.literal('unconfirmed'),
    ...when,
    page: z.literal(['stop', 'customer', 'staff']),
    agent: z.string().max(300).optional(),
  }),

  /** A message waits for a better moment. */
  z.strictObject({
    type: z.literal('deferred'),
    ...when,
    message: MessageKey,
    until: Instant,
    why: Decision,
  }),
  /** This sale is asked about in the conversation that the other one leads. */
  z.strictObject({ type: z.literal('joined'), ...when, to: SaleId }),
  /** The conversation of this sale is about the other one too. */
  z.strictObject({ type: z.literal('joins'), ...when, sale: SaleId }),

  /** A review was written: nobody is asked for one any more. */
  z.strictObject({ type: z.literal('reviewed'), ...when, eventId: z.string(), occurredAt: Instant }),
  /** The customer came because the person of another sale sent them. */
  z.strictObject({ type: z.literal('referred'), ...when, by: SaleId }),
  /** Somebody bought with the code this customer passed on. */
  z.strictObject({ type: z.literal('recommended'), ...when, sale: SaleId }),
  /** The same person bought again. */
  z.strictObject({ type: z.literal('bought-again'), ...when, sale: SaleId }),
  /** A copy of everything kept of the person was handed out. */
  z.strictObject({ type: z.literal('exported'), ...when, by: z.literal(['customer', 'staff']) }),
] as const;

/** What became of a mail after it was sent. */
export const FATE_ENTRIES = [
  /** The mail service says that it reached the mailbox. */
  z.strictObject({ type: z.literal('arrived'), ...ofMessage }),
  /** It came back: `hard` for good, `soft` for now. */
  z.strictObject({
    type: z.literal('bounced'),
    ...ofMessage,
    kind: z.literal(['hard', 'soft']),
    private: z.strictObject({ evidence: z.string() }).optional(),
  }),
  /** The customer marked it as spam. */
  z.strictObject({
    type: z.literal('complained'),
    ...ofMessage,
    private: z.strictObject({ evidence: z.string() }).optional(),
  }),
] as const;

const ConversationEntry = z.discriminatedUnion('type', [...CONVERSATION_ENTRIES, ...FATE_ENTRIES]);
export type ConversationEntry = z.output<typeof ConversationEntry>;

const TYPES: ReadonlySet<string> = new Set(
  [...CONVERSATION_ENTRIES, ...FATE_ENTRIES].map(({ shape }) => shape.type.value),
);

export const isConversationEntry = (entry: { type: string }): entry is ConversationEntry =>
  TYPES.has(entry.type);

/** The deterministic key of an entry, as in journal.ts. */
export const keyOfConversationEntry = (entry: ConversationEntry): string => {
  switch (entry.type) {
    case 'wrote':
      return `wrote#${entry.mail}`;
    case 'confirmed':
      return `reply#${entry.n}#confirmed`;
    case 'unconfirmed':
      return `unconfirmed#${entry.page}#${entry.at}`;
    case 'arrived':
    case 'bounced':
    case 'complained':
      return `message#${entry.message}#${entry.attempt}#${entry.type}`;
    case 'deferred':
      return `message#${entry.message}#deferred#${entry.at}`;
    case 'joined':
      return 'joined';
    case 'joins':
      return `joins#${entry.sale}`;
    case 'reviewed':
      return 'reviewed';
    case 'referred':
      return 'referred';
    case 'recommended':
      return `recommended#${entry.sale}`;
    case 'bought-again':
      return `bought-again#${entry.sale}`;
    case 'exported':
      return `exported#${entry.at}`;
  }
};
