/** The order body of the `order.*` topics: https://woocommerce.github.io/woocommerce-rest-api-docs/#order-properties */
import * as z from 'zod';
import type { Customer, Order, OrderLine } from '../core/shop-event.ts';
import { codesOf } from './codes.ts';
import {
  amount,
  country,
  currency,
  email,
  id,
  listOf,
  locale,
  maybe,
  moment,
  phone,
  quantity,
  region,
  text,
} from './fields.ts';
import { areDifferentPeople, giftOf } from './gift.ts';
import { pastMoment } from './moment.ts';
import { plainText } from './plain-text.ts';

const Meta = z.object({ key: text(100), value: text(320) });

const Address = z.object({
  first_name: text(200),
  last_name: text(200),
  email,
  phone,
  country,
  state: region,
});

/** WordPress stores names with entities, and every shop's mails would show them. */
const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ndash: '–',
  mdash: '—',
  hellip: '…',
};

const numbered = (code: number): string => (code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : '');

const withoutEntities = (html: string): string =>
  html.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,8}));/gi, (entity, decimal, hex, name) => {
    if (typeof decimal === 'string') return numbered(Number(decimal));
    if (typeof hex === 'string') return numbered(Number.parseInt(hex, 16));
    return (typeof name === 'string' ? ENTITIES[name.toLowerCase()] : undefined) ?? entity;
  });

const title = z
  .unknown()
  .optional()
  .transform((value) =>
    typeof value === 'string' ? plainText(withoutEntities(value.slice(0, 4000)), 500) : undefined,
  )
  .pipe(z.string('expected a title'));

const Line = z.object({ id, name: title, sku: text(200), quantity, meta_data: listOf(Meta) });

export const WooOrder = z.object({
  id,
  number: text(100),
  status: z.string('expected a status').max(60),
  currency,
  total: amount,
  date_created_gmt: moment,
  date_modified_gmt: moment,
  date_paid_gmt: moment,
  date_completed_gmt: moment,
  billing: maybe(Address),
  shipping: maybe(Address),
  line_items: z.array(Line, 'expected a list of lines'),
  meta_data: listOf(Meta),
  refunds: listOf(z.object({ id })),
  coupon_lines: listOf(z.object({ code: text(100) })),
});
export type WooOrder = z.output<typeof WooOrder>;

const metaOf = (meta: readonly z.output<typeof Meta>[], ...keys: readonly string[]): string | undefined =>
  meta.find(({ key }) => key !== undefined && keys.includes(key.replace(/^_/, '').toLowerCase()))?.value;

/**
 * WooCommerce dates the payment itself, and leaves the date out while cash is still to be collected on delivery, also
 * when the status is already `processing`.
 */
const paidAtOf = (order: WooOrder, receivedAt: string): string | undefined => {
  const isDated = order.date_paid_gmt !== undefined;
  if (isDated) return pastMoment(order.date_paid_gmt, receivedAt);
  const isPaid = order.status === 'processing' || order.status === 'completed' || order.status === 'refunded';
  return isPaid ? (pastMoment(order.date_modified_gmt, receivedAt) ?? receivedAt) : undefined;
};

const linesOf = ({ line_items: lines }: WooOrder): OrderLine[] =>
  lines
    .filter((line) => line.quantity > 0)
    .map((line) => ({
      lineId: line.id,
      title: line.name,
      sku: line.sku,
      productType: metaOf(line.meta_data, 'product_type')?.slice(0, 200),
      quantity: line.quantity,
    }));

const fullNameOf = (address: WooOrder['billing']): string =>
  withoutEntities([address?.first_name, address?.last_name].filter((part) => part !== undefined).join(' '));

export const orderOf = (order: WooOrder, receivedAt: string): Order => ({
  number: order.number ?? order.id,
  placedAt: pastMoment(order.date_created_gmt, receivedAt) ?? receivedAt,
  paidAt: paidAtOf(order, receivedAt),
  lines: linesOf(order),
  total: { amount: order.total, currency: order.currency },
  tags: [],
  soldBy: metaOf(order.meta_data, 'sold_by', 'salesperson'),
  ...codesOf(order.coupon_lines.map(({ code }) => code)),
  ...giftOf(areDifferentPeople(fullNameOf(order.shipping), fullNameOf(order.billing))),
});

export const customerOf = ({ billing, shipping, meta_data: meta }: WooOrder): Customer => {
  const who = billing?.first_name === undefined && billing?.last_name === undefined ? shipping : billing;
  return {
    name: plainText(fullNameOf(who), 300),
    firstName: who?.first_name === undefined ? undefined : plainText(withoutEntities(who.first_name), 200),
    email: billing?.email,
    phone: billing?.phone ?? shipping?.phone,
    // WooCommerce knows no language of the customer; WPML, the usual translation plugin, notes it.
    locale: locale.parse(metaOf(meta, 'wpml_language')),
    country: shipping?.country ?? billing?.country,
    region: (shipping?.country === undefined ? billing : shipping)?.state,
  };
};
