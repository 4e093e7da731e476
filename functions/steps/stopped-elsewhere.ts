import type { SalePorts } from '../adapters/ports.ts';
import type { Sale } from '../core/sale.ts';

/** A stop reaches every sale of a person: this sale learns of it right before it would write to them. */
export const stoppedElsewhere = async (ports: SalePorts, sale: Sale, now: string): Promise<boolean> => {
  const email = sale.customer.email?.toLowerCase();
  if (email === undefined || !(await ports.people.hasStopped(ports.ids.digest(email)))) return false;
  await ports.sales.append(sale.id, { type: 'stopped', at: now, method: 'page' });
  return true;
};
