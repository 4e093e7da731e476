import type { SalePorts } from '../adapters/ports.ts';
import type { Instant } from '../core/ids.ts';
import { keyOf } from '../core/journal.ts';
import type { PromiseEntry } from '../core/promises/entries.ts';
import type { OwedPromise } from '../core/promises/promise.ts';
import { promiseOf, type Sale } from '../core/sale.ts';
import { commit, release } from '../steps/commit.ts';
import { before, isOfRequest } from './answer.ts';

/** What a request comes to for one promise; nothing when the rules refuse it. */
export type Decide = (sale: Sale, promise: OwedPromise, now: Instant) => PromiseEntry[];

/** Only as long as nobody has changed the time since may the former one be given back once more. */
const isStillSo = (promise: OwedPromise | undefined, entries: readonly PromiseEntry[]): boolean =>
  entries.every(
    (entry) =>
      (entry.type !== 'booked' || entry.n === promise?.booking?.n) &&
      (entry.type !== 'withdrawn' || promise?.status === 'withdrawn'),
  );

/**
 * A run before this one may have ended half way: what it decided is decided again, on the sale as it was, and what it had
 * not written is written now.
 */
export const complete = async (
  ports: SalePorts,
  sale: Sale,
  id: string,
  request: string,
  decide: Decide,
): Promise<void> => {
  const first = sale.journal.find((entry) => isOfRequest(entry, request) && entry.promise === id);
  const former = before(sale, request);
  const promise = promiseOf(former, id);
  if (first === undefined || promise === undefined) return;
  const entries = decide(former, promise, first.at);
  const written = new Set(sale.journal.map(keyOf));
  const missing = entries.filter((entry) => !written.has(keyOf(entry)));
  if (missing.length > 0) await commit(ports, former, missing);
  else if (isStillSo(promiseOf(sale, id), entries)) await release(ports, former, entries);
};
