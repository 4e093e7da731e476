/** Rows of an export that belong to one order, as the webhooks our own shops send. */
import { Temporal } from 'temporal-polyfill';
import { OrderId } from '../../../functions/core/ids.ts';
import { emailOf } from '../../../functions/shops/contact.ts';
import { amountOf, countOf, momentOf, type Slashes } from './import-cells.ts';
import type { Field } from './import-columns.ts';
import type { Row } from './import-csv.ts';
import type { FileOrder, Group } from './import-gather.ts';

export type RowSettings = { zone: string; slashes: Slashes | undefined; currency: string; now: string };

/** What keeps an order from being sent. */
class Unusable extends Error {
  readonly reason: string;
  constructor(reason: string, detail: string) {
    super(detail);
    this.reason = reason;
  }
}

const ENDED = /^(cancell?ed|refunded|voided|storniert|erstattet|abgebrochen)$/i;

type Moment = Extract<Field, `${string} at`>;

const first = (rows: readonly Row[], field: Field): string | undefined =>
  rows.find((row) => row[field] !== undefined)?.[field];

const dateOf = (rows: readonly Row[], field: Moment, settings: RowSettings): string | undefined => {
  const text = first(rows, field);
  if (text === undefined) return undefined;
  const read = momentOf(text, settings.zone, settings.slashes);
  if ('problem' in read) throw new Unusable('bad date', `${field} "${text.slice(0, 40)}" ${read.problem}`);
  /* A day without a time is taken for its noon, which today may still be ahead. */
  const latest = Temporal.Instant.from(settings.now).add({ hours: 24 });
  if (Temporal.Instant.compare(read.value, latest) > 0)
    throw new Unusable('bad date', `${field} "${text.slice(0, 40)}" lies in the future`);
  return read.value;
};

const checkUsable = (id: string, rows: readonly Row[]): void => {
  if (id === '') throw new Unusable('no order id', 'the cell of the order id is blank');
  if (!OrderId.safeParse(id).success)
    throw new Unusable('no order id', 'the order id may have letters, digits and . : ~ + = @ # - _ only');
  const emails = new Set(rows.flatMap(({ email }) => (email === undefined ? [] : [email.toLowerCase()])));
  if (emails.size > 1)
    throw new Unusable('two customers', 'rows with this order id name different addresses');
  const ended = [first(rows, 'status'), first(rows, 'payment status')].find((each) => ENDED.test(each ?? ''));
  const endedAt = first(rows, 'cancelled at') ?? first(rows, 'refunded at');
  if (ended !== undefined || endedAt !== undefined)
    throw new Unusable('cancelled or refunded', ended ?? `since ${endedAt}`);
};

const linesOf = (rows: readonly Row[]): object[] =>
  rows.flatMap(({ product, sku, type, quantity }) => {
    if (product === undefined) return [];
    const count = countOf(quantity ?? '');
    if ('problem' in count)
      throw new Unusable('not understood', `quantity "${quantity?.slice(0, 20)}" ${count.problem}`);
    return count.value === 0 ? [] : [{ title: product, sku, type, quantity: count.value }];
  });

/** Without a total the sale is worth nothing that a journey could be chosen by; `XXX` is ISO 4217 for no currency. */
const totalOf = (rows: readonly Row[], fallback: string): object => {
  const text = first(rows, 'total');
  const amount = text === undefined ? { value: '0' } : amountOf(text);
  if ('problem' in amount)
    throw new Unusable('not understood', `total "${text?.slice(0, 20)}" ${amount.problem}`);
  return { amount: amount.value, currency: first(rows, 'currency')?.toUpperCase() ?? fallback };
};

const customerOf = (rows: readonly Row[]): object => {
  const [firstName, lastName] = [first(rows, 'first name'), first(rows, 'last name')];
  const both = [firstName, lastName].filter((each) => each !== undefined).join(' ');
  return {
    name: first(rows, 'name') ?? (both === '' ? undefined : both),
    firstName,
    email: emailOf(first(rows, 'email')),
    phone: first(rows, 'phone'),
    locale: first(rows, 'language'),
    country: first(rows, 'country'),
  };
};

const tagsOf = (rows: readonly Row[]): string[] =>
  (first(rows, 'tags') ?? '')
    .split(/[,;|]/)
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');

const bodiesOf = (id: string, rows: readonly Row[], settings: RowSettings): object[] => {
  checkUsable(id, rows);
  const at = (field: Moment) => dateOf(rows, field, settings);
  const [placedAt, fulfilledAt, deliveredAt] = [at('placed at'), at('fulfilled at'), at('delivered at')];
  if (placedAt === undefined) throw new Unusable('bad date', 'the cell of placed at is blank');
  const lines = linesOf(rows);
  if (lines.length === 0) throw new Unusable('no product', 'no row of it names a product');
  const told = (type: string, timestamp: string | undefined) =>
    timestamp === undefined ? [] : [{ type, timestamp, data: { orderId: id } }];
  const order = {
    orderId: id,
    number: first(rows, 'number'),
    placedAt,
    paidAt: at('paid at'),
    customer: customerOf(rows),
    lines,
    total: totalOf(rows, settings.currency),
    tags: tagsOf(rows),
    soldBy: first(rows, 'sold by'),
  };
  return [
    ...told('order.fulfilled', fulfilledAt),
    ...told('order.delivered', deliveredAt),
    { type: 'order.created', timestamp: placedAt, data: order },
  ];
};

export const orderOfRows = ({ id, pieces, repeats }: Group<Row>, settings: RowSettings): FileOrder => {
  const lines = pieces.map(({ line }) => line);
  try {
    const rows = pieces.map(({ said }) => said);
    return { id, lines, repeats, bodies: bodiesOf(id, rows, settings) };
  } catch (error) {
    if (!(error instanceof Unusable)) throw error;
    return { id, lines, repeats, bodies: [], problem: { reason: error.reason, detail: error.message } };
  }
};
