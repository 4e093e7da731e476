import type { SalePorts } from '../adapters/ports.ts';
import { isSuppressed, type MessageClass } from '../core/person/standing.ts';
import type { Sale } from '../core/sale.ts';
import { personDigest } from './digests.ts';

/** A stop reaches every sale of a person: this sale learns of it at the latest right before it would write to them. */
export const stoppedElsewhere = async (
  ports: SalePorts,
  sale: Sale,
  of: MessageClass,
  now: string,
): Promise<boolean> => {
  const { email } = sale.customer;
  if (email === undefined) return false;
  if (!isSuppressed(await ports.people.of(personDigest(ports.ids, email)), of)) return false;
  await ports.sales.append(sale.id, { type: 'stopped', at: now, method: 'elsewhere' });
  return true;
};
