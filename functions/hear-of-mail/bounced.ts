/** A mail came back. For good: nothing is sent there any more, and a person rings. For now: it is tried again. */
import type { MailPorts } from '../adapters/ports.ts';
import { entriesOf } from '../core/journal.ts';
import { ALL_MAIL } from '../core/person/standing.ts';
import { tellOwnerToRing } from '../steps/by-phone.ts';
import { loadSale } from '../steps/load.ts';
import { otherSales } from '../steps/person-sales.ts';
import { tellWorkflow } from '../steps/tell-workflow.ts';
import { type Heard, isTheirs, privately, promiseIn, wasReleasedSince } from './heard.ts';
import { leaveAsking } from './leave-asking.ts';
import { oweCall } from './owe-call.ts';

const write = (ports: MailPorts, heard: Heard, kind: 'hard' | 'soft'): Promise<boolean> => {
  const { sale, message, attempt, now } = heard;
  return ports.sales.append(sale.id, {
    type: 'bounced',
    at: now,
    message,
    attempt,
    kind,
    ...privately(heard),
  });
};

const writtenAt = ({ sale, message, attempt }: Heard) =>
  entriesOf(sale.journal, 'bounced').find((one) => one.message === message && one.attempt === attempt)?.at;

/** Every step can be done again: whoever dies halfway is taken up where it stopped. */
export const hardBounce = async (ports: MailPorts, heard: Heard): Promise<string> => {
  const { sale, person, evidence, now } = heard;
  await write(ports, heard, 'hard');
  if (person === undefined) return 'bounced, and nobody knows whose mailbox it was';
  if (wasReleasedSince(await ports.people.of(person), writtenAt(heard))) return 'released since';
  const shown = evidence === '' || sale.isErased ? {} : { evidence };
  await ports.people.suppress(person, ALL_MAIL, {
    since: now,
    because: 'bounce',
    method: 'bounce',
    ...shown,
    saleId: sale.id,
  });
  if (isTheirs(ports, heard)) {
    const isSeenTo = await leaveAsking(ports, await loadSale(ports, sale.id), now);
    if (!isSeenTo) await oweCall(ports, sale.id, now);
    await tellWorkflow(ports, sale.id, now);
  }
  for await (const other of otherSales(ports, person, sale.id)) await leaveAsking(ports, other, now);
  return 'bounced for good';
};

export const softBounce = async (ports: MailPorts, heard: Heard): Promise<string> => {
  const { sale, now } = heard;
  await write(ports, heard, 'soft');
  const promise = promiseIn(heard);
  if (promise !== undefined) await tellOwnerToRing(ports, sale, promise, 'came-back', heard);
  else await tellWorkflow(ports, sale.id, now);
  return 'bounced for now';
};
