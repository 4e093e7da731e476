/** The one mail that answers an answer: in the customer's own thread, from the person who asked. */
import type { MailPorts } from '../adapters/ports.ts';
import { type ThanksName, thanksDue, thanksFor } from '../core/after/thanks.ts';
import type { Instant } from '../core/ids.ts';
import type { Sale } from '../core/sale.ts';
import { MissingMergeData } from '../messages/errors.ts';
import {
  customerLink,
  customerOf,
  headersFor,
  itemFor,
  linksOf,
  personOf,
  shopOf,
  signerOf,
  writeLetter,
} from './compose.ts';
import { subjectOf, threadOf } from './compose-words.ts';
import { deliver, type Letter, type Mail } from './deliver.ts';
import { giveCode } from './referral.ts';
import { stoppedElsewhere } from './stopped-elsewhere.ts';
import { tellOwnerItIsUnclear } from './unclear.ts';

type Writing = { message: ThanksName; token: string; attempt: number };

const letter = (ports: MailPorts, sale: Sale, now: Instant, { message, token, attempt }: Writing): Letter => {
  const { email, name } = sale.customer;
  if (email === undefined) throw new MissingMergeData(message, ['customer.email']);
  const signer = signerOf(ports.settings, sale, now);
  const { page, stop } = linksOf(ports.settings, token);
  return writeLetter(ports, {
    name: message,
    locale: sale.record.locale,
    signer,
    to: { name, email },
    now,
    replyToken: token,
    reference: `${sale.id}/${message}/${attempt}`,
    headers: { ...headersFor(ports, sale, message, attempt, stop), ...threadOf(sale) },
    data: {
      shop: shopOf(ports.settings),
      signer: personOf(signer),
      customer: customerOf(sale),
      item: itemFor(ports.settings, sale, now),
      subject: subjectOf(sale),
      links: { page, stop },
    },
  });
};

const mailOf = (ports: MailPorts, sale: Sale, now: Instant, message: ThanksName): Mail => ({
  message,
  to: 'customer',
  link: customerLink(ports.settings, sale, now),
  mayStillLeave: (fresh) => (thanksFor(fresh) === message ? undefined : 'there is no need for it any more'),
  compose: (token, attempt) => letter(ports, sale, now, { message, token, attempt }),
});

/**
 * After an answer by mail that asks for nothing: called once the workflow has been told, again for the same mail if need be, and
 * for every other mail as well, which changes nothing. Answers what it sent.
 */
export const thankForAnswer = async (
  ports: MailPorts,
  sale: Sale,
  now: Instant,
  retry: number,
): Promise<ThanksName | undefined> => {
  const message = thanksDue(sale);
  if (message === undefined || sale.customer.email === undefined) return undefined;
  /* Their own page shows the code from now on; no mail ever does. */
  if (message === 'thank-you') await giveCode(ports, sale, sale.record.locale);
  if (await stoppedElsewhere(ports, sale, 'check-in', now)) return undefined;
  const delivery = await deliver(ports, sale, mailOf(ports, sale, now, message), now, retry);
  if (delivery.kind === 'unclear') await tellOwnerItIsUnclear(ports, sale, message, now, retry);
  return delivery.kind === 'sent' ? message : undefined;
};
