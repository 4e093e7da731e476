import type { SalePorts } from '../adapters/ports.ts';
import type { Instant } from '../core/ids.ts';
import { type EntryOf, entriesOf } from '../core/journal.ts';
import type { Sale } from '../core/sale.ts';

export type DoubtfulPage = EntryOf<'unconfirmed'>['page'];

const dayIn = (at: string): string => at.slice(0, 'yyyy-mm-dd'.length);

/** A scanner may press a hundred times: the journal says so once a day for each page. */
export const noteDoubt = async (
  { sales }: Pick<SalePorts, 'sales'>,
  sale: Sale,
  { page, agent, now }: { page: DoubtfulPage; agent: string | undefined; now: Instant },
): Promise<void> => {
  const isNoted = entriesOf(sale.journal, 'unconfirmed').some(
    (entry) => entry.page === page && dayIn(entry.at) === dayIn(now),
  );
  if (isNoted) return;
  await sales.append(sale.id, {
    type: 'unconfirmed',
    at: now,
    page,
    ...(agent === undefined ? {} : { agent }),
  });
};
