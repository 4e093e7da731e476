import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { MailArchive, PostBox, UnsortedMail } from '../adapters/mail-ports.ts';
import type { MailPorts } from '../adapters/ports.ts';
import { unsortedId } from '../core/conversation/unsorted.ts';
import type { SaleId } from '../core/ids.ts';
import { type MailKind, originOf } from '../mail/automatic-mail.ts';
import { parseMail } from '../mail/parse-mail.ts';
import { verdictOf } from '../mail/verdict.ts';
import { logTrouble, noteEvent } from '../middleware/log-line.ts';
import { findSale } from '../steps/load.ts';
import { thankForAnswer } from '../steps/thank.ts';
import { type Arrival, arrivalsIn } from './arrivals.ts';
import { type Conversation, findConversation, salesOfSender } from './find-conversation.ts';
import { hearCustomer } from './hear-customer.ts';
import { hearStaff } from './hear-staff.ts';
import { keptOf, type Letter, letterOf } from './letter.ts';

type Ports = MailPorts & { mails: MailArchive; box: PostBox };

type Unsorted = Pick<UnsortedMail, 'reason' | 'suggestions'> & { detail?: string };

const setAside = async ({ box }: Ports, letter: Letter, { reason, detail, suggestions }: Unsorted) => {
  await box.keep({
    id: unsortedId(letter.at, letter.digest),
    at: letter.at,
    reason,
    ...(detail === undefined ? {} : { detail }),
    from: letter.from.slice(0, 320),
    /* All that the journal would keep: who files it at the desk has no need of the archive. */
    ...keptOf(letter),
    subject: letter.subject,
    suggestions,
  });
  return `set aside: ${reason}`;
};

const text = new TextDecoder();

/** What a report quotes of the mail it is about: the parts it carries, and its own words. */
const quotedIn = ({ mail, whole }: Letter): string =>
  [
    whole,
    ...mail.attachments
      .filter(({ type }) => type === 'message/rfc822' || type === 'text/rfc822-headers')
      .map(({ bytes }) => text.decode(bytes.subarray(0, 50_000))),
  ].join('\n');

/**
 * Takes mails that came in: finds the sale by the key in the address or the mail that is answered, and lets the
 * customer's and the staff's words do what they say. What nobody stands behind, or what failed the mail service's
 * checks, waits for a person.
 */
export const createHandler = (ports: Ports) => {
  const { shop } = ports.settings.config;
  const own = { mailFrom: shop.mailFrom, replyDomain: shop.replyDomain };

  const unknown = async (letter: Letter, detail?: string): Promise<string> =>
    setAside(ports, letter, {
      reason: 'unknown',
      ...(detail === undefined ? {} : { detail }),
      suggestions: await salesOfSender(ports, letter.from),
    });

  const fromStaff = async (letter: Letter, conversation: Conversation): Promise<string> => {
    const { saleId } = conversation.link;
    const found = await findSale(ports, saleId);
    if (found === undefined || found.sale.isErased) return unknown(letter);
    const heard = await hearStaff(ports, found.sale, letter, conversation);
    if (heard.kind === 'told') return 'told the customer';
    return heard.kind === 'not-theirs'
      ? setAside(ports, letter, { reason: 'not-theirs', suggestions: [saleId] })
      : setAside(ports, letter, { reason: 'unknown', detail: heard.because, suggestions: [saleId] });
  };

  /** The one thank-you; what went wrong with it before is found in the journal, so a redelivery sends no second. */
  const thank = async (id: SaleId, letter: Letter, retry: number): Promise<void> => {
    const found = await findSale(ports, id);
    if (found !== undefined) await thankForAnswer(ports, found.sale, letter.at, retry);
  };

  const fromCustomer = async (
    letter: Letter,
    kind: MailKind,
    conversation: Conversation,
    retry: number,
  ): Promise<string> => {
    const { saleId } = conversation.link;
    const found = await findSale(ports, saleId);
    if (found === undefined || found.sale.isErased) return unknown(letter);
    const did = await hearCustomer(ports, { sale: found.sale, letter, kind, conversation });
    if (kind === 'person') await thank(saleId, letter, retry);
    return did;
  };

  const hear = async (letter: Letter, retry: number): Promise<string> => {
    const { kind } = originOf(letter.mail, letter.whole, own);
    const quoted = kind === 'report' ? quotedIn(letter) : undefined;
    const conversation = await findConversation(ports, letter.mail, quoted, letter.at);
    const verdict = verdictOf(letter.mail);
    if (verdict.kind === 'quarantine') {
      const suggestions = conversation === undefined ? [] : [conversation.link.saleId];
      return setAside(ports, letter, { reason: 'quarantined', detail: verdict.because, suggestions });
    }
    /* A machine's mail to nobody in particular is nobody's to read. */
    if (conversation === undefined) return kind === 'person' ? unknown(letter) : `ignored: ${kind}`;
    if (conversation.link.audience === 'customer') return fromCustomer(letter, kind, conversation, retry);
    return kind === 'person' ? fromStaff(letter, conversation) : `ignored: ${kind} of staff`;
  };

  const take = async (arrival: Arrival, retry: number): Promise<string> => {
    const raw = await ports.mails.read(arrival.key);
    if (raw === undefined) return 'gone';
    return hear(letterOf(ports.ids, arrival, await parseMail(raw), raw), retry);
  };

  const takeAll = async (record: SQSRecord): Promise<string> => {
    const arrivals = arrivalsIn(record.body);
    if (arrivals === undefined) throw new Error('This is not a message of the mail archive');
    const retry = Math.max(0, Number(record.attributes.ApproximateReceiveCount) - 1) || 0;
    const did: string[] = [];
    for (const arrival of arrivals) did.push(await take(arrival, retry));
    return did.join(', ');
  };

  return middy<SQSEvent, SQSBatchResponse>().handler(async ({ Records }) => {
    const batchItemFailures: SQSBatchResponse['batchItemFailures'] = [];
    for (const record of Records) {
      try {
        noteEvent('took', { record: record.messageId, did: await takeAll(record) });
      } catch (error) {
        logTrouble('mail failed', record.messageId, error);
        batchItemFailures.push({ itemIdentifier: record.messageId });
      }
    }
    return { batchItemFailures };
  });
};
