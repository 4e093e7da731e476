/** What the customer hears about something owed: the receipt, and the question whether it was put right. */
import type { MailPorts } from '../adapters/ports.ts';
import { isClosed, type OwedPromise } from '../core/promises/promise.ts';
import { verdictMessage } from '../core/promises/verdict.ts';
import { promiseOf, type Sale } from '../core/sale.ts';
import { memberOf } from '../core/staff.ts';
import { formatDay, formatInstant } from '../messages/format.ts';
import { customerOf, itemFor, linksOf, personOf, shopOf, wordsLocale, writeLetter } from './compose.ts';
import { answerLetter, closesText } from './compose-words.ts';
import type { Mail } from './deliver.ts';
import { managerOf, ownerOf, promiseEnvelope, promiseMail, whenFor } from './promise-letter.ts';

const stillOpen = (id: string) => (sale: Sale) => {
  const promise = promiseOf(sale, id);
  return promise === undefined || isClosed(promise) ? 'nothing is owed any more' : undefined;
};

/** "Thank you for telling us": who has it and by when. */
export const receiptMail = (ports: MailPorts, sale: Sale, promise: OwedPromise, now: string): Mail => {
  const given = { ports, sale, promise, now };
  const message = `${promise.id}/receipt`;
  return promiseMail(given, message, stillOpen(promise.id), (token, attempt) => {
    const isCall = promise.kind === 'call' || sale.customer.phone !== undefined;
    return writeLetter(ports, {
      ...promiseEnvelope(given, token, message, attempt),
      name: 'we-are-on-it',
      data: {
        shop: shopOf(ports.settings),
        owner: personOf(ownerOf(given)),
        manager: managerOf(given),
        customer: customerOf(sale),
        promise: {
          contact: isCall && sale.customer.phone !== undefined ? 'call' : 'write',
          dueText: whenFor(given)(promise.dueAt),
        },
        links: { page: linksOf(ports.settings, token).page },
      },
    });
  });
};

/** "Is it put right?" `isAgain`: the one reminder, in other words. */
export const verdictMail = (
  ports: MailPorts,
  sale: Sale,
  promise: OwedPromise,
  now: string,
  isAgain: boolean,
): Mail => {
  const given = { ports, sale, promise, now };
  const message = verdictMessage(promise, isAgain);
  return promiseMail(given, message, stillOpen(promise.id), (token, attempt) => {
    if (promise.isInTheirWords && !isAgain) return answerLetter(given, { token, attempt, message });
    const { zone } = sale.record;
    const locale = wordsLocale(ports.settings, sale.record.locale);
    const proposed = sale.journal.findLast(
      (entry) => entry.type === 'proposed' && entry.promise === promise.id,
    );
    const askedAt = proposed?.at ?? now;
    const data = {
      shop: shopOf(ports.settings),
      owner: personOf(memberOf(ports.settings.config, promise.owner) ?? ownerOf(given)),
      customer: customerOf(sale),
      item: itemFor(ports.settings, sale, now),
      promise: {
        dueText: formatInstant(locale, zone)(promise.dueAt),
        done: promise.what ?? null,
        closesText: closesText(given, askedAt),
      },
      links: { page: linksOf(ports.settings, token).page },
    };
    const common = { ...promiseEnvelope(given, token, message, attempt), variant: promise.kind };
    return isAgain
      ? writeLetter(ports, {
          ...common,
          name: 'was-it-put-right-again',
          data: { ...data, asked: { dayText: formatDay(locale, zone)(askedAt) } },
        })
      : writeLetter(ports, { ...common, name: 'was-it-put-right', data });
  });
};
