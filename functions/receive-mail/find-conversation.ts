/** To which conversation a mail belongs: by the key in its address, else by the mail it answers. Never by its sender. */
import type { Link, SalePorts } from '../adapters/ports.ts';
import { personPartition } from '../core/desk/search-keys.ts';
import type { Instant, SaleId } from '../core/ids.ts';
import { entriesOf } from '../core/journal.ts';
import { isForgottenAt } from '../core/sale.ts';
import type { Mail } from '../mail/mail.ts';
import { answeredIds } from '../mail/message-ids.ts';
import { keysOf, keysQuoted } from '../mail/reply-address.ts';
import { personDigest, sentMailDigest } from '../steps/digests.ts';
import { findSale } from '../steps/load.ts';

export type Conversation = {
  link: Link;
  /** Sent to the address that stops. */
  isStop: boolean;
  /** The message of ours that it answers, as the journal calls it. */
  message: string | undefined;
};

/** Ours is among the nearest. */
const MOST_IDS = 10;

const MOST_SUGGESTIONS = 5;

/** Sales of whoever has this address: for a person to choose from, never for us. */
export const salesOfSender = async ({ ids, search }: SalePorts, from: string): Promise<SaleId[]> => {
  if (from === '') return [];
  const partition = personPartition(personDigest(ids, from));
  const { items } = await search.find(partition, { prefix: 'sale#', limit: MOST_SUGGESTIONS });
  return items;
};

/** Mails of earlier releases have a row of their own. */
const byIds = async (
  { ids, links }: SalePorts,
  answered: readonly string[],
  now: Instant,
): Promise<Link | undefined> => {
  for (const id of answered) {
    const link = await links.find(sentMailDigest(ids, id), now);
    if (link !== undefined) return link;
  }
  return undefined;
};

/** The sender alone proves nothing; with the id of a mail that went to this very address they do. */
const bySender = async (
  ports: SalePorts,
  mail: Mail,
  answered: readonly string[],
  now: Instant,
): Promise<Link | undefined> => {
  const person = personDigest(ports.ids, mail.from?.address ?? '');
  const ids = new Set(answered.map((id) => id.toLowerCase()));
  if (ids.size === 0) return undefined;
  for (const saleId of await salesOfSender(ports, mail.from?.address ?? '')) {
    const sale = (await findSale(ports, saleId))?.sale;
    if (sale === undefined || isForgottenAt(sale, now)) continue;
    if (personDigest(ports.ids, sale.customer.email ?? '') !== person) continue;
    const sent = entriesOf(sale.journal, 'sent').find(
      ({ messageId, to }) => to === 'customer' && ids.has(messageId.toLowerCase()),
    );
    if (sent === undefined) continue;
    const { message, attempt } = sent;
    return { saleId, audience: 'customer', message, attempt, expiresAt: sale.keptUntil ?? now };
  }
  return undefined;
};

/** `quoted`: the text of a report, which quotes the mail it is about. */
export const findConversation = async (
  ports: SalePorts,
  mail: Mail,
  quoted: string | undefined,
  now: Instant,
): Promise<Conversation | undefined> => {
  const ids = answeredIds(mail).slice(0, MOST_IDS);
  const answered = await byIds(ports, ids, now);
  const keys = [...keysOf(mail), ...(quoted === undefined ? [] : keysQuoted(quoted))];
  for (const { purpose, token } of keys) {
    const link = await ports.links.find(ports.ids.digest(token), now);
    if (link === undefined) continue;
    const message = answered?.saleId === link.saleId ? answered.message : link.message;
    return { link, isStop: purpose === 'stop', message };
  }
  const link = answered ?? (await bySender(ports, mail, ids, now));
  return link === undefined ? undefined : { link, isStop: false, message: link.message };
};
