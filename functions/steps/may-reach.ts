/** How we stand with the person behind a sale, read right before a mail to them leaves. */
import type { SalePorts } from '../adapters/ports.ts';
import { type MessageClass, type Suppression, whySuppressed } from '../core/person/standing.ts';
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

export const whyNotReach = async (
  { people, ids }: Pick<SalePorts, 'people' | 'ids'>,
  { customer }: Pick<Sale, 'customer'>,
  of: MessageClass,
): Promise<Because | undefined> =>
  customer.email === undefined
    ? undefined
    : whySuppressed(await people.of(personDigest(ids, customer.email)), of);
