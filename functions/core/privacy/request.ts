/** What a person, or somebody for them, asks of us about their data; and how the work of forgetting travels. */
import * as z from 'zod';
import { Instant, OrderId, SaleId, SourceName } from '../ids.ts';

const asked = {
  source: SourceName,
  /** One request, however often it is delivered. */
  eventId: z.string().min(1).max(300),
};
/** By the orders and the address the shop names; orders it never told us of as well. */
const ofPerson = { orders: z.array(OrderId).max(1000), email: z.string().max(320).optional() };

/** As a shop sends it. */
export const PrivacyRequest = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('forget-person'), ...asked, ...ofPerson }),
  /** The shop itself is gone: everybody who bought there. */
  z.strictObject({ kind: z.literal('forget-shop'), ...asked }),
  z.strictObject({ kind: z.literal('tell-person'), ...asked, ...ofPerson }),
]);
export type PrivacyRequest = z.output<typeof PrivacyRequest>;

export const AskedBy = z.literal(['shop', 'customer', 'staff']);
export type AskedBy = z.output<typeof AskedBy>;

const RECEIPT = /^[A-Z2-7]{4}-[A-Z2-7]{4}-[A-Z2-7]{4}$/;
/** The number under which a person can ask later what became of it. */
export const ReceiptNumber = z.string().regex(RECEIPT);
export type ReceiptNumber = z.output<typeof ReceiptNumber>;

const SHORT = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The same request always has the same number; `digest` in hex. It tells nothing about who asked. */
export const receiptNumberOf = (digest: string): ReceiptNumber => {
  const letters = Array.from(
    { length: 12 },
    (_, index) => SHORT[Number.parseInt(digest.slice(index * 2, index * 2 + 2), 16) % SHORT.length] ?? 'A',
  ).join('');
  return ReceiptNumber.parse(`${letters.slice(0, 4)}-${letters.slice(4, 8)}-${letters.slice(8)}`);
};

const task = { v: z.literal(1), receipt: ReceiptNumber, by: AskedBy, at: Instant, eventId: z.string() };
const Digests = z.array(z.string().regex(/^[0-9a-f]{64}$/));

/**
 * One piece of work on the queue. Ids and digests only: it may lie among the dead letters. Every piece is bounded, can be
 * done twice, and puts what is left on the queue before it ends.
 */
export const ForgetTask = z.discriminatedUnion('kind', [
  /** Every sale of these people and these sales, whoever's they are. */
  z.strictObject({ kind: z.literal('people'), ...task, sales: z.array(SaleId), people: Digests }),
  /** One sale, and whose it is. */
  z.strictObject({ kind: z.literal('sale'), ...task, sale: SaleId, people: Digests }),
  /** Every sale of a source, a page at a time. */
  z.strictObject({ kind: z.literal('shop'), ...task, source: SourceName, after: z.string().optional() }),
  /** What lies outside of sales: webhooks nobody understood and mails nobody has sorted, place after place. */
  z.strictObject({
    kind: z.literal('sweep'),
    ...task,
    places: z.array(z.string()),
    after: z.string().optional(),
    sales: z.array(SaleId),
    people: Digests,
    /** Of a whole shop: everything of this source. */
    source: SourceName.optional(),
  }),
]);
export type ForgetTask = z.output<typeof ForgetTask>;
export type ForgetTaskOf<K extends ForgetTask['kind']> = Extract<ForgetTask, { kind: K }>;
