/** One line of the desk's lists: what is needed to sort and to find, nothing personal. */
import * as z from 'zod';
import type { Configuration } from '../configuration.ts';
import { Instant, SaleId } from '../ids.ts';
import { Level } from '../level.ts';
import type { Sale } from '../sale.ts';
import { PromiseCause, PromiseId, PromiseKind, Severity } from './entries.ts';
import { isClosed, type OwedPromise } from './promise.ts';
import { nextMoment } from './tidings.ts';

/** The index of open promises: partition `openOf` = owner, sort `dueAt`. */
export const OPEN_INDEX = 'Open';

export const PromiseRow = z.strictObject({
  saleId: SaleId,
  promise: PromiseId,
  kind: PromiseKind,
  because: PromiseCause,
  status: z.literal(['open', 'taken', 'offered', 'proposed']),
  owner: z.string(),
  level: Level,
  strikes: z.int().min(0),
  severity: Severity,
  madeAt: Instant,
  dueAt: Instant,
  /** When it was first due: broken promises get new due times, and their customers have waited since this one. */
  lateSince: Instant.optional(),
  /** When something happens next by itself; one that lies in the past is a promise nobody keeps. */
  nextAt: Instant,
  /** What the order was worth, in major units. */
  amount: z.number(),
  /** Of a visit with a time. */
  visitAt: Instant.optional(),
  /** When staff said it is done. */
  proposedAt: Instant.optional(),
});
export type PromiseRow = z.output<typeof PromiseRow>;

const lateSince = ({ results, strikes }: OwedPromise): { lateSince?: Instant } => {
  const first = strikes === 0 ? undefined : results.find(({ result }) => result === 'broken');
  return first === undefined ? {} : { lateSince: first.dueAt };
};

/** The time the customer waits for, or has waited since: what lists are sorted by. */
export const dueSince = (row: Pick<PromiseRow, 'dueAt' | 'lateSince'>): Instant => row.lateSince ?? row.dueAt;

/** Undefined for a closed promise. `now` only decides which clock is the next one. */
export const rowOf = (
  config: Configuration,
  sale: Sale,
  promise: OwedPromise,
  now: string,
): PromiseRow | undefined => {
  const { status } = promise;
  if (
    isClosed(promise) ||
    status === 'kept' ||
    status === 'assumed' ||
    status === 'waived' ||
    status === 'withdrawn'
  )
    return undefined;
  const amount = Number(sale.facts.order?.total.amount ?? 0);
  return {
    saleId: sale.id,
    promise: promise.id,
    kind: promise.kind,
    because: promise.because,
    status,
    owner: promise.owner,
    level: promise.level,
    strikes: promise.strikes,
    severity: promise.severity,
    madeAt: promise.madeAt,
    dueAt: promise.dueAt,
    ...lateSince(promise),
    nextAt: nextMoment(config, sale, promise, now),
    amount: Number.isFinite(amount) ? amount : 0,
    ...(promise.booking === undefined ? {} : { visitAt: promise.booking.from }),
    ...(promise.proposedAt === undefined ? {} : { proposedAt: promise.proposedAt }),
  };
};
