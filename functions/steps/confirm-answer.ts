/** A second sign of a person makes an answer count that was held: the press on the page, a mail, a member of staff. */
import type { SalePorts } from '../adapters/ports.ts';
import type { Instant } from '../core/ids.ts';
import type { EntryOf } from '../core/journal.ts';
import { lastReply, type Sale } from '../core/sale.ts';

/** The newest held answer, unless the customer has answered since. */
export const heldAnswer = (sale: Sale): EntryOf<'replied'> | undefined => {
  const held = sale.unconfirmed.at(-1);
  return held !== undefined && held.n > (lastReply(sale)?.n ?? 0) ? held : undefined;
};

/** Whoever calls tells the workflow afterwards. Doing it twice is doing it once. */
export const confirmAnswer = async (
  ports: Pick<SalePorts, 'sales'>,
  sale: Sale,
  answer: EntryOf<'replied'>,
  now: Instant,
): Promise<void> => {
  const phone = answer.private?.phone;
  if (phone !== undefined) await ports.sales.correctPhone(sale.id, phone);
  await ports.sales.append(sale.id, { type: 'confirmed', at: now, n: answer.n });
};
