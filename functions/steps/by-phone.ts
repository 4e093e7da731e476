/** Nothing can or may be written to this customer: whoever owes them something hears that they have to ring. */
import type { MailPorts } from '../adapters/ports.ts';
import type { OwedPromise } from '../core/promises/promise.ts';
import type { Sale } from '../core/sale.ts';
import { presentOwner } from '../core/staff.ts';
import { personOf, writeLetter } from './compose.ts';
import { stillOwed } from './compose-staff.ts';
import { type Delivery, deliver, type Mail } from './deliver.ts';
import { isByPhoneOnly, NO_MAIL } from './may-reach.ts';
import { promisedTo, type StaffGiven, staffEnvelope, staffMail } from './staff-letter.ts';

export type WhyByPhone = 'bounced' | 'complaint' | 'came-back';

const byPhoneMail = (given: StaffGiven, promise: OwedPromise, reason: WhyByPhone): Mail => {
  const { ports, sale, now } = given;
  const owner = presentOwner(ports.settings.config, promise.owner, sale.id, now);
  /* Once for each who has it: whoever gets it next has not read the note of whoever had it before. */
  const name = reason === 'came-back' ? 'came-back' : 'by-phone';
  const message = `${promise.id}/${name}#${promise.strikes + 1}`;
  return staffMail(given, message, promise.id, owner, stillOwed(promise.id), (token, attempt) => {
    const { promise: _, manager: __, canAnswer: ___, ...about } = promisedTo(given, promise, owner, token);
    return writeLetter(ports, {
      ...staffEnvelope(given, owner, message, attempt),
      name: 'staff-cannot-write',
      data: { ...about, owner: personOf(owner), reason, missing: [] },
    });
  });
};

type When = { now: string; retry: number };

/** A call that is owed because nobody can write says so itself. */
export const tellOwnerToRing = async (
  ports: MailPorts,
  sale: Sale,
  promise: OwedPromise,
  reason: WhyByPhone,
  { now, retry }: When,
): Promise<void> => {
  if (promise.because === 'cannot-write') return;
  await deliver(ports, sale, byPhoneMail({ ports, sale, now }, promise, reason), now, retry);
};

/** After a mail to the customer about a promise that was not to leave. */
export const ringInstead = async (
  ports: MailPorts,
  sale: Sale,
  promise: OwedPromise,
  delivery: Delivery,
  when: When,
): Promise<void> => {
  if (delivery.kind !== 'skipped' || !isByPhoneOnly(delivery.reason)) return;
  const reason = delivery.reason === NO_MAIL.complaint ? 'complaint' : 'bounced';
  await tellOwnerToRing(ports, sale, promise, reason, when);
};
