/** Writes one shop event into its sale and gets the sale going, or tells its workflow. Safe to run twice. */
import type { SalePorts } from '../adapters/ports.ts';
import { chooseJourney } from '../core/choose-journey.ts';
import { type Instant, type SaleId, saleIdOf } from '../core/ids.ts';
import type { Entry, EntryOf } from '../core/journal.ts';
import { isOver } from '../core/outcome.ts';
import { publishedPromises } from '../core/promises/published.ts';
import { keptUntil } from '../core/retention.ts';
import {
  foldFacts,
  foldSale,
  isForgottenAt,
  type Sale,
  type SaleRecord,
  type StoredSale,
} from '../core/sale.ts';
import type { OrderedEvent, ShopEvent } from '../core/shop-event.ts';
import { ownerFor } from '../core/staff.ts';
import { customerZone } from '../core/when/customer-zone.ts';
import { commit } from '../steps/commit.ts';
import { connectOrders } from '../steps/connect-orders.ts';
import { indexSale } from '../steps/index-sale.ts';
import { findSale, type Loaded } from '../steps/load.ts';
import { noteReview } from '../steps/note-review.ts';
import { projectPromises } from '../steps/project.ts';
import { FOLLOW_UP, startPromises, startRound, tellWorkflow } from '../steps/tell-workflow.ts';

export type Applied =
  | { kind: 'started' | 'told' | 'kept' }
  /** For a person to look at. */
  | { kind: 'parked'; reason: string };

/** An item may hold 400 kB and a title 2 kB; no mail names more than the first line and how many others there are. */
const MOST_LINES = 150;

const toldBy = ({ eventId, occurredAt }: ShopEvent, now: Instant) => ({ at: now, eventId, occurredAt });

const orderedEntry = (event: OrderedEvent, now: Instant): EntryOf<'ordered'> => ({
  type: 'ordered',
  ...toldBy(event, now),
  order: { ...event.order, lines: event.order.lines.slice(0, MOST_LINES) },
});

const entryOf = (event: Exclude<ShopEvent, OrderedEvent>, now: Instant): Entry => {
  const told = toldBy(event, now);
  switch (event.type) {
    case 'fulfilled':
      return {
        type: 'fulfilled',
        ...told,
        ...(event.expectedAt === undefined ? {} : { expectedAt: event.expectedAt }),
      };
    case 'delivered':
    case 'reviewed':
      return { type: event.type, ...told };
    case 'cancelled':
      return { type: 'cancelled', ...told, ...(event.reason === undefined ? {} : { reason: event.reason }) };
    case 'refunded':
      return { type: 'refunded', ...told, isFull: event.isFull, lines: event.lines };
  }
};

/** On request, or because a sale is there without what it was opened with. */
const isForgotten = (known: StoredSale, now: Instant): boolean => {
  const sale = foldSale(known);
  return (
    known.entries.some(({ type }) => type === 'erased') || (sale !== undefined && isForgottenAt(sale, now))
  );
};

export const createApply = (ports: SalePorts) => {
  const { sales, settings } = ports;
  const { config } = settings;

  const recordFor = (
    id: SaleId,
    event: OrderedEvent,
    entries: readonly Entry[],
    now: Instant,
  ): SaleRecord | undefined => {
    const order = foldFacts(entries).order ?? event.order;
    const chosen = chooseJourney(config, order, event.source);
    if (chosen === undefined) return undefined;
    return {
      v: 1,
      id,
      source: event.source,
      orderId: event.orderId,
      createdAt: now,
      journeyName: chosen.name,
      journey: chosen.journey,
      owner: ownerFor(config, id, order.soldBy, now).id,
      locale: event.customer.locale ?? config.shop.locale,
      ...customerZone(event.customer, config.shop.zone),
    };
  };

  /**
   * Both sides write first and look second: the order writes its alias and then looks for events under it, an event is
   * written under the id it names and then looks for an alias. Whichever comes later joins the two.
   */
  const joinAliases = async (id: SaleId, event: OrderedEvent): Promise<void> => {
    for (const name of event.aliases) {
      const alias = saleIdOf(event.source, name);
      await sales.alias(alias, id);
      const early = await sales.load(alias);
      for (const entry of early?.entries ?? []) await sales.append(id, entry);
    }
  };

  /** Under the id the event names, and under the sale's own when that is an alias of it. */
  const place = async (event: ShopEvent, entry: Entry): Promise<SaleId> => {
    const named = saleIdOf(event.source, event.orderId);
    await sales.append(named, entry);
    const id = await sales.resolve(named);
    if (id !== named) await sales.append(id, entry);
    return id;
  };

  /** Before the sale opens: a redelivery after a crash owes the same again, and nothing else can have come between. */
  const owe = async (record: SaleRecord, event: OrderedEvent, now: Instant): Promise<void> => {
    const about = { placedAt: event.order.placedAt, visit: event.visit };
    const entries = publishedPromises(config, record, about, now);
    const unopened = foldSale({ id: record.id, record, customer: event.customer, entries: [] });
    /* One by one: what an earlier run has written does not keep the rest from being written. */
    if (unopened !== undefined) for (const entry of entries) await commit(ports, unopened, [entry]);
  };

  /**
   * Forgotten before the order came, or its time was over: then at most the guard row is written, which says that this order
   * has been seen. Nothing that the shop says of the person is kept any more, and nothing is owed.
   */
  const passOver = async (id: SaleId, event: OrderedEvent, known: StoredSale, now: Instant) => {
    const record = known.record ?? recordFor(id, event, known.entries, now);
    if (record !== undefined) await sales.open(record);
    await joinAliases(id, event);
    return carryOn(id, now);
  };

  const applyOrdered = async (event: OrderedEvent, now: Instant): Promise<Applied> => {
    const id = saleIdOf(event.source, event.orderId);
    const known = await sales.load(id);
    if (known !== undefined && isForgotten(known, now)) return passOver(id, event, known, now);
    if (known?.record === undefined) {
      if (event.order.lines.every((line) => line.quantity === 0)) {
        return { kind: 'parked', reason: 'The order names no product, so there is nothing to ask about.' };
      }
      const entry = orderedEntry(event, now);
      const entries = [...(known?.entries ?? []), entry];
      const record = recordFor(id, event, entries, now);
      if (record === undefined) {
        return {
          kind: 'parked',
          reason: 'No journey in aftercare.config.ts fits this order, and `otherwise` names none.',
        };
      }
      await sales.keepOrder(id, entry, event.customer);
      await owe(record, event, now);
      await sales.open(record);
      const until = known?.keptUntil ?? keptUntil(now, config.retention.saleMonths);
      const opened = { id, record, customer: event.customer, entries, keptUntil: until };
      await makeFindable(foldSale(opened), undefined);
    } else {
      await sales.keepOrder(id, orderedEntry(event, now), event.customer);
    }
    await joinAliases(id, event);
    return carryOn(id, now, known?.record === undefined);
  };

  /** False when it was findable so already. Until it has begun, its rows are written anew however often its order comes. */
  const makeFindable = async (sale: Sale | undefined, written: string | undefined): Promise<boolean> =>
    sale !== undefined &&
    indexSale(ports, sale, { written, keptUntil: sale.keptUntil, hasBegun: sale.round > 0 });

  /**
   * Write, then look: whoever was forgotten meanwhile is not found by what has just been written. `isLook`: an order was made
   * findable as it came, and this is the look after it.
   */
  const settleRows = async ({ sale, stored }: Loaded, isLook: boolean): Promise<void> => {
    if (sale.isErased) {
      if (isLook) await ports.search.forget(sale.id);
      return;
    }
    const known = { written: stored.foundBy, keptUntil: sale.keptUntil, hasBegun: isLook || sale.round > 0 };
    if (!(await indexSale(ports, sale, known))) return;
    const fresh = await findSale(ports, sale.id);
    if (fresh?.sale.isErased === true) await ports.search.forget(sale.id);
  };

  /** Starts a sale that has not started; a redelivery starts again what a crash may have left unstarted. */
  const carryOn = async (id: SaleId, now: Instant, isLook = false): Promise<Applied> => {
    const found = await findSale(ports, id);
    if (found === undefined) return { kind: 'kept' };
    const { sale } = found;
    await settleRows(found, isLook);
    if (!sale.isErased) {
      await noteReview(ports, sale);
      await connectOrders(ports, sale, now);
    }
    const hasWaited = found.stored.waiters.some(({ key }) => key === FOLLOW_UP);
    if (!hasWaited && sale.round <= 1 && !sale.isRoundOver && !isOver(sale)) {
      await startRound(ports, sale, 1, now);
      await startPromises(ports, found, now);
      await projectPromises(ports, found, now);
      return { kind: 'started' };
    }
    await tellWorkflow(ports, id, now, found);
    return { kind: 'told' };
  };

  return async (event: ShopEvent, now: Instant): Promise<Applied> => {
    if (event.type === 'ordered') return applyOrdered(event, now);
    const id = await place(event, entryOf(event, now));
    return carryOn(id, now);
  };
};
