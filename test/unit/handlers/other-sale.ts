/** Another sale of the same person, found by their address. */
import { searchKeysOf } from '../../../functions/core/desk/search-keys.ts';
import { SaleId } from '../../../functions/core/ids.ts';
import type { Entry } from '../../../functions/core/journal.ts';
import { loadSale } from '../../../functions/steps/load.ts';
import type { MemoryWorld } from '../../fixtures/memory-ports.ts';
import { at, begun, customer, record } from '../../fixtures/sales.ts';

export const putOther = async (
  { ports }: MemoryWorld,
  id: string,
  position: string,
  token: string,
  email = customer.email,
  since: readonly Entry[] = [],
): Promise<SaleId> => {
  const saleId = SaleId.parse(id);
  await ports.sales.open(record({ id: saleId, orderId: id.split('/')[1] ?? id }));
  await ports.sales.saveCustomer(saleId, { ...customer, email }, at(2), at(2));
  for (const entry of begun(...since)) await ports.sales.append(saleId, entry);
  await ports.sales.wait(saleId, { key: 'FollowUp', position, token, until: at(17) });
  const { sale } = await loadSale(ports, saleId);
  await ports.search.index(saleId, searchKeysOf(sale, ports.ids.digest));
  return saleId;
};
