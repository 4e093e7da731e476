/** What would become of an order of the file: the very functions of the intake say so. */
import { chooseJourney } from '../../../functions/core/choose-journey.ts';
import type { Configuration } from '../../../functions/core/configuration.ts';
import { saleIdOf } from '../../../functions/core/ids.ts';
import { checkInTime } from '../../../functions/core/plan.ts';
import type { Facts, SaleRecord } from '../../../functions/core/sale.ts';
import type { OrderedEvent, ShopEvent } from '../../../functions/core/shop-event.ts';
import { ownerFor } from '../../../functions/core/staff.ts';
import { customerZone } from '../../../functions/core/when/customer-zone.ts';
import { standard } from '../../../functions/shops/standard.ts';
import type { FileOrder } from './import-gather.ts';

export type Skipped = { kind: 'skip'; order: FileOrder; reason: string; detail: string };
export type Sendable = {
  kind: 'send';
  order: FileOrder;
  journey: string;
  /** When the question goes out; by phone, when somebody is asked to call. */
  checkInAt: string;
  /** When it should have gone out; in the past for most of an old file. */
  dueAt: string;
  isByPhone: boolean;
  /** What is owed from the moment the sale begins: the journey's published promises, a booked visit. */
  owed: number;
};
export type Verdict = Sendable | Skipped;

export type JudgeSettings = {
  config: Configuration;
  source: string;
  now: string;
  maxAgeDays: number;
  /** Orders placed from this instant on come by webhook. */
  before: string | undefined;
  isImported(orderId: string): boolean;
};

const DAY_MS = 86_400_000;

type Understood = { events: ShopEvent[] } | { reason: string; detail: string };

const understand = (bodies: readonly object[], { config, source, now }: JudgeSettings): Understood => {
  const events: ShopEvent[] = [];
  for (const body of bodies) {
    const testOrders = config.sources[source]?.testOrders ?? 'ignore';
    const shared = { source, topic: undefined, deliveryId: 'import', receivedAt: now, testOrders };
    const said = standard.translate({ ...shared, body });
    if (said.kind === 'ignored') return { reason: 'not followed up', detail: said.reason };
    if (said.kind !== 'events') return { reason: 'not understood', detail: said.reason };
    events.push(...said.events);
  }
  return { events };
};

const factsOf = (events: readonly ShopEvent[], { order }: OrderedEvent): Facts => {
  const last = <Type extends ShopEvent['type']>(type: Type) =>
    events.findLast((event): event is Extract<ShopEvent, { type: Type }> => event.type === type);
  const fulfilled = last('fulfilled');
  return {
    order,
    fulfilledAt: fulfilled?.occurredAt,
    expectedAt: fulfilled?.expectedAt,
    deliveredAt: last('delivered')?.occurredAt,
    lines: order.lines,
    endedBy: undefined,
  };
};

const recordOf = (ordered: OrderedEvent, { config, source, now }: JudgeSettings): SaleRecord | undefined => {
  const chosen = chooseJourney(config, ordered.order, source);
  if (chosen === undefined) return undefined;
  const id = saleIdOf(source, ordered.orderId);
  return {
    ...{ v: 1, id, source, orderId: ordered.orderId, createdAt: now },
    ...{ journeyName: chosen.name, journey: chosen.journey },
    owner: ownerFor(config, id, ordered.order.soldBy, now).id,
    locale: ordered.customer.locale ?? config.shop.locale,
    ...customerZone(ordered.customer, config.shop.zone),
  };
};

const newestOf = ({ order }: OrderedEvent, facts: Facts): string =>
  [order.placedAt, order.paidAt, facts.fulfilledAt, facts.deliveredAt]
    .filter((at) => at !== undefined)
    .toSorted()
    .at(-1) ?? order.placedAt;

const whyNotNow = (ordered: OrderedEvent, facts: Facts, settings: JudgeSettings): string[] | undefined => {
  const { now, maxAgeDays, before } = settings;
  const age = Math.floor((Date.parse(now) - Date.parse(newestOf(ordered, facts))) / DAY_MS);
  if (age > maxAgeDays) return ['too old', `${age} days; at most ${maxAgeDays} (--max-age)`];
  if (before !== undefined && ordered.order.placedAt >= before)
    return ['comes by webhook', `placed ${ordered.order.placedAt.slice(0, 10)}, not before --before`];
  const { email, phone } = ordered.customer;
  if (email === undefined && phone === undefined)
    return ['nobody to reach', 'neither an address nor a phone number can be used'];
  return undefined;
};

/** Safe to ask twice: it changes nothing. */
export const judge = (order: FileOrder, settings: JudgeSettings): Verdict => {
  const skip = (reason: string, detail: string): Skipped => ({ kind: 'skip', order, reason, detail });
  if (order.problem !== undefined) return skip(order.problem.reason, order.problem.detail);
  if (settings.isImported(order.id)) return skip('imported already', 'the progress file says so');
  const understood = understand(order.bodies, settings);
  if ('reason' in understood) return skip(understood.reason, understood.detail);
  const ordered = understood.events.findLast((event) => event.type === 'ordered');
  if (ordered === undefined) return skip('not understood', 'there is no order in it');
  const facts = factsOf(understood.events, ordered);
  const [reason, detail] = whyNotNow(ordered, facts, settings) ?? [];
  if (reason !== undefined && detail !== undefined) return skip(reason, detail);
  const record = recordOf(ordered, settings);
  if (record === undefined) return skip('no journey', 'none fits it, and `otherwise` names none');
  const checkIn = checkInTime(settings.config, record, facts, settings.now);
  return {
    ...{ kind: 'send', order, journey: record.journeyName },
    ...{ checkInAt: checkIn.at, dueAt: checkIn.due },
    isByPhone: ordered.customer.email === undefined,
    owed: record.journey.promises.length + (ordered.visit === undefined ? 0 : 1),
  };
};
