/**
 * Which mail of the archive an address means: `sale/<source>/<order id>/<digest>` or `box/<id>`. No address holds a key
 * of the archive, so nobody can ask for a mail that is in no story and not in the post box.
 */
import type { ReadMailPorts } from '../adapters/ports.ts';
import { digestInId } from '../core/conversation/unsorted.ts';
import { SaleId } from '../core/ids.ts';
import { entriesOf } from '../core/journal.ts';
import { findSale } from '../steps/load.ts';

export type Original =
  | { key: string }
  /** The mail is known, and what it said is kept no more. */
  | 'gone';

type Ports = Pick<ReadMailPorts, 'sales' | 'box'>;

const inSale = async (
  ports: Ports,
  [source = '', orderId = '', digest]: readonly string[],
): Promise<Original | undefined> => {
  const id = SaleId.safeParse(`${source}/${orderId}`);
  if (!id.success) return undefined;
  const sale = (await findSale(ports, await ports.sales.resolve(id.data)))?.sale;
  const wrote = entriesOf(sale?.journal ?? [], 'wrote').find(({ mail }) => mail === digest);
  if (wrote === undefined) return undefined;
  const key = wrote.private?.original;
  return key === undefined ? 'gone' : { key };
};

const inBox = async ({ box }: Ports, [id = '']: readonly string[]): Promise<Original | undefined> => {
  const mail = digestInId(id) === undefined ? undefined : await box.find(id);
  return mail === undefined ? undefined : { key: mail.original };
};

export const findOriginal = (
  ports: Ports,
  [place, ...rest]: readonly string[],
): Promise<Original | undefined> => {
  if (place === 'sale' && rest.length === 3) return inSale(ports, rest);
  return place === 'box' && rest.length === 1 ? inBox(ports, rest) : Promise.resolve(undefined);
};
