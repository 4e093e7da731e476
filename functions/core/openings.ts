/** Whose hours count: customers are written to in theirs, staff work in theirs, a visit happens in the venue's zone. */
import type { Opening } from './calendar.ts';
import type { Configuration } from './configuration.ts';
import type { SaleRecord } from './sale.ts';

/** When this customer may be written to. */
export const customerOpening = (config: Configuration, record: SaleRecord): Opening => ({
  zone: record.zone,
  hours: config.hours.customers,
  closed: config.hours.holidays.customers,
});

/** When the shop's people work. */
export const staffOpening = (config: Configuration): Opening => ({
  zone: config.shop.zone,
  hours: config.hours.staff,
  closed: config.hours.holidays.staff,
});
