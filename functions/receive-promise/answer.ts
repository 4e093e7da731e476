/** What is answered: the promise as the request left it, so that a replay hears the same however much happened since. */
import type { SalePorts } from '../adapters/ports.ts';
import { type SaleId, saleIdOf } from '../core/ids.ts';
import type { Entry } from '../core/journal.ts';
import type { PromiseEntry } from '../core/promises/entries.ts';
import { foldPromises } from '../core/promises/fold.ts';
import type { OwedPromise } from '../core/promises/promise.ts';
import type { Sale } from '../core/sale.ts';
import type { Problem } from './problem.ts';

export type Asked = {
  /** Digest of the webhook id. */
  request: string;
  now: string;
};

export type Outcome = { status: number; body: object } | { problem: Problem };

export type OrderRef = { source: string; id: string };

/** The sale of an order, also when it is named by an id its shop uses besides. */
export const saleIdFor = (ports: Pick<SalePorts, 'sales'>, { source, id }: OrderRef): Promise<SaleId> =>
  ports.sales.resolve(saleIdOf(source, id));

export const isOfRequest = (entry: Entry, request: string): entry is PromiseEntry & { request: string } =>
  'request' in entry && entry.request === request;

/** The last of what the request wrote; undefined while it has written nothing. */
export const lastOf = (sale: Sale, request: string): (PromiseEntry & { request: string }) | undefined =>
  sale.journal.filter((entry) => isOfRequest(entry, request)).at(-1);

/** The sale as it was before the request wrote anything. */
export const before = (sale: Sale, request: string): Sale => {
  const first = sale.journal.findIndex((entry) => isOfRequest(entry, request));
  const journal = first < 0 ? sale.journal : sale.journal.slice(0, first);
  return { ...sale, journal, promises: foldPromises(journal) };
};

/** The promise as it stood when the request had been carried out. */
export const asLeft = (sale: Sale, request: string): OwedPromise | undefined => {
  const last = sale.journal.findLastIndex((entry) => isOfRequest(entry, request));
  const entry = lastOf(sale, request);
  return foldPromises(sale.journal.slice(0, last + 1)).find(({ id }) => id === entry?.promise);
};

const bodyOf = ({ record }: Sale, promise: OwedPromise) => {
  const { id, status, dueAt, owner, booking } = promise;
  const isPending = booking?.isPending === true;
  return {
    promise: id,
    order: { source: record.source, id: record.orderId },
    status: isPending && status === 'open' ? 'needs-acceptance' : status,
    dueAt,
    owner,
    ...(booking === undefined || status === 'withdrawn'
      ? {}
      : { visit: { from: booking.from, to: booking.to, zone: booking.zone, provider: booking.provider } }),
  };
};

/** 202 while nobody answers for the visit: it does not stand yet. */
export const describe = (sale: Sale, promise: OwedPromise, status: 200 | 201): Outcome => {
  const body = bodyOf(sale, promise);
  return { status: body.status === 'needs-acceptance' ? 202 : status, body };
};
