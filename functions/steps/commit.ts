/**
 * Writes what was decided about promises. A promise is put on the lists before it is made, so that the sweeper finds one
 * that a crash left half made; a visit takes its time in the provider's calendar before it is booked.
 */
import type { SalePorts } from '../adapters/ports.ts';
import type { PromiseEntry } from '../core/promises/entries.ts';
import { promiseOf, type Sale } from '../core/sale.ts';
import { findSale } from './load.ts';

export type Committed =
  | 'done'
  /** The provider has another visit then; nothing was written. */
  | 'provider-busy'
  /** Somebody else wrote the same thing a moment before; read again. */
  | 'overtaken';

const holderOf = (sale: Sale, promise: string) => `${sale.id}#${promise}`;

type Ports = Pick<SalePorts, 'sales' | 'lists' | 'bookings'>;

const announce = async (
  ports: Ports,
  sale: Sale,
  entry: Extract<PromiseEntry, { type: 'promised' }>,
): Promise<void> => {
  const amount = Number(sale.facts.order?.total.amount ?? 0);
  await ports.lists.keep(
    {
      saleId: sale.id,
      promise: entry.promise,
      kind: entry.kind,
      because: entry.because,
      status: 'open',
      owner: entry.owner,
      level: entry.level,
      strikes: 0,
      severity: entry.severity ?? 'normal',
      madeAt: entry.at,
      dueAt: entry.dueAt,
      /* Until the promise itself is written, the sweeper must look. */
      nextAt: entry.at,
      amount: Number.isFinite(amount) ? amount : 0,
    },
    0,
  );
};

/** Takes the new time first and gives the old one back last: a crash leaves a time too much taken, never one too few. */
const reserve = async (ports: Ports, sale: Sale, entries: readonly PromiseEntry[]): Promise<boolean> => {
  for (const entry of entries) {
    if (entry.type !== 'booked') continue;
    const holder = holderOf(sale, entry.promise);
    if (!(await ports.bookings.reserve(entry.provider, entry.from, entry.to, holder))) return false;
  }
  return true;
};

/** Gives back the time that these entries free; `sale` as it was before them. Doing it again changes nothing. */
export const release = async (
  ports: Pick<Ports, 'bookings'>,
  sale: Sale,
  entries: readonly PromiseEntry[],
): Promise<void> => {
  for (const entry of entries) {
    if (entry.type !== 'booked' && entry.type !== 'withdrawn') continue;
    const former = promiseOf(sale, entry.promise)?.booking;
    if (former === undefined) continue;
    const holder = holderOf(sale, entry.promise);
    await ports.bookings.release(former.provider, former.heldFrom, former.to, holder);
    /* Where old and new overlap, the new one keeps its time. */
    if (entry.type === 'booked') await ports.bookings.reserve(entry.provider, entry.from, entry.to, holder);
  }
};

/** Somebody booked another time a moment before: what was taken for ours is given back, and theirs stays. */
const letGo = async (ports: Ports, sale: Sale, entries: readonly PromiseEntry[]): Promise<void> => {
  const current = await findSale(ports, sale.id);
  for (const entry of entries) {
    if (entry.type !== 'booked') continue;
    const holder = holderOf(sale, entry.promise);
    await ports.bookings.release(entry.provider, entry.from, entry.to, holder);
    const booking = current && promiseOf(current.sale, entry.promise)?.booking;
    if (booking !== undefined)
      await ports.bookings.reserve(booking.provider, booking.heldFrom, booking.to, holder);
  }
};

export const commit = async (
  ports: Ports,
  sale: Sale,
  entries: readonly PromiseEntry[],
): Promise<Committed> => {
  if (!(await reserve(ports, sale, entries))) return 'provider-busy';
  for (const entry of entries) {
    if (entry.type === 'promised') await announce(ports, sale, entry);
    if (await ports.sales.append(sale.id, entry)) continue;
    await letGo(ports, sale, entries);
    return 'overtaken';
  }
  await release(ports, sale, entries);
  return 'done';
};
