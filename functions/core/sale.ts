/** A sale: what is pinned at intake, and everything else folded from its journal. */
import * as z from 'zod';
import { toEpochMs, Zone } from './calendar.ts';
import { anonymous } from './erasure.ts';
import { Instant, OrderId, SaleId, SourceName } from './ids.ts';
import { type Entry, type EntryOf, entriesOf, inOrder } from './journal.ts';
import { Journey } from './journey.ts';
import { cameBackAt } from './person/bounces.ts';
import { stoppedClasses } from './person/stops.ts';
import { foldPromises } from './promises/fold.ts';
import { isClosed, type OwedPromise } from './promises/promise.ts';
import type { Customer, Order, OrderLine } from './shop-event.ts';
import { ZoneSource } from './when/customer-zone.ts';

/** The guard row: written once, never expires, never changes. A sale keeps the policy it started with. */
export const SaleRecord = z.strictObject({
  v: z.literal(1),
  id: SaleId,
  source: SourceName,
  orderId: OrderId,
  createdAt: Instant,
  journeyName: z.string(),
  journey: Journey,
  /** The member of staff who signs and owns. */
  owner: z.string(),
  locale: z.string(),
  zone: Zone,
  /** What told the customer's zone; sales of before it was asked have the shop's. */
  zoneFrom: ZoneSource.optional(),
});
export type SaleRecord = z.output<typeof SaleRecord>;

/** What the store hands over: the guard row (absent while only other events arrived), the person, the journal. */
export type StoredSale = {
  id: SaleId;
  record: SaleRecord | undefined;
  customer: Customer | undefined;
  entries: Entry[];
  /** From then on all that is personal in it is gone, or about to be. */
  keptUntil?: Instant | undefined;
};

export type Facts = {
  /** The newest snapshot the shop sent, by the shop's clock. */
  order: Order | undefined;
  fulfilledAt: string | undefined;
  expectedAt: string | undefined;
  deliveredAt: string | undefined;
  /** Units still bought, refunded ones taken off. */
  lines: OrderLine[];
  /** The shop ended it: cancelled, fully refunded, or every line taken back. */
  endedBy: 'cancelled' | 'refunded' | undefined;
  /** Their mailbox sent the check-in back for now: it goes out once more on the next working day. */
  cameBackAt?: string | undefined;
};

export type Sale = {
  id: SaleId;
  record: SaleRecord;
  customer: Customer;
  facts: Facts;
  /** Every version that counts, oldest first. */
  replies: EntryOf<'replied'>[];
  /** What came from something that may not be a person, and waits for a sign of one. */
  unconfirmed: EntryOf<'replied'>[];
  /** The number the next answer gets. */
  nextReply: number;
  /** The sale whose conversation asks about this one too. */
  joinedTo: SaleId | undefined;
  /** The sales this one's conversation asks about too. */
  joins: SaleId[];
  promises: OwedPromise[];
  /** The running or last round of the workflow; 0 before the first. */
  round: number;
  isRoundOver: boolean;
  /** They do not want to be asked how it is going; reviews may be stopped alone (person/stops.ts). */
  isStopped: boolean;
  /** Everything personal is gone; what is left is a number without a person. */
  isErased: boolean;
  /** See `isForgottenAt`: a database deletes what has expired days later. */
  keptUntil: Instant | undefined;
  journal: Entry[];
};

const newest = <T extends { occurredAt: string }>(entries: readonly T[]): T | undefined =>
  entries.reduce<T | undefined>(
    (best, entry) => (best === undefined || entry.occurredAt >= best.occurredAt ? entry : best),
    undefined,
  );

const unitsBack = (refunds: readonly EntryOf<'refunded'>[]): Map<string, number> => {
  const back = new Map<string, number>();
  for (const { lines } of refunds) {
    for (const line of lines) back.set(line.lineId, (back.get(line.lineId) ?? 0) + line.quantity);
  }
  return back;
};

/** What the shop has told us, in whatever order it arrived. */
export const foldFacts = (entries: readonly Entry[]): Facts => {
  const order = newest(entriesOf(entries, 'ordered'))?.order;
  const fulfilled = newest(entriesOf(entries, 'fulfilled'));
  const refunds = entriesOf(entries, 'refunded');
  const back = unitsBack(refunds);
  const lines = (order?.lines ?? [])
    .map((line) => ({ ...line, quantity: Math.max(0, line.quantity - (back.get(line.lineId) ?? 0)) }))
    .filter((line) => line.quantity > 0);
  const isAllBack =
    refunds.some((refund) => refund.isFull) ||
    (refunds.length > 0 && order !== undefined && order.lines.length > 0 && lines.length === 0);
  const isCancelled = entries.some((entry) => entry.type === 'cancelled');
  return {
    order,
    fulfilledAt: fulfilled?.occurredAt,
    expectedAt: fulfilled?.expectedAt,
    deliveredAt: newest(entriesOf(entries, 'delivered'))?.occurredAt,
    lines,
    endedBy: isCancelled ? 'cancelled' : isAllBack ? 'refunded' : undefined,
  };
};

/**
 * A job whose visit has a time is done when that visit was kept, and nobody is asked how it went before; unless the shop
 * itself says that it is done.
 */
const withVisits = (facts: Facts, promises: readonly OwedPromise[]): Facts => {
  const visits = promises.filter(
    ({ kind, because, status, bookings }) =>
      kind === 'visit' &&
      (because === 'booked' || because === 'published') &&
      status !== 'withdrawn' &&
      status !== 'waived' &&
      bookings.length > 0,
  );
  const last = visits.at(-1);
  if (last === undefined || facts.deliveredAt !== undefined) return facts;
  const ahead = visits.find((visit) => !isClosed(visit));
  return ahead === undefined
    ? { ...facts, deliveredAt: last.closedAt }
    : { ...facts, expectedAt: ahead.dueAt };
};

/** Asked for, or its time was over: what a sale is opened with is gone before anything else is. */
const isForgotten = (journal: readonly Entry[]): boolean =>
  journal.some((entry) => entry.type === 'erased') || !journal.some((entry) => entry.type === 'ordered');

const foldReplies = (journal: readonly Entry[]): Pick<Sale, 'replies' | 'unconfirmed' | 'nextReply'> => {
  const all = entriesOf(journal, 'replied').sort((a, b) => a.n - b.n);
  const confirmed = new Set(entriesOf(journal, 'confirmed').map(({ n }) => n));
  const counts = ({ n, isUnconfirmed }: EntryOf<'replied'>) => isUnconfirmed !== true || confirmed.has(n);
  return {
    replies: all.filter(counts),
    unconfirmed: all.filter((reply) => !counts(reply)),
    nextReply: (all.at(-1)?.n ?? 0) + 1,
  };
};

/** From the moment somebody is to be forgotten nobody reads who they were, however long taking it out of the tables takes. */
const readable = ({ entries, customer = {} }: StoredSale): Pick<Sale, 'journal' | 'customer'> =>
  entries.some((entry) => entry.type === 'erased')
    ? { journal: inOrder(entries.map(anonymous)), customer: {} }
    : { journal: inOrder(entries), customer };

export const foldSale = (stored: StoredSale): Sale | undefined => {
  const { record } = stored;
  if (record === undefined) return undefined;
  const { journal, customer } = readable(stored);
  const rounds = entriesOf(journal, 'started').map((entry) => entry.round);
  const round = Math.max(0, ...rounds);
  const promises = foldPromises(journal);
  return {
    id: stored.id,
    record,
    customer,
    facts: { ...withVisits(foldFacts(journal), promises), cameBackAt: cameBackAt(journal) },
    ...foldReplies(journal),
    joinedTo: entriesOf(journal, 'joined')[0]?.to,
    joins: entriesOf(journal, 'joins').map(({ sale }) => sale),
    promises,
    round,
    isRoundOver: entriesOf(journal, 'ended').some((entry) => entry.round === round),
    isStopped: stoppedClasses(journal).has('check-in'),
    isErased: isForgotten(journal),
    keptUntil: stored.keptUntil,
    journal,
  };
};

/** On request, or because its time is over: whoever shows or keeps anything of it asks this first. */
export const isForgottenAt = ({ isErased, keptUntil }: Sale, now: Instant): boolean =>
  isErased || (keptUntil !== undefined && toEpochMs(keptUntil) <= toEpochMs(now));

export const lastReply = (sale: Sale): EntryOf<'replied'> | undefined => sale.replies.at(-1);

export const openPromises = (sale: Sale): OwedPromise[] =>
  sale.promises.filter((promise) => !isClosed(promise));

export const promiseOf = (sale: Sale, id: string): OwedPromise | undefined =>
  sale.promises.find((promise) => promise.id === id);

/** The thing to name in a mail: the first line, and how many others there are. */
export const itemOf = (sale: Sale): { title: string; more: number } | undefined => {
  const [first, ...others] = sale.facts.lines;
  return first === undefined ? undefined : { title: first.title, more: others.length };
};
