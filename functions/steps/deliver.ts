/**
 * Sends one mail at most once, and none while a pause holds it: link, claim, one more look at the sale, send, record. Every step is a single
 * conditional write, so a crash anywhere leaves a journal that says what happened or that nobody can know.
 */

import type { MailResult } from '../adapters/mail-ports.ts';
import type { Link, MailPorts } from '../adapters/ports.ts';
import type { Decision as JournalDecision } from '../core/conversation/entries.ts';
import { BadInput, MailThrottled, SendInFlight } from '../core/errors.ts';
import type { Instant } from '../core/ids.ts';
import { classOf } from '../core/person/standing.ts';
import type { Sale } from '../core/sale.ts';
import { type Decision, decideSend, isTooLate } from '../core/touch.ts';
import { tooLate } from '../core/when/decide.ts';
import { HeaderRefused, MissingMergeData } from '../messages/errors.ts';
import { saleReference } from './digests.ts';
import { holdOn, noteHold } from './hold.ts';
import { type Loaded, loadedFrom } from './load.ts';
import { NO_MAIL, whyNotReach } from './may-reach.ts';

/** A mail as its composer hands it over, ready for SES. */
export type Letter = { raw: string; from: string; to: string };

export type Mail = {
  /** Key of the message in the journal. */
  message: string;
  /** Who it is for, as the journal shall say: `customer` or a staff id. */
  to: string;
  link: Link;
  /** Why it may go out now, as the journal shall say. */
  why?: JournalDecision;
  /** Later than this it is dropped. */
  validUntil?: Instant;
  /** Writes the mail around the token of its link; throws MissingMergeData rather than leave a hole. */
  compose(token: string, attempt: number): Letter;
  /** Asked right before the send, of the sale as it is then; a reason stops it. */
  mayStillLeave(sale: Sale): string | undefined;
};

export type Delivery =
  | { kind: 'sent' }
  | { kind: 'skipped'; reason: string }
  | { kind: 'unclear' }
  /** A pause holds it: nothing is begun, and it may be tried again from then on. */
  | { kind: 'held'; until: Instant }
  /** It cannot be written or the service will never take it. */
  | { kind: 'cannot'; reason: 'missing-data' | 'refused'; fields: readonly string[] };

const record = async (
  ports: MailPorts,
  { sale, stored }: Loaded,
  mail: Mail,
  attempt: number,
  now: string,
  result: MailResult,
): Promise<Delivery> => {
  const entry = { at: now, message: mail.message, attempt };
  switch (result.kind) {
    case 'sent':
      await ports.sales.append(
        sale.id,
        { type: 'sent', ...entry, messageId: result.messageId, to: mail.to },
        stored,
      );
      return { kind: 'sent' };
    case 'unclear':
      await ports.sales.append(sale.id, { type: 'unclear', ...entry });
      return { kind: 'unclear' };
    case 'refused':
      await ports.sales.append(sale.id, { type: 'refused', ...entry, error: result.error });
      if (!result.isFinal)
        throw new MailThrottled(`The mail service took nothing (${result.error}); trying again later`);
      return { kind: 'cannot', reason: 'refused', fields: [] };
  }
};

const settled = (decision: Exclude<Decision, { kind: 'send' }>, mail: Mail): Delivery => {
  switch (decision.kind) {
    case 'already-sent':
      return { kind: 'sent' };
    case 'skipped':
      return { kind: 'skipped', reason: decision.reason };
    case 'unclear':
      return { kind: 'unclear' };
    case 'in-flight':
      throw new SendInFlight(`Another run may be sending ${mail.message} now`);
  }
};

/** Mails to the customer alone: what their mailbox or a complaint has ended must not leave, whatever it is about. */
const whyUnreachable = async (ports: MailPorts, sale: Sale, { to, message }: Mail) => {
  if (to !== 'customer') return undefined;
  const because = await whyNotReach(ports, sale, classOf(message));
  return because && NO_MAIL[because];
};

const attemptSend = async (
  ports: MailPorts,
  sale: Sale,
  mail: Mail,
  attempt: number,
  now: string,
): Promise<Delivery> => {
  const token = ports.ids.token();
  const letter = mail.compose(token, attempt);
  const link = ports.ids.digest(token);
  await ports.links.keep(link, { ...mail.link, message: mail.message, attempt });
  const { isNew: isMine, stored } = await ports.sales.appendThenLoad(sale.id, {
    type: 'claimed',
    at: now,
    message: mail.message,
    attempt,
    link,
    ...(mail.why === undefined ? {} : { why: mail.why }),
  });
  /* The client asks again by itself when an answer is lost, and then finds its own claim: nobody else has this link. */
  const isOurs = stored.entries.some((entry) => entry.type === 'claimed' && entry.link === link);
  if (!isMine && !isOurs) throw new SendInFlight(`Another run has just claimed ${mail.message}`);
  const fresh = loadedFrom(stored);
  if (fresh === undefined) throw new BadInput(`Sale ${sale.id} does not exist`);
  const reason = mail.mayStillLeave(fresh.sale) ?? (await whyUnreachable(ports, fresh.sale, mail));
  if (reason !== undefined) {
    await ports.sales.append(sale.id, { type: 'skipped', at: now, message: mail.message, reason });
    return { kind: 'skipped', reason };
  }
  const tags = {
    sale: saleReference(ports.ids, sale.id),
    message: mail.message.replace(/[^a-z0-9]+/g, '-'),
    attempt: String(attempt),
    /* By it the mail service's own events are about this mail; nobody can make a link of it. */
    link,
  };
  const result = await ports.mailer.send({ ...letter, tags, isToStaff: mail.to !== 'customer' });
  return record(ports, fresh, mail, attempt, now, result);
};

/** As the journal says it. */
export const TOO_LATE = 'it was too late for it';

const dropTooLate = async (
  { sales }: MailPorts,
  sale: Sale,
  { message }: Mail,
  now: string,
  until: Instant,
): Promise<Delivery> => {
  const why = tooLate(until);
  await sales.append(sale.id, { type: 'skipped', at: now, message, reason: TOO_LATE, why });
  return { kind: 'skipped', reason: TOO_LATE };
};

export const deliver = async (
  ports: MailPorts,
  sale: Sale,
  mail: Mail,
  now: string,
  retry: number,
): Promise<Delivery> => {
  const decision = decideSend(sale.journal, mail.message, now, retry);
  if (decision.kind === 'unclear' && decision.isNews) {
    await ports.sales.append(sale.id, {
      type: 'unclear',
      at: now,
      message: mail.message,
      attempt: decision.attempt,
    });
  }
  if (decision.kind !== 'send') return settled(decision, mail);
  if (mail.validUntil !== undefined && isTooLate(mail.validUntil, now, retry))
    return dropTooLate(ports, sale, mail, now, mail.validUntil);
  const hold = await holdOn(ports, sale, mail.message, now);
  if (hold !== undefined) {
    await noteHold(ports, sale, mail.message, hold, now);
    return { kind: 'held', until: hold.until };
  }
  try {
    return await attemptSend(ports, sale, mail, decision.attempt, now);
  } catch (error) {
    if (error instanceof MissingMergeData)
      return { kind: 'cannot', reason: 'missing-data', fields: error.fields };
    /* An address or a name that no mail can carry is as good as none. */
    if (error instanceof HeaderRefused)
      return { kind: 'cannot', reason: 'missing-data', fields: [error.header] };
    throw error;
  }
};
