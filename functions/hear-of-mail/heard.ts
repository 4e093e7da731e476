/** What was heard of a mail to a customer. */
import type { MailPorts } from '../adapters/ports.ts';
import type { Instant } from '../core/ids.ts';
import type { Standing } from '../core/person/standing.ts';
import { isClosed, type OwedPromise } from '../core/promises/promise.ts';
import { promiseOf, type Sale } from '../core/sale.ts';
import { personDigest } from '../steps/digests.ts';

export type Heard = {
  sale: Sale;
  /** The message and the attempt, as the journal has them. */
  message: string;
  attempt: number;
  /** Digest of the address it went to; undefined when neither the event nor the sale knows one. */
  person: string | undefined;
  evidence: string;
  now: Instant;
  /** How often this event was taken before. */
  retry: number;
};

export const personOf = (
  { ids }: Pick<MailPorts, 'ids'>,
  sale: Sale,
  recipient: string | undefined,
): string | undefined => {
  const email = recipient ?? sale.customer.email;
  return email === undefined ? undefined : personDigest(ids, email);
};

/** The order may go to another address by now: then only the old one is heard of. */
export const isTheirs = ({ ids }: Pick<MailPorts, 'ids'>, { sale, person }: Heard): boolean =>
  sale.customer.email !== undefined && personDigest(ids, sale.customer.email) === person;

/** Of somebody who was forgotten nothing personal is written any more. */
export const privately = ({ sale, evidence }: Heard) =>
  sale.isErased || evidence === '' ? {} : { private: { evidence } };

/** The event comes a second time, and somebody has looked at it and released the person since. */
export const wasReleasedSince = ({ releases }: Standing, entryAt: Instant | undefined): boolean =>
  entryAt !== undefined && releases.some(({ at, by }) => by !== 'customer' && at >= entryAt);

/** The open promise that the message was about. */
export const promiseIn = ({ sale, message }: Heard): OwedPromise | undefined => {
  const promise = promiseOf(sale, message.split('/')[0] ?? '');
  return promise === undefined || isClosed(promise) ? undefined : promise;
};
