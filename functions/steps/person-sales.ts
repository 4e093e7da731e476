/** Every sale of a person, as far as one request may look: the rest learn of it right before they would write. */
import type { SalePorts } from '../adapters/ports.ts';
import { personPartition } from '../core/desk/search-keys.ts';
import type { SaleId } from '../core/ids.ts';
import { personDigest } from './digests.ts';
import { findSale, type Loaded } from './load.ts';

const PAGE = 25;
const MOST_PAGES = 4;

const idsOf = async ({ search }: SalePorts, person: string): Promise<SaleId[]> => {
  const found: SaleId[] = [];
  let after: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { items, next } = await search.find(personPartition(person), {
      prefix: 'sale#',
      limit: PAGE,
      after,
    });
    found.push(...items);
    if (next === undefined) break;
    after = next;
  }
  return found;
};

/** All but `except`, one after the other. A sale that goes to another address by now is no longer theirs. */
export async function* otherSales(ports: SalePorts, person: string, except: SaleId): AsyncGenerator<Loaded> {
  for (const id of await idsOf(ports, person)) {
    if (id === except) continue;
    const loaded = await findSale(ports, id);
    const email = loaded?.sale.customer.email;
    if (loaded !== undefined && email !== undefined && personDigest(ports.ids, email) === person)
      yield loaded;
  }
}
