/** How we stand with the person behind a sale, read right before a mail to them leaves. */
import type { SalePorts } from '../adapters/ports.ts';
import {
  type MessageClass,
  type Standing,
  type Suppression,
  whySuppressed,
} from '../core/person/standing.ts';
import type { Sale } from '../core/sale.ts';
import { personDigest } from './digests.ts';

export type Because = Suppression['because'];

/** As the journal says it. */
export const NO_MAIL: Record<Because, string> = {
  asked: 'the customer asked us to stop',
  complaint: 'the customer marked a mail of ours as spam',
  bounce: 'their mailbox takes no mail',
};

/** What is owed can only be said by phone. */
export const isByPhoneOnly = (reason: string): boolean =>
  reason === NO_MAIL.bounce || reason === NO_MAIL.complaint;

/** Read anew each time; undefined of somebody without an address. */
export const standingOf = async (
  { people, ids }: Pick<SalePorts, 'people' | 'ids'>,
  { customer }: Pick<Sale, 'customer'>,
): Promise<Standing | undefined> =>
  customer.email === undefined ? undefined : people.of(personDigest(ids, customer.email));

export const whyNotReach = async (
  ports: Pick<SalePorts, 'people' | 'ids'>,
  sale: Pick<Sale, 'customer'>,
  of: MessageClass,
): Promise<Because | undefined> => {
  const standing = await standingOf(ports, sale);
  return standing && whySuppressed(standing, of);
};
