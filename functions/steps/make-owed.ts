/**
 * The one place that writes a promise somebody makes: staff at their desk, another system of the shop, the customer.
 * Whoever calls it tells the workflow afterwards, which starts the promise's own.
 */
import type { SalePorts } from '../adapters/ports.ts';
import type { Instant } from '../core/ids.ts';
import { entriesOf } from '../core/journal.ts';
import type { PromiseEntry, PromiseId } from '../core/promises/entries.ts';
import {
  type Drafted,
  type DraftRefusal,
  draftBooking,
  draftPromise,
  type PromiseDraft,
} from '../core/promises/new-promise.ts';
import { promiseOf, type Sale } from '../core/sale.ts';
import { commit } from './commit.ts';
import { loadSale } from './load.ts';

export type Made = { promise: PromiseId } | { refusal: DraftRefusal | 'overtaken' };

type Ports = Pick<SalePorts, 'settings' | 'sales' | 'lists' | 'bookings'>;

/** Others may make promises of the same sale at the same moment; each attempt takes the next number. */
const MOST_ATTEMPTS = 5;

type Promised = Extract<PromiseEntry, { type: 'promised' }>;

/** What this request, or this very press of a button, has made already. */
const begunBy = (sale: Sale, draft: PromiseDraft, now: Instant): Promised | undefined =>
  entriesOf(sale.journal, 'promised').find((entry) =>
    draft.request === undefined
      ? entry.at === now &&
        entry.by === draft.by &&
        entry.kind === draft.kind &&
        entry.private?.words === (draft.words?.trim() || undefined)
      : entry.request === draft.request,
  );

/** What is still to be written: everything, or after a crash the booking alone. */
const restOf = ({ settings: { config } }: Ports, sale: Sale, draft: PromiseDraft, now: Instant): Drafted => {
  const begun = begunBy(sale, draft, now);
  if (begun === undefined) return draftPromise(config, sale, draft, now);
  const promise = promiseOf(sale, begun.promise);
  if (promise === undefined || draft.visit === undefined || promise.bookings.length > 0)
    return { promise: begun.promise, entries: [] };
  const booking = draftBooking(config, sale, promise, draft.visit, draft);
  return 'refusal' in booking ? booking : { promise: begun.promise, entries: booking.entries };
};

export const makeOwed = async (
  ports: Ports,
  known: Sale,
  draft: PromiseDraft,
  now: Instant,
): Promise<Made> => {
  let sale = known;
  for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
    const rest = restOf(ports, sale, draft, now);
    if ('refusal' in rest) return rest;
    const result = await commit(ports, sale, rest.entries);
    if (result === 'done') return { promise: rest.promise };
    if (result === 'provider-busy') return { refusal: 'provider-busy' };
    sale = (await loadSale(ports, sale.id)).sale;
  }
  return { refusal: 'overtaken' };
};
