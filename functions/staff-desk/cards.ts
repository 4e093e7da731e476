/** Fills the rows that are shown with what only the sale knows: name, phone, words. */
import { isOverdue } from '../core/desk/ranking.ts';
import { dueSince, type PromiseRow } from '../core/promises/row.ts';
import { lastReply, promiseOf, type Sale } from '../core/sale.ts';
import type { CardView } from '../pages/desk/cards.ts';
import type { PageWords } from '../pages/words.ts';
import { itemName } from '../steps/item-name.ts';
import { findSale } from '../steps/load.ts';
import { type AtDesk, saleHref } from './at-desk.ts';
import { ownerIn } from './rows.ts';

export const customerName = (words: PageWords, sale: Sale | undefined): string =>
  sale?.customer.name ?? sale?.customer.firstName ?? sale?.customer.email ?? words.say('desk.card.nobody');

/** The number they asked to be rung at, before the one the shop has. */
export const phoneOf = (sale: Sale | undefined): string | undefined =>
  sale === undefined ? undefined : (lastReply(sale)?.private?.phone ?? sale.customer.phone);

/** `1'890.00 CHF` as the reader writes it; what is no amount is shown as the shop said it. */
export const worthOf = (words: PageWords, sale: Sale | undefined): string | undefined => {
  const total = sale?.facts.order?.total;
  if (total === undefined) return undefined;
  const amount = Number(total.amount);
  if (!/^[A-Z]{3}$/.test(total.currency) || !Number.isFinite(amount))
    return `${total.amount} ${total.currency}`;
  return new Intl.NumberFormat(words.locale, { style: 'currency', currency: total.currency }).format(amount);
};

const cardOf = async (at: AtDesk, row: PromiseRow): Promise<CardView> => {
  const { ports, words, now, when } = at;
  const sale = (await findSale(ports, row.saleId))?.sale;
  return {
    href: saleHref(row.saleId),
    kind: row.kind,
    because: row.because,
    customer: customerName(words, sale),
    phone: phoneOf(sale),
    words: sale === undefined ? undefined : promiseOf(sale, row.promise)?.words,
    item: sale === undefined ? '' : itemName(ports.settings, sale, words.locale),
    worth: worthOf(words, sale),
    due: when(dueSince(row)),
    isLate: isOverdue(row, now),
    visitAt: row.visitAt === undefined ? undefined : when(row.visitAt),
    level: row.level,
    ...ownerIn(at, row),
    strikes: row.strikes,
    severity: row.severity,
  };
};

export const cardsOf = (at: AtDesk, rows: readonly PromiseRow[]): Promise<CardView[]> =>
  Promise.all(rows.map((row) => cardOf(at, row)));
