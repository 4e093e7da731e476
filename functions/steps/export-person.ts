/** Everything about the person behind a sale, from the journals of all their sales; each says that it was handed out. */
import type { SalePorts } from '../adapters/ports.ts';
import type { Instant } from '../core/ids.ts';
import { exportPerson, type PersonExport } from '../core/privacy/export.ts';
import { isForgottenAt, type Sale } from '../core/sale.ts';
import { personDigest } from './digests.ts';
import { salesOfPeople } from './erase-person.ts';
import { findSale } from './load.ts';

type Ports = Pick<SalePorts, 'settings' | 'sales' | 'search' | 'people' | 'ids'>;

/** The person's sales that are kept, oldest first; the one they are asked for is always among them. */
export const salesOfPerson = async (ports: Ports, known: Sale, now: Instant): Promise<Sale[]> => {
  const { email } = known.customer;
  const ids = email === undefined ? [] : await salesOfPeople(ports, [personDigest(ports.ids, email)]);
  const found = new Map([[known.id, known]]);
  for (const id of ids) {
    const sale = (await findSale(ports, id))?.sale;
    if (sale !== undefined && !isForgottenAt(sale, now)) found.set(id, sale);
  }
  return [...found.values()].sort(
    (a, b) =>
      Number(a.record.createdAt > b.record.createdAt) - Number(a.record.createdAt < b.record.createdAt),
  );
};

export const handOut = async (
  ports: Ports,
  known: Sale,
  by: 'customer' | 'staff',
  now: Instant,
): Promise<PersonExport> => {
  const { email } = known.customer;
  const sales = await salesOfPerson(ports, known, now);
  const standing = email === undefined ? undefined : await ports.people.of(personDigest(ports.ids, email));
  for (const { id } of sales) await ports.sales.append(id, { type: 'exported', at: now, by });
  return exportPerson(ports.settings.config, sales, standing, now);
};
