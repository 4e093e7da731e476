/** Puts a sale into a world as the handlers before would have, and runs handlers as Lambda does. */
import type { Context } from 'aws-lambda';
import type { Entry } from '../../../functions/core/journal.ts';
import type { SaleRecord } from '../../../functions/core/sale.ts';
import type { Customer } from '../../../functions/core/shop-event.ts';
import { context } from '../../fixtures/invocations.ts';
import type { MemoryWorld } from '../../fixtures/memory-ports.ts';
import { at, begun, customer, record, SALE } from '../../fixtures/sales.ts';

export const putSale = async (
  { sales }: MemoryWorld,
  since: readonly Entry[] = [],
  more: { record?: Partial<SaleRecord>; customer?: Customer } = {},
): Promise<void> => {
  await sales.open(record(more.record));
  await sales.saveCustomer(SALE, more.customer ?? customer, at(2), at(2));
  for (const entry of begun(...since)) await sales.append(SALE, entry);
};

/** A link as a mail would have carried it. */
export const putLink = async (
  { ports }: MemoryWorld,
  audience: 'customer' | 'staff' = 'customer',
  more: { promise?: string; staff?: string; expiresAt?: string } = {},
): Promise<string> => {
  const token = ports.ids.token();
  await ports.links.keep(ports.ids.digest(token), {
    saleId: SALE,
    audience,
    expiresAt: at(30),
    ...more,
  });
  return token;
};

export const run = <E, R>(handler: (event: E, context: Context) => Promise<R>, event: E): Promise<R> =>
  handler(event, context);

/** What the journal says since the sale began, as `type message`. */
export const journalOf = ({ sales }: MemoryWorld): string[] =>
  sales
    .entries(SALE)
    .slice(2)
    .map((entry) => ('message' in entry ? `${entry.type} ${entry.message}` : entry.type));

/** What a waiting execution was told: `success`, or the error's name. */
export const toldOf = ({ workflows }: MemoryWorld): string[] =>
  workflows.told.map((one) => (one.kind === 'success' ? 'success' : one.error));
