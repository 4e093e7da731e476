import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { Link, MailPorts } from '../adapters/ports.ts';
import { toEpochMs, toInstant } from '../core/calendar.ts';
import type { Instant } from '../core/ids.ts';
import { ALL_MAIL } from '../core/person/standing.ts';
import { logTrouble, noteEvent } from '../middleware/log-line.ts';
import { personDigest, sentMailDigest } from '../steps/digests.ts';
import { findSale } from '../steps/load.ts';
import { tellOwnerItIsUnclear } from '../steps/unclear.ts';
import { hardBounce, softBounce } from './bounced.ts';
import { complained } from './complained.ts';
import { type Heard, personOf, wasReleasedSince } from './heard.ts';
import { type MailEvent, readMailEvent } from './mail-event.ts';

/** An event may be quicker than the write that says which mail it is about. */
class TooEarly extends Error {
  override name = 'TooEarly' as const;
}
const QUICK_MS = 60_000;

type Taken = { now: Instant; retry: number };
type Sent = Link & { message: string; attempt: number };

const isSent = (link: Link | undefined): link is Sent =>
  link?.message !== undefined && link.attempt !== undefined;

const isQuick = ({ sentAt }: MailEvent, now: Instant): boolean =>
  sentAt !== undefined && toEpochMs(now) - toEpochMs(sentAt) < QUICK_MS;

/**
 * What becomes of our mails: SES tells a topic, the topic this queue, and nobody else may write to it. Every event may
 * come twice, and again after a crash at any step.
 */
export const createHandler = (ports: MailPorts) => {
  const recipientIn = (event: MailEvent) => ('recipient' in event ? event.recipient : undefined);

  /** Proof that what was said has reached them, at the price of one write for each mail to a customer (docs/privacy.md). */
  const arrived = async ({ saleId, message, attempt }: Sent, now: Instant): Promise<string> => {
    await ports.sales.append(saleId, { type: 'arrived', at: now, message, attempt });
    return 'arrived';
  };

  const toCustomer = async (event: MailEvent, link: Sent, { now, retry }: Taken): Promise<string> => {
    const { message, attempt } = link;
    /* The one that comes for nearly every mail needs no look at the sale. */
    if (event.kind === 'delivery') return arrived(link, now);
    const found = await findSale(ports, link.saleId);
    if (found === undefined) return 'about no sale';
    const { sale } = found;
    const person = personOf(ports, sale, recipientIn(event));
    const evidence = 'evidence' in event ? event.evidence : '';
    const heard: Heard = { sale, message, attempt, person, evidence, now, retry };
    if (event.kind === 'bounce') return event.isHard ? hardBounce(ports, heard) : softBounce(ports, heard);
    if (event.kind === 'complaint') return complained(ports, heard);
    if (event.kind !== 'reject') return 'nothing';
    await tellOwnerItIsUnclear(ports, sale, message, now, retry);
    return 'rejected';
  };

  /** A note of ours: nobody is suppressed, and whoever looks at the sale sees why the owner may not know. */
  const toStaff = async (event: MailEvent, link: Sent, { now }: Taken): Promise<string> => {
    if (event.kind !== 'bounce') return 'about a note to staff';
    const { saleId, message, attempt } = link;
    const kind = event.isHard ? 'hard' : 'soft';
    await ports.sales.append(saleId, { type: 'bounced', at: now, message, attempt, kind });
    return 'a note to staff came back';
  };

  /**
   * Of a mail nobody could vouch for no id was kept; whose mailbox it was is known all the same, and nothing more is sent
   * there. Told again after somebody has released them, it is old.
   */
  const closeMailbox = async (event: MailEvent, now: Instant): Promise<boolean> => {
    const recipient = recipientIn(event);
    const isComplaint = event.kind === 'complaint';
    const isForGood = isComplaint || (event.kind === 'bounce' && event.isHard);
    const isStaff = ports.settings.config.staff.some(({ email }) => email === recipient);
    if (!isForGood || recipient === undefined || isStaff) return false;
    const person = personDigest(ports.ids, recipient);
    if (wasReleasedSince(await ports.people.of(person), now)) return false;
    await ports.people.suppress(person, ALL_MAIL, {
      since: now,
      because: isComplaint ? 'complaint' : 'bounce',
      method: event.kind,
    });
    return true;
  };

  const linkOf = async ({ link, messageId }: MailEvent, now: Instant): Promise<Link | undefined> =>
    (link === undefined ? undefined : await ports.links.find(link, now)) ??
    ports.links.find(sentMailDigest(ports.ids, messageId), now);

  const take = async (record: SQSRecord): Promise<string> => {
    const now = toInstant(Number(record.attributes.SentTimestamp));
    const retry = Number(record.attributes.ApproximateReceiveCount) - 1;
    const event = readMailEvent(record.body);
    if (event === undefined || event.kind === 'other') return 'nothing';
    const link = await linkOf(event, now);
    if (!isSent(link)) {
      if (retry === 0 && isQuick(event, now)) throw new TooEarly('No mail is known by this id yet');
      noteEvent('unknown mail', { mail: event.messageId });
      return (await closeMailbox(event, now)) ? 'unknown, and nothing more is sent there' : 'unknown';
    }
    const taken = { now, retry };
    return link.audience === 'customer' ? toCustomer(event, link, taken) : toStaff(event, link, taken);
  };

  return middy<SQSEvent, SQSBatchResponse>().handler(async ({ Records }) => {
    const batchItemFailures: SQSBatchResponse['batchItemFailures'] = [];
    for (const record of Records) {
      try {
        const did = await take(record);
        /* An arrival is told by its number: every mail has one. */
        if (did !== 'arrived') noteEvent('heard', { record: record.messageId, did });
      } catch (error) {
        if (error instanceof TooEarly) noteEvent('heard', { record: record.messageId, did: 'later' });
        else logTrouble('mail event failed', record.messageId, error);
        batchItemFailures.push({ itemIdentifier: record.messageId });
      }
    }
    return { batchItemFailures };
  });
};
