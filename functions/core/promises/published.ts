/** What is owed from the moment of sale: the shop's published word, and a visit booked with the order. */
import { addDelay, isBefore, lastOpen } from '../calendar.ts';
import type { Configuration } from '../configuration.ts';
import type { Instant } from '../ids.ts';
import type { PublishedPromise } from '../journey.ts';
import { staffOpening } from '../openings.ts';
import type { SaleRecord } from '../sale.ts';
import type { OrderedVisit } from '../shop-event.ts';
import { memberOf } from '../staff.ts';
import { answerDue, visitDue } from './deadlines.ts';
import { type PromiseEntry, PromiseId } from './entries.ts';

/** Never on a Sunday night: earlier rather than later, but never less than the answering time from now. */
const dueOf = (
  config: Configuration,
  { kind, within }: PublishedPromise,
  since: string,
  now: Instant,
): Instant => {
  const opening = staffOpening(config);
  const due = lastOpen(addDelay(since, within, opening), opening);
  const soonest = answerDue(config, kind, now);
  return isBefore(due, soonest) ? soonest : due;
};

const booked = (
  config: Configuration,
  record: SaleRecord,
  promise: PromiseId,
  visit: OrderedVisit,
  now: Instant,
): PromiseEntry => {
  const { place, bring } = visit;
  const provider = visit.provider === undefined ? undefined : memberOf(config, visit.provider);
  return {
    type: 'booked',
    at: now,
    promise,
    n: 1,
    by: 'shop',
    from: visit.from,
    to: visit.to,
    zone: visit.zone ?? record.zone,
    provider: provider?.id ?? record.owner,
    dueAt: visitDue(config, visit.to),
    needsAcceptance: false,
    ...(place === undefined && bring === undefined
      ? {}
      : {
          private: { ...(place === undefined ? {} : { place }), ...(bring === undefined ? {} : { bring }) },
        }),
  };
};

/** Always the same entries for the same sale, so that a redelivered order owes nothing twice. */
export const publishedPromises = (
  config: Configuration,
  record: SaleRecord,
  { placedAt, visit }: { placedAt: string; visit: OrderedVisit | undefined },
  now: Instant,
): PromiseEntry[] => {
  const counts = new Map<string, number>();
  const idOf = (kind: string) => {
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    return PromiseId.parse(`${kind}-${count}`);
  };
  const level = memberOf(config, record.owner)?.level ?? 0;
  const isAhead = visit !== undefined && isBefore(now, visit.to);
  const published = record.journey.promises.filter(({ kind }) => !(isAhead && kind === 'visit'));
  const entries: PromiseEntry[] = published.map((one) => ({
    type: 'promised',
    at: now,
    promise: idOf(one.kind),
    kind: one.kind,
    because: 'published',
    by: 'shop',
    owner: record.owner,
    level,
    dueAt: dueOf(config, one, placedAt, now),
    ...('days' in one.within ? { clock: 'calendar' as const } : {}),
    private: { words: one.says },
  }));
  if (!isAhead) return entries;
  const promise = idOf('visit');
  const says = record.journey.promises.find(({ kind }) => kind === 'visit')?.says;
  return [
    ...entries,
    {
      type: 'promised',
      at: now,
      promise,
      kind: 'visit',
      because: 'booked',
      by: 'shop',
      owner: record.owner,
      level,
      dueAt: visitDue(config, visit.to),
      ...(says === undefined ? {} : { private: { words: says } }),
    },
    booked(config, record, promise, visit, now),
  ];
};
