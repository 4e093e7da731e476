/** What ties an order to an earlier one: the same person again, or a friend with the code of somebody who was happy. */
import type { SalePorts } from '../adapters/ports.ts';
import { passedOn } from '../core/after/referral.ts';
import type { Instant, SaleId } from '../core/ids.ts';
import { entriesOf } from '../core/journal.ts';
import type { Sale } from '../core/sale.ts';
import { personDigest } from './digests.ts';
import { findSale, type Loaded } from './load.ts';
import { otherSales } from './person-sales.ts';
import { projectPromises } from './project.ts';

const boughtAt = ({ facts, record }: Sale): string => facts.order?.placedAt ?? record.createdAt;

/** Counted anew, with what has been written since. */
const recount = async (ports: SalePorts, id: SaleId, now: Instant): Promise<void> => {
  const loaded = await findSale(ports, id);
  if (loaded !== undefined) await projectPromises(ports, loaded, now);
};

const isSamePerson = (a: Sale, b: Sale): boolean =>
  a.customer.email !== undefined &&
  a.customer.email.trim().toLowerCase() === b.customer.email?.trim().toLowerCase();

/** Nobody recommends themselves: a code of one's own is a repeat order and nothing more. */
const noteFriend = async (ports: SalePorts, sale: Sale, now: Instant): Promise<void> => {
  const { referral } = ports.settings.config.shop;
  const codes = referral === undefined ? [] : passedOn(referral.prefix, sale.facts.order?.codes ?? []);
  for (const code of codes) {
    const by = await ports.referrals.find(code);
    const friend = by === undefined || by === sale.id ? undefined : (await findSale(ports, by))?.sale;
    if (friend === undefined || isSamePerson(friend, sale)) continue;
    await ports.sales.append(sale.id, { type: 'referred', at: now, by: friend.id });
    await ports.sales.append(friend.id, { type: 'recommended', at: now, sale: sale.id });
    await recount(ports, friend.id, now);
    return;
  }
};

const newestBefore = async (ports: SalePorts, sale: Sale): Promise<Sale | undefined> => {
  if (sale.customer.email === undefined) return undefined;
  let newest: Loaded | undefined;
  for await (const other of otherSales(ports, personDigest(ports.ids, sale.customer.email), sale.id)) {
    const isEarlier = boughtAt(other.sale) < boughtAt(sale) && !other.sale.isErased;
    if (isEarlier && (newest === undefined || boughtAt(newest.sale) < boughtAt(other.sale))) newest = other;
  }
  return newest?.sale;
};

const noteReturn = async (ports: SalePorts, sale: Sale, now: Instant): Promise<void> => {
  const before = await newestBefore(ports, sale);
  const isKnown =
    before === undefined || entriesOf(before.journal, 'bought-again').some((entry) => entry.sale === sale.id);
  if (isKnown) return;
  await ports.sales.append(before.id, { type: 'bought-again', at: now, sale: sale.id });
  await recount(ports, before.id, now);
};

/** Before the first round of a sale begins; doing it again changes nothing. */
export const connectOrders = async (ports: SalePorts, sale: Sale, now: Instant): Promise<void> => {
  if (sale.round > 0 || sale.facts.endedBy !== undefined) return;
  await noteReturn(ports, sale, now);
  await noteFriend(ports, sale, now);
};
