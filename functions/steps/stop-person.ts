/** A stop and its undoing, for every sale of the person. What is owed to them stays owed. */
import type { SalePorts } from '../adapters/ports.ts';
import type { Instant } from '../core/ids.ts';
import { type EntryOf, entriesOf } from '../core/journal.ts';
import { ASKING, isSuppressed, type MessageClass, type Suppression } from '../core/person/standing.ts';
import { stoppedClasses } from '../core/person/stops.ts';
import type { Sale } from '../core/sale.ts';
import { personDigest } from './digests.ts';
import { otherSales } from './person-sales.ts';
import { tellOrLeave, type tellWorkflow } from './tell-workflow.ts';

export type Stop = {
  /** What is not sent any more to this person. */
  suppressed: readonly MessageClass[];
  suppression: Suppression;
  method: EntryOf<'stopped'>['method'];
  /** What the other sales of the person say of it. */
  elsewhere?: EntryOf<'stopped'>['method'];
  agent?: string | undefined;
  now: Instant;
};

type Tell = typeof tellWorkflow;

const stopSale = async (
  ports: SalePorts,
  sale: Sale,
  { suppressed, method, agent, now }: Stop,
  tell: Tell,
): Promise<void> => {
  const known = stoppedClasses(sale.journal);
  const asking = suppressed.filter((one) => ASKING.includes(one));
  if (!asking.every((one) => known.has(one))) {
    await ports.sales.append(sale.id, {
      type: 'stopped',
      at: now,
      method,
      ...(agent === undefined ? {} : { agent }),
      ...(asking.length === ASKING.length ? {} : { classes: [...asking] }),
    });
  }
  await tell(ports, sale.id, now);
};

/** Nothing is waiting there that could still ask; unless a run before this one has stopped it and could not tell. */
const isPast = ({ isRoundOver, isErased, journal }: Sale): boolean =>
  isErased || (isRoundOver && stoppedClasses(journal).size === 0);

/**
 * The standing first: whatever happens afterwards, no sale of theirs asks any more. `tell` is `tellOrLeave` where a person
 * waits for the answer, `tellWorkflow` where a failure is tried again.
 */
export const stopPerson = async (
  ports: SalePorts,
  sale: Sale,
  stop: Stop,
  tell: Tell = tellOrLeave,
): Promise<void> => {
  const { email } = sale.customer;
  const person = email === undefined ? undefined : personDigest(ports.ids, email);
  if (person !== undefined) await ports.people.suppress(person, stop.suppressed, stop.suppression);
  await stopSale(ports, sale, stop, tell);
  if (person === undefined) return;
  const { agent: _, ...there } = { ...stop, method: stop.elsewhere ?? 'elsewhere' };
  for await (const other of otherSales(ports, person, sale.id))
    if (!isPast(other.sale)) await stopSale(ports, other.sale, there, tell);
};

const resumeSale = async (ports: SalePorts, sale: Sale, now: Instant, tell: Tell): Promise<void> => {
  if (stoppedClasses(sale.journal).size > 0) {
    const n = entriesOf(sale.journal, 'resumed').length + 1;
    await ports.sales.append(sale.id, { type: 'resumed', at: now, n });
  }
  await tell(ports, sale.id, now);
};

/** The sales begin again; whoever calls has released the person. */
export const resumeSales = async (
  ports: SalePorts,
  sale: Sale,
  now: Instant,
  tell: Tell = tellOrLeave,
): Promise<void> => {
  await resumeSale(ports, sale, now, tell);
  const { email } = sale.customer;
  if (email === undefined) return;
  for await (const { sale: other } of otherSales(ports, personDigest(ports.ids, email), sale.id)) {
    /* Also where an earlier press has taken it back and could not tell. */
    const wasStopped = other.journal.some(({ type }) => type === 'stopped');
    if (wasStopped && !other.isErased) await resumeSale(ports, other, now, tell);
  }
};

/** The customer takes it back. False when something weighs more than their press: a complaint, a mailbox that is gone. */
export const takeBackStop = async (ports: SalePorts, sale: Sale, now: Instant): Promise<boolean> => {
  const { email } = sale.customer;
  if (email !== undefined) {
    const person = personDigest(ports.ids, email);
    await ports.people.release(person, { at: now, by: 'customer', classes: [...ASKING] });
    if (isSuppressed(await ports.people.of(person), 'check-in')) return false;
  }
  await resumeSales(ports, sale, now);
  return true;
};
