/** To which conversation a mail belongs: by the key in its address, else by the mail it answers. Never by its sender. */
import type { Link, SalePorts } from '../adapters/ports.ts';
import { personPartition } from '../core/desk/search-keys.ts';
import type { Instant, SaleId } from '../core/ids.ts';
import type { Mail } from '../mail/mail.ts';
import { answeredIds } from '../mail/message-ids.ts';
import { keysOf, keysQuoted } from '../mail/reply-address.ts';
import { personDigest, sentMailDigest } from '../steps/digests.ts';

export type Conversation = {
  link: Link;
  /** Sent to the address that stops. */
  isStop: boolean;
  /** The message of ours that it answers, as the journal calls it. */
  message: string | undefined;
};

/** Ours is among the nearest. */
const MOST_IDS = 10;

const byIds = async ({ ids, links }: SalePorts, mail: Mail, now: Instant): Promise<Link | undefined> => {
  for (const id of answeredIds(mail).slice(0, MOST_IDS)) {
    const link = await links.find(sentMailDigest(ids, id), now);
    if (link !== undefined) return link;
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
  const answered = await byIds(ports, mail, now);
  const keys = [...keysOf(mail), ...(quoted === undefined ? [] : keysQuoted(quoted))];
  for (const { purpose, token } of keys) {
    const link = await ports.links.find(ports.ids.digest(token), now);
    if (link === undefined) continue;
    const message = answered?.saleId === link.saleId ? answered.message : undefined;
    return { link, isStop: purpose === 'stop', message };
  }
  return answered === undefined ? undefined : { link: answered, isStop: false, message: answered.message };
};

const MOST_SUGGESTIONS = 5;

/** Sales of whoever has this address: for a person to choose from, never for us. */
export const salesOfSender = async ({ ids, search }: SalePorts, from: string): Promise<SaleId[]> => {
  if (from === '') return [];
  const partition = personPartition(personDigest(ids, from));
  const { items } = await search.find(partition, { prefix: 'sale#', limit: MOST_SUGGESTIONS });
  return items;
};
