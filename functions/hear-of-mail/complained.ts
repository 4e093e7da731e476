/** The customer marked a mail as spam: nothing is written to them any more. What is owed to them is said by phone. */
import type { MailPorts } from '../adapters/ports.ts';
import type { SaleId } from '../core/ids.ts';
import { entriesOf } from '../core/journal.ts';
import { ALL_MAIL, type Suppression } from '../core/person/standing.ts';
import { openPromises } from '../core/sale.ts';
import { tellOwnerToRing } from '../steps/by-phone.ts';
import { loadSale } from '../steps/load.ts';
import { otherSales } from '../steps/person-sales.ts';
import { stopPerson } from '../steps/stop-person.ts';
import { tellWorkflow } from '../steps/tell-workflow.ts';
import { type Heard, isTheirs, privately, wasReleasedSince } from './heard.ts';

const tellOwners = async (ports: MailPorts, id: SaleId, heard: Heard): Promise<void> => {
  const { sale } = await loadSale(ports, id);
  for (const promise of openPromises(sale)) await tellOwnerToRing(ports, sale, promise, 'complaint', heard);
};

export const complained = async (ports: MailPorts, heard: Heard): Promise<string> => {
  const { sale, message, attempt, person, evidence, now } = heard;
  await ports.sales.append(sale.id, { type: 'complained', at: now, message, attempt, ...privately(heard) });
  if (person === undefined) return 'a complaint, and nobody knows whose';
  const writtenAt = entriesOf(sale.journal, 'complained').find(
    (one) => one.message === message && one.attempt === attempt,
  )?.at;
  if (wasReleasedSince(await ports.people.of(person), writtenAt)) return 'released since';
  const suppression: Suppression = {
    since: now,
    because: 'complaint',
    method: 'complaint',
    ...(evidence === '' || sale.isErased ? {} : { evidence }),
    saleId: sale.id,
  };
  await ports.people.suppress(person, ALL_MAIL, suppression);
  if (!isTheirs(ports, heard)) return 'a complaint about another address';
  const stop = {
    suppressed: ALL_MAIL,
    suppression,
    method: 'complaint',
    elsewhere: 'complaint',
    now,
  } as const;
  await stopPerson(ports, sale, stop, tellWorkflow);
  await tellOwners(ports, sale.id, heard);
  for await (const other of otherSales(ports, person, sale.id)) await tellOwners(ports, other.sale.id, heard);
  return 'complained';
};
