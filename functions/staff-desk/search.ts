/** Finds sales by order number, name or address. The index gives ids; only the sales that are shown are loaded. */
import type { PersonSearch } from '../adapters/search-ports.ts';
import {
  namePartition,
  nameWords,
  numberPartition,
  personPartition,
  plainMail,
  plainNumber,
} from '../core/desk/search-keys.ts';
import { OrderId, type SaleId, saleIdOf } from '../core/ids.ts';
import { isForgottenAt, openPromises } from '../core/sale.ts';
import { memberOf } from '../core/staff.ts';
import { type FoundSale, searchPage } from '../pages/desk/search.ts';
import { itemName } from '../steps/item-name.ts';
import { findSale } from '../steps/load.ts';
import type { DeskAnswer } from './answer.ts';
import { type AtDesk, saleHref } from './at-desk.ts';
import { customerName } from './cards.ts';
import { pagingOf, ROWS } from './paging.ts';

const LONGEST_QUESTION = 320;

type Hits = Awaited<ReturnType<PersonSearch['find']>>;

const NOTHING: Hits = { items: [], next: undefined };

/** The sales whose id is this very number: they have no row for it. */
const salesNamed = async ({ ports, now }: AtDesk, number: string): Promise<SaleId[]> => {
  if (!OrderId.safeParse(number).success) return [];
  const ids = Object.keys(ports.settings.config.sources).map((source) => saleIdOf(source, number));
  const found = await Promise.all(ids.map((id) => findSale(ports, id)));
  return found.flatMap((loaded) =>
    loaded === undefined || isForgottenAt(loaded.sale, now) ? [] : [loaded.sale.id],
  );
};

export const salesByNumber = async (at: AtDesk, q: string): Promise<SaleId[]> => {
  const number = plainNumber(q);
  if (number === '') return [];
  const { items } = await at.ports.search.find(numberPartition(number), { prefix: 'sale#', limit: ROWS });
  return [...new Set([...items, ...(await salesNamed(at, number))])];
};

const byMail = ({ ports }: AtDesk, q: string, after: string | undefined): Promise<Hits> =>
  ports.search.find(personPartition(ports.ids.digest(plainMail(q))), { prefix: 'sale#', limit: ROWS, after });

/** By its longest word, which fewest share; the others narrow it. */
const byName = async ({ ports }: AtDesk, q: string, after: string | undefined): Promise<Hits> => {
  const [prefix, ...also] = nameWords(q).toSorted((a, b) => b.length - a.length);
  if (prefix === undefined) return NOTHING;
  return ports.search.find(namePartition(prefix), { prefix, also, limit: ROWS, after });
};

const find = async (at: AtDesk, q: string): Promise<Hits> => {
  const cursor = at.query.get('after');
  const after = cursor === null ? undefined : Buffer.from(cursor, 'base64url').toString('utf8');
  if (q.includes('@')) return byMail(at, q, after);
  const numbers = after === undefined ? await salesByNumber(at, q) : [];
  const names = await byName(at, q, after);
  return { items: [...new Set([...numbers, ...names.items])], next: names.next };
};

/** One or none: what the index still knows may be gone. */
export const foundSale = async (at: AtDesk, id: SaleId): Promise<FoundSale[]> => {
  const { ports, words, day } = at;
  const sale = (await findSale(ports, id))?.sale;
  if (sale === undefined || isForgottenAt(sale, at.now)) return [];
  const { record, facts } = sale;
  return [
    {
      href: saleHref(id),
      customer: customerName(words, sale),
      number: facts.order?.number ?? record.orderId,
      item: itemName(ports.settings, sale, words.locale),
      bought: day(facts.order?.placedAt ?? record.createdAt),
      owner: memberOf(ports.settings.config, record.owner)?.name ?? record.owner,
      open: openPromises(sale).length,
    },
  ];
};

export const search = async (at: AtDesk): Promise<DeskAnswer> => {
  const q = (at.query.get('q') ?? '').trim().slice(0, LONGEST_QUESTION);
  const none = { next: undefined, first: undefined };
  if (q === '') return { html: searchPage({ seat: at.sheet, q, found: undefined, paging: none }) };
  if (plainNumber(q).length < 2)
    return { html: searchPage({ seat: at.sheet, q, found: 'short', paging: none }) };
  const hits = await find(at, q);
  const found = (await Promise.all(hits.items.map((id) => foundSale(at, id)))).flat();
  const next = hits.next === undefined ? undefined : Buffer.from(hits.next).toString('base64url');
  const paging = pagingOf('/desk/search', { q }, { next, isFurther: at.query.has('after') });
  return { html: searchPage({ seat: at.sheet, q, found, paging }) };
};
