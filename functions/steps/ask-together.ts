/** Several orders of one person become one conversation: who leads it takes the others along and names them. */
import type { MailPorts, SalePorts } from '../adapters/ports.ts';
import type { Instant } from '../core/ids.ts';
import type { Sale } from '../core/sale.ts';
import { isStillTogether, mayJoin } from '../core/when/together.ts';
import { personDigest } from './digests.ts';
import { itemName } from './item-name.ts';
import { findSale, loadSale } from './load.ts';
import { otherSales } from './person-sales.ts';

/** More would no longer be a sentence; the next ones get a conversation of their own. */
const MOST_OTHERS = 3;

/**
 * Takes along what would be asked about within days. First the other sale is told, then this one: what a crash leaves
 * undone is found again, because the other one has joined this very sale.
 */
export const takeAlong = async (ports: MailPorts, leader: Sale, now: Instant): Promise<Sale> => {
  const { email } = leader.customer;
  const { config } = ports.settings;
  if (email === undefined || config.asking.mergeDays === 0) return leader;
  let count = leader.joins.length;
  for await (const { sale: other } of otherSales(ports, personDigest(ports.ids, email), leader.id)) {
    if (count >= MOST_OTHERS) break;
    if (leader.joins.includes(other.id) || !mayJoin(config, leader, other, now)) continue;
    const isNew = await ports.sales.append(other.id, { type: 'joined', at: now, to: leader.id });
    if (!isNew && other.joinedTo !== leader.id) continue;
    await ports.sales.append(leader.id, { type: 'joins', at: now, sale: other.id });
    count += 1;
  }
  return count === leader.joins.length ? leader : (await loadSale(ports, leader.id)).sale;
};

/** What else the mail is about, in its language. */
export const othersOf = async (ports: SalePorts, leader: Sale): Promise<string[]> => {
  const names: string[] = [];
  for (const id of leader.joins) {
    const other = (await findSale(ports, id))?.sale;
    if (other !== undefined && isStillTogether(leader, other))
      names.push(itemName(ports.settings, other, leader.record.locale));
  }
  return names;
};
