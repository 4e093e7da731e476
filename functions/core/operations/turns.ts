/** How promises end, and when they are not kept. Kind, level and cause are those the promise had until then. */
import { toEpochMs } from '../calendar.ts';
import type { EntryOf } from '../journal.ts';
import { outcomeOf } from '../outcome.ts';
import type { OwedPromise } from '../promises/promise.ts';
import { promiseOf } from '../sale.ts';
import type { Change } from './change.ts';
import type { Measurement, MetricName } from './metrics.ts';

type Turn = EntryOf<'judged'> | EntryOf<'escalated'> | EntryOf<'assumed'>;

const valuesOf = (
  entry: Turn,
  promise: OwedPromise,
  { before, after }: Change,
): Partial<Record<MetricName, number>> => {
  if (entry.type === 'assumed') return { PromisesAssumed: 1 };
  if (entry.type === 'escalated') {
    if (entry.because === 'overdue') return { PromisesLate: 1 };
    /* What the customer said was counted when they said it. */
    return entry.because === 'missed' ? { PromisesBroken: 1 } : {};
  }
  if (!entry.isKept) return promise.isRefused ? {} : { PromisesBroken: 1 };
  if (promise.status === 'kept') return {};
  const isRecovered = outcomeOf(before) !== 'recovered' && outcomeOf(after) === 'recovered';
  return {
    PromisesKept: 1,
    ResolutionSeconds: (toEpochMs(entry.at) - toEpochMs(promise.madeAt)) / 1000,
    ...(isRecovered ? { SalesRecovered: 1 } : {}),
  };
};

export const measureTurn = (entry: Turn, change: Change): Measurement[] => {
  const promise = promiseOf(change.before, entry.promise);
  if (promise === undefined) return [];
  const values = valuesOf(entry, promise, change);
  const { kind, level, because } = promise;
  return Object.keys(values).length === 0 ? [] : [{ values, details: { kind, level, why: because } }];
};
