/** What the customer hears of a visit: who comes when, and the truth when nobody may come. */
import { isClosed } from '../core/promises/promise.ts';
import { promiseEntries } from '../core/promises/tidings.ts';
import { memberOf } from '../core/staff.ts';
import { MissingMergeData } from '../messages/errors.ts';
import { personOf, writeLetter } from './compose.ts';
import type { Letter } from './deliver.ts';
import {
  aboutPromise,
  nameOf,
  ownerOf,
  type PromiseGiven,
  promiseEnvelope,
  whenFor,
} from './promise-letter.ts';
import { invitation } from './visit-calendar.ts';
import { visitWords } from './visit-words.ts';

type Write = (token: string, attempt: number) => Letter;

const PLAIN = {
  tomorrow: 'visit-tomorrow',
  'may-be-late': 'visit-may-be-late',
  late: 'visit-late',
  'did-anyone-come': 'did-anyone-come',
  'nobody-home': 'nobody-home',
} as const;
type Name = 'booked' | 'nobody-came' | keyof typeof PLAIN;

const bookingOf = ({ promise }: PromiseGiven) => {
  if (promise.booking === undefined) throw new MissingMergeData('visit', ['visit.from']);
  return promise.booking;
};

const aboutVisit = (given: PromiseGiven, token: string) => {
  const { ports, sale } = given;
  const booking = bookingOf(given);
  return {
    ...aboutPromise(given, token),
    provider: personOf(memberOf(ports.settings.config, booking.provider) ?? ownerOf(given)),
    visit: visitWords(ports.settings, booking, sale.record.locale),
  };
};

/** The call that follows a visit nobody came to. */
const callOf = (given: PromiseGiven) => {
  const call = given.sale.promises.find((one) => one.after === given.promise.id && !isClosed(one));
  return call === undefined ? null : { dueText: whenFor(given)(call.dueAt) };
};

/** They said so themselves: they are not asked whether it is so. */
const isToldByCustomer = ({ sale, promise }: PromiseGiven): boolean =>
  promiseEntries(sale, promise, 'missed').some(({ n, by }) => n === promise.booking?.n && by === 'customer');

export const visitLetter = (given: PromiseGiven, name: Name, message: string): Write => {
  const { ports, promise, sale } = given;
  if (name === 'booked')
    return (token, attempt) => {
      const about = aboutVisit(given, token);
      const calendar = invitation(given, 'customer');
      return writeLetter(ports, {
        ...promiseEnvelope(given, token, message, attempt),
        name: 'visit-booked',
        data: {
          ...about,
          visit: { ...about.visit, isNewTime: promise.bookings.length > 1, strikes: promise.strikes },
        },
        ...(calendar === undefined ? {} : { calendar }),
      });
    };
  if (name === 'nobody-came')
    return (token, attempt) => {
      const { provider: _, ...about } = aboutVisit(given, token);
      const from = promiseEntries(sale, promise, 'escalated').at(-1)?.from ?? promise.owner;
      return writeLetter(ports, {
        ...promiseEnvelope(given, token, message, attempt),
        name: 'nobody-came',
        data: {
          ...about,
          before: { name: nameOf(given, promise.booking?.provider ?? from) },
          call: callOf(given),
          isToldByCustomer: isToldByCustomer(given),
        },
      });
    };
  return (token, attempt) => {
    /* The new window, so that nobody's calendar goes on saying the old one. */
    const calendar = name === 'late' ? invitation(given, 'customer') : undefined;
    return writeLetter(ports, {
      ...promiseEnvelope(given, token, message, attempt),
      name: PLAIN[name],
      data: aboutVisit(given, token),
      ...(calendar === undefined ? {} : { calendar }),
    });
  };
};
