import * as z from 'zod';

/** `(source, order id)` as one text. Order ids are text: a number would lose digits (Shopify's do not fit a double). */
export const SaleId = z.string().min(3).max(300).brand<'SaleId'>();
export type SaleId = z.output<typeof SaleId>;

/** The name of a source, as in the address `/webhooks/<source>`. */
export const SourceName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, 'lower-case letters, digits and dashes, at most 40');

/** An order's id as its shop writes it; printable, without blanks or slashes, so that it can stand in an address. */
export const OrderId = z
  .string()
  .regex(/^[\w.:~+=@#-]{1,200}$/, 'an order id of 1-200 letters, digits or . : ~ + = @ # - _');

export const saleIdOf = (source: string, orderId: string): SaleId => SaleId.parse(`${source}/${orderId}`);

/** ISO 8601 UTC instant with milliseconds, as `2026-11-22T09:30:00.000Z`. */
export const Instant = z.iso.datetime();
export type Instant = z.output<typeof Instant>;

/** The source of the hourly synthetic sale: no shop connection may have its name, and what comes from it is counted nowhere. */
export const CANARY_SOURCE = 'canary';

export const isCanary = (sale: string): boolean => sale.startsWith(`${CANARY_SOURCE}/`);
