/** Turns what is to be said about a promise into the mail that says it. */
import type { MailPorts } from '../adapters/ports.ts';
import type { Member } from '../core/configuration.ts';
import { isClosed, type OwedPromise } from '../core/promises/promise.ts';
import { bookingBefore, promiseEntries, type ToSay } from '../core/promises/tidings.ts';
import { promiseOf, type Sale } from '../core/sale.ts';
import { isPresent, memberOf, nextUp } from '../core/staff.ts';
import { promiseLetter } from './compose-promise.ts';
import { ownerMail } from './compose-staff.ts';
import { type StaffVisitNotice, staffNoticeLetter, staffVisitLetter } from './compose-staff-notices.ts';
import { visitLetter } from './compose-visit.ts';
import { toldLetter } from './compose-words.ts';
import type { Letter, Mail } from './deliver.ts';
import { ownerOf, type PromiseGiven, promiseMail } from './promise-letter.ts';
import { staffMail } from './staff-letter.ts';

type Write = (token: string, attempt: number) => Letter;

/** Read again right before the send: a booking may have moved and a promise may be closed. */
const stillSo = (promise: OwedPromise) => (fresh: Sale) => {
  const current = promiseOf(fresh, promise.id);
  if (current === undefined) return 'nothing is owed any more';
  if (isClosed(current) !== isClosed(promise)) return 'the promise has changed meanwhile';
  return current.booking?.n === promise.booking?.n ? undefined : 'the visit has another time now';
};

/** Who goes there. When they will not be here, or have left, a visit still ahead is for its owner to see to. */
const providerOf = (given: PromiseGiven, name: ToSay['name']): Member | undefined => {
  const { ports, promise, now } = given;
  const { config } = ports.settings;
  const provider = memberOf(config, promise.booking?.provider ?? promise.owner);
  if (name === 'withdrawn-provider') return provider;
  const isThere = provider !== undefined && isPresent(config, provider, promise.booking?.from ?? now);
  return isThere ? provider : ownerOf(given);
};

const readerOf = (given: PromiseGiven, { to, name, message }: ToSay): Member | undefined => {
  const { ports, sale, promise, now } = given;
  const { config } = ports.settings;
  switch (to) {
    case 'owner':
      return ownerOf(given);
    case 'provider':
      return providerOf(given, name);
    case 'former-provider':
      return memberOf(config, bookingBefore(promise, message)?.provider ?? '');
    case 'office':
      return nextUp(config, promise.level, promise.owner, sale.id, now).member;
    case 'customer':
      return undefined;
  }
};

const VISIT_NOTICES: ReadonlySet<string> = new Set<StaffVisitNotice>([
  'booked-provider',
  'tomorrow-provider',
  'on-your-way',
  'nobody-on-the-way',
  'unbooked-provider',
]);
const isVisitNotice = (name: string): name is StaffVisitNotice => VISIT_NOTICES.has(name);

/** The last strike was for a visit, not for what was owed after it. */
const isAboutMiss = ({ sale, promise }: PromiseGiven): boolean =>
  promise.booking?.noShow !== undefined &&
  promiseEntries(sale, promise, 'escalated').at(-1)?.because === 'missed';

const toCustomer = (given: PromiseGiven, { name, message }: ToSay): Write | undefined => {
  switch (name) {
    case 'receipt':
    case 'in-hand':
    case 'at-risk':
    case 'new-time':
    case 'offer':
    case 'new-person':
    case 'withdrawn':
      return promiseLetter(given, name, message);
    case 'sorry':
      return isAboutMiss(given)
        ? visitLetter(given, 'nobody-came', message)
        : promiseLetter(given, 'sorry', message);
    case 'told':
      return (token, attempt) => toldLetter(given, { token, attempt, message });
    case 'booked':
    case 'tomorrow':
    case 'may-be-late':
    case 'late':
    case 'did-anyone-come':
    case 'nobody-home':
      return visitLetter(given, name, message);
    default:
      return undefined;
  }
};

const toStaff = (given: PromiseGiven, { name, message }: ToSay, reader: Member): Write | undefined => {
  if (isVisitNotice(name)) return staffVisitLetter(given, name, reader, message);
  switch (name) {
    case 'half':
    case 'most':
    case 'accept':
    case 'wish':
    case 'said':
    case 'offer-answer':
    case 'withdrawn-owner':
    case 'withdrawn-provider':
      return staffNoticeLetter(given, name, reader, message);
    default:
      return undefined;
  }
};

/** Undefined when there is nobody to write to. */
export const noticeMail = (
  ports: MailPorts,
  sale: Sale,
  promise: OwedPromise,
  toSay: ToSay,
  now: string,
): Mail | undefined => {
  const given: PromiseGiven = { ports, sale, promise, now };
  const { message } = toSay;
  if (toSay.to === 'customer') {
    if (sale.customer.email === undefined) return undefined;
    const write = toCustomer(given, toSay);
    return write && promiseMail(given, message, stillSo(promise), write);
  }
  const reader = readerOf(given, toSay);
  if (reader === undefined) return undefined;
  if (toSay.name === 'owner') return ownerMail(ports, sale, promise, { owner: reader, message }, now);
  const write = toStaff(given, toSay, reader);
  return write && staffMail(given, message, promise.id, reader, stillSo(promise), write);
};
