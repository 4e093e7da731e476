/** The mails that ask the customer something: check-in, reminder, review ask. */
import type { MailPorts } from '../adapters/ports.ts';
import { isOver } from '../core/outcome.ts';
import { lastReply, type Sale } from '../core/sale.ts';
import { type AskName, validUntil } from '../core/when/decide.ts';
import { MissingMergeData } from '../messages/errors.ts';
import { formatDay } from '../messages/format.ts';
import {
  customerLink,
  customerOf,
  headersFor,
  itemFor,
  linksOf,
  personOf,
  shopOf,
  signerOf,
  wordsLocale,
  writeLetter,
} from './compose.ts';
import type { Mail } from './deliver.ts';

const addressOf = (sale: Sale): string => {
  if (sale.customer.email === undefined) throw new MissingMergeData('mail', ['customer.email']);
  return sale.customer.email;
};

/** Read again right before the send: nothing leaves after a refund, a stop or an answer. */
const whyNot = (sale: Sale): string | undefined => {
  if (sale.facts.endedBy !== undefined) return `the order was ${sale.facts.endedBy}`;
  if (isOver(sale)) return 'the customer asked us to stop';
  return undefined;
};
const whyNotAsk = (sale: Sale) =>
  whyNot(sale) ?? (lastReply(sale) === undefined ? undefined : 'the customer has answered');

type Common = { ports: MailPorts; sale: Sale; now: string };

const common = ({ ports, sale, now }: Common) => ({
  shop: shopOf(ports.settings),
  signer: personOf(signerOf(ports.settings, sale, now)),
  customer: customerOf(sale),
  item: itemFor(ports.settings, sale, now),
});

const aboutAll = (given: Common, others: readonly string[]) => {
  const data = common(given);
  return { ...data, item: { ...data.item, others: [...others] } };
};

/** Whoever bought a gift has not used it: they are asked how the buying went. */
const variantOf = ({ facts, record }: Sale): string =>
  facts.order?.isGift === true ? 'gift' : record.journey.kind;

const envelope = ({ ports, sale, now }: Common, message: string, token: string, attempt: number) => ({
  locale: sale.record.locale,
  signer: signerOf(ports.settings, sale, now),
  to: { name: sale.customer.name, email: addressOf(sale) },
  now,
  replyToken: token,
  reference: `${sale.id}/${message}/${attempt}`,
  headers: headersFor(ports, sale, message, attempt, linksOf(ports.settings, token).stop),
});

const mailOf = (
  given: Common,
  message: AskName,
  mayStillLeave: Mail['mayStillLeave'],
  compose: Mail['compose'],
): Mail => ({
  message,
  to: 'customer',
  link: customerLink(given.ports.settings, given.sale, given.now),
  validUntil: validUntil(given.ports.settings.config, given.sale, message),
  mayStillLeave,
  compose,
});

/** `others`: what else this person bought that the mail asks about. */
export const checkInMail = (
  ports: MailPorts,
  sale: Sale,
  now: string,
  others: readonly string[] = [],
): Mail => {
  const given = { ports, sale, now };
  return mailOf(given, 'check-in', whyNotAsk, (token, attempt) => {
    const { form, page, stop } = linksOf(ports.settings, token);
    return writeLetter(ports, {
      ...envelope(given, 'check-in', token, attempt),
      name: 'check-in',
      variant: variantOf(sale),
      data: { ...aboutAll(given, others), links: { form, page, stop } },
    });
  });
};

export const reminderMail = (
  ports: MailPorts,
  sale: Sale,
  now: string,
  others: readonly string[] = [],
): Mail => {
  const given = { ports, sale, now };
  return mailOf(given, 'reminder', whyNotAsk, (token, attempt) => {
    const { form, page, stop } = linksOf(ports.settings, token);
    const asked = sale.journal.findLast((entry) => 'message' in entry && entry.message === 'check-in');
    const { zone } = sale.record;
    const locale = wordsLocale(ports.settings, sale.record.locale);
    return writeLetter(ports, {
      ...envelope(given, 'reminder', token, attempt),
      name: 'reminder',
      variant: variantOf(sale),
      data: {
        ...aboutAll(given, others),
        asked: { dayText: formatDay(locale, zone)(asked?.at ?? now) },
        mayCall: sale.customer.phone !== undefined,
        links: { form, page, stop },
      },
    });
  });
};

export const reviewMail = (ports: MailPorts, sale: Sale, now: string): Mail => {
  const given = { ports, sale, now };
  return mailOf(given, 'review-ask', whyNot, (token, attempt) => {
    const { page, stop } = linksOf(ports.settings, token);
    const review = ports.settings.config.shop.reviewUrl;
    if (review === undefined) throw new MissingMergeData('review-ask', ['shop.reviewUrl']);
    return writeLetter(ports, {
      ...envelope(given, 'review-ask', token, attempt),
      name: 'review-ask',
      data: { ...common(given), links: { review, page, stop } },
    });
  });
};
