/**
 * The moment somebody asks to be forgotten. The work goes on the queue as one message, so it is all done or all asked for
 * again; then every sale of theirs is marked at once, so nothing leaves any more. Never the other way round: whoever died in
 * between and was not asked again would leave a sale that says it is forgotten, and keeps who it was.
 */
import type { ForgetPorts, SalePorts } from '../adapters/ports.ts';
import { personPartition } from '../core/desk/search-keys.ts';
import type { Instant, SaleId } from '../core/ids.ts';
import { type Dropped, droppedWith, type Receipt, total } from '../core/privacy/receipt.ts';
import { type AskedBy, type ForgetTask, receiptNumberOf } from '../core/privacy/request.ts';
import { personDigest } from './digests.ts';

type Ports = Pick<SalePorts, 'sales' | 'search' | 'ids'>;

/** Rows of one person that are read at a time. */
const ROWS = 200;

/** Every sale known under one of these digests. */
export const salesOfPeople = async (
  { search }: Pick<Ports, 'search'>,
  people: readonly string[],
): Promise<SaleId[]> => {
  const found = new Set<SaleId>();
  for (const person of people) {
    let after: string | undefined;
    do {
      const page = await search.find(personPartition(person), { prefix: 'sale#', limit: ROWS, after });
      for (const id of page.items) found.add(id);
      after = page.next;
    } while (after !== undefined);
  }
  return [...found];
};

const PERSON = personPartition('');

type Known = {
  /** By the address the sale has. */
  person: string | undefined;
  /** And by each it ever had: one the shop corrected may be somebody else's, with sales of their own. */
  people: string[];
  dropped: Dropped;
};

/** Under which digests the person of a sale is known. */
export const peopleOfSale = async ({ search, ids, sales }: Ports, id: SaleId): Promise<Known> => {
  const [stored, keys] = [await sales.load(id), await search.keysOf(id)];
  const email = stored?.customer?.email;
  const former = keys.flatMap(({ partition }) =>
    partition.startsWith(PERSON) ? [partition.slice(PERSON.length)] : [],
  );
  const person = email === undefined ? undefined : personDigest(ids, email);
  return {
    person,
    people: [...new Set([...former, ...(person === undefined ? [] : [person])])],
    dropped: droppedWith(stored?.entries ?? []),
  };
};

export type ToForget = {
  /** Sales that were named, whoever's they are; an id the shop has told us nothing of is remembered. */
  sales: readonly SaleId[];
  emails: readonly string[];
  by: AskedBy;
  /** The same request, however often it is made. */
  eventId: string;
};

export const erasedEntry = (
  { by, receipt, eventId }: Pick<ForgetTask, 'by' | 'receipt' | 'eventId'>,
  at: Instant,
) => ({ type: 'erased', at, eventId, by, receipt }) as const;

const widen = async (
  ports: Ports,
  { sales: named, emails }: Pick<ToForget, 'sales' | 'emails'>,
): Promise<{ sales: SaleId[]; people: string[] }> => {
  const sales = new Set<SaleId>();
  const people = new Set(emails.map((email) => personDigest(ports.ids, email)));
  for (const id of named) {
    const sale = await ports.sales.resolve(id);
    sales.add(sale);
    const { person } = await peopleOfSale(ports, sale);
    if (person !== undefined) people.add(person);
  }
  return { sales: [...sales], people: [...people] };
};

/** Answers what is going to be dropped with the sales; what lies elsewhere is counted as it is found. */
export const forgetPerson = async (
  ports: Pick<SalePorts, 'sales' | 'search' | 'ids'> & ForgetPorts,
  asked: ToForget,
  now: Instant,
): Promise<Receipt> => {
  const { by, eventId } = asked;
  const number = receiptNumberOf(ports.ids.digest(`forget ${by} ${eventId}`));
  const { sales, people } = await widen(ports, asked);
  const parts: Dropped[] = [];
  const all = new Set([...sales, ...(await salesOfPeople(ports, people))]);
  for (const id of all) parts.push((await peopleOfSale(ports, id)).dropped);
  await ports.receipts.open({ number, at: now, by });
  await ports.forget.send({ v: 1, kind: 'people', receipt: number, by, at: now, eventId, sales, people });
  for (const id of all) await ports.sales.append(id, erasedEntry({ by, receipt: number, eventId }, now));
  return { number, at: now, by, dropped: total(parts) };
};

/** The same for a shop that is gone: too many sales for one request, so the queue finds them. */
export const forgetShop = async (
  ports: Pick<SalePorts, 'ids'> & ForgetPorts,
  { source, eventId }: { source: string; eventId: string },
  now: Instant,
): Promise<void> => {
  const receipt = receiptNumberOf(ports.ids.digest(`forget shop ${source} ${eventId}`));
  await ports.receipts.open({ number: receipt, at: now, by: 'shop' });
  await ports.forget.send({ v: 1, kind: 'shop', receipt, by: 'shop', at: now, eventId, source });
};
