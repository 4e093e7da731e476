/** What every mail to a customer about a promise is made of. The person who owes it signs it. */
import type { MailPorts } from '../adapters/ports.ts';
import type { OwedPromise } from '../core/promises/promise.ts';
import { venueZone } from '../core/promises/staff-acts.ts';
import type { Sale } from '../core/sale.ts';
import { memberOf, nextUp, presentOwner } from '../core/staff.ts';
import { MissingMergeData } from '../messages/errors.ts';
import { formatInstant } from '../messages/format.ts';
import {
  customerLink,
  customerOf,
  headersFor,
  itemFor,
  linksOf,
  personOf,
  shopOf,
  wordsLocale,
} from './compose.ts';
import type { Mail } from './deliver.ts';

export type PromiseGiven = { ports: MailPorts; sale: Sale; promise: OwedPromise; now: string };

export const ownerOf = ({ ports, sale, promise, now }: PromiseGiven) =>
  presentOwner(ports.settings.config, promise.owner, sale.id, now);

/** Who gets it when the time passes; null at the end of the ladder. */
export const managerOf = (given: PromiseGiven) => {
  const { ports, sale, promise, now } = given;
  if (promise.level === 2) return null;
  const { member } = nextUp(ports.settings.config, promise.level, promise.owner, sale.id, now);
  return member.id === ownerOf(given).id ? null : personOf(member);
};

export const nameOf = ({ ports }: PromiseGiven, id: string): string =>
  memberOf(ports.settings.config, id)?.name ?? id;

/** Writes an instant as this customer reads it: of a visit, on the clock of the place. */
export const whenFor = ({ ports, sale, promise }: PromiseGiven) =>
  formatInstant(wordsLocale(ports.settings, sale.record.locale), venueZone(sale, promise));

export const promiseEnvelope = (given: PromiseGiven, token: string, message: string, attempt: number) => {
  const { ports, sale, now } = given;
  if (sale.customer.email === undefined) throw new MissingMergeData('mail', ['customer.email']);
  return {
    locale: sale.record.locale,
    signer: ownerOf(given),
    to: { name: sale.customer.name, email: sale.customer.email },
    now,
    replyToken: token,
    reference: `${sale.id}/${message}/${attempt}`,
    headers: headersFor(ports, sale, message, attempt),
  };
};

/** The merge data all of them share. */
export const aboutPromise = (given: PromiseGiven, token: string) => {
  const { ports, sale, now } = given;
  return {
    shop: shopOf(ports.settings),
    owner: personOf(ownerOf(given)),
    customer: customerOf(sale),
    item: itemFor(ports.settings, sale, now),
    links: { page: linksOf(ports.settings, token).page },
  };
};

export const promiseMail = (
  given: PromiseGiven,
  message: string,
  mayStillLeave: Mail['mayStillLeave'],
  compose: Mail['compose'],
): Mail => ({
  message,
  to: 'customer',
  link: customerLink(given.ports.settings, given.sale, given.now),
  mayStillLeave,
  compose,
});
