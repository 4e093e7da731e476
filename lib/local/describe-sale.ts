/** One sale in the words of the contract, computed from its journal: the console, the contract and the command line say the same. */
import type { Ids } from '../../functions/adapters/ports.ts';
import type { Configuration } from '../../functions/core/configuration.ts';
import { outcomeOf, statusOf } from '../../functions/core/outcome.ts';
import { answerClocks } from '../../functions/core/promises/answer-clock.ts';
import type { OwedPromise } from '../../functions/core/promises/promise.ts';
import { itemOf, type Sale } from '../../functions/core/sale.ts';
import { tellStory } from '../../functions/core/story.ts';
import { touchesOf } from '../../functions/core/when/touches.ts';
import { formatInstant } from '../../functions/messages/format.ts';
import { followUpName, promiseName } from '../../functions/steps/execution-names.ts';

const promiseView = (promise: OwedPromise) => ({
  id: promise.id,
  kind: promise.kind,
  because: promise.because,
  status: promise.status,
  level: promise.level,
  strikes: promise.strikes,
  owner: promise.owner,
  madeAt: promise.madeAt,
  dueAt: promise.dueAt,
  closedAt: promise.closedAt,
  severity: promise.severity,
  /** Every booking of a visit; `noShow` is `provider`, `customer`, `unknown`, or null when nothing is known to be wrong. */
  visits: promise.bookings.map((booking) => ({
    n: booking.n,
    from: booking.from,
    to: booking.to,
    zone: booking.zone,
    provider: booking.provider,
    isConfirmed: !booking.isPending,
    acceptedBy: booking.acceptedBy ?? null,
    noShow: booking.noShow ?? null,
  })),
});

export const summary = (sale: Sale) => ({
  id: sale.id,
  source: sale.record.source,
  orderId: sale.record.orderId,
  status: statusOf(sale),
  outcome: outcomeOf(sale) ?? null,
  journey: sale.record.journeyName,
  item: itemOf(sale)?.title ?? sale.facts.order?.lines[0]?.title ?? '',
  startedAt: sale.record.createdAt,
});

/** The plan in force: when the check-in is due and why then. */
const checkInOf = (sale: Sale) => {
  const planned = sale.journal.findLast(
    (entry) => entry.type === 'rescheduled' || (entry.type === 'started' && entry.round === 1),
  );
  return planned?.type === 'rescheduled' || planned?.type === 'started'
    ? { at: planned.checkInAt, because: planned.because }
    : null;
};

/** All that the journal tells; not what its executions are doing now. */
export const describeSale = (config: Configuration, sale: Sale) => ({
  sale: {
    ...summary(sale),
    owner: sale.record.owner,
    locale: sale.record.locale,
    zone: sale.record.zone,
    zoneFrom: sale.record.zoneFrom ?? 'shop',
    checkIn: checkInOf(sale),
  },
  journal: sale.journal,
  story: tellStory(sale.journal, config, formatInstant(config.shop.locale, config.shop.zone)),
  /** Of each question: when and why, or why not. */
  touches: sale.isErased ? [] : touchesOf(config, sale),
  promises: sale.promises.map(promiseView),
  /** How long a person was waited for: a late first answer stays late. */
  clocks: answerClocks(sale.journal, config),
});

/** Every execution the sale ever began, but for those that went on in a newer version under a name of their own. */
export const executionNames = (ids: Ids, sale: Sale): { machine: 'FollowUp' | 'Promise'; name: string }[] => [
  ...Array.from({ length: sale.round }, (_, index) => ({
    machine: 'FollowUp' as const,
    name: followUpName(ids, sale.id, index + 1),
  })),
  ...sale.promises.flatMap((promise) =>
    Array.from({ length: promise.cycle }, (_, index) => ({
      machine: 'Promise' as const,
      name: promiseName(ids, sale.id, promise.id, index + 1),
    })),
  ),
];
