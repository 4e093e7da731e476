/** The notes to staff between the first and the last: reminders, visits, what the customer said meanwhile. */
import type { Member } from '../core/configuration.ts';
import type { Booking } from '../core/promises/promise.ts';
import { backupFor } from '../core/promises/staff-acts.ts';
import { bookingBefore, promiseEntries } from '../core/promises/tidings.ts';
import { memberOf } from '../core/staff.ts';
import { MissingMergeData } from '../messages/errors.ts';
import { personOf, writeLetter } from './compose.ts';
import type { Letter } from './deliver.ts';
import { ownerOf, type PromiseGiven } from './promise-letter.ts';
import { answerableEnvelope, promisedTo, staffEnvelope } from './staff-letter.ts';
import { cancellation, invitation } from './visit-calendar.ts';
import { visitWords } from './visit-words.ts';

type Write = (token: string, attempt: number) => Letter;

const VISITS = {
  'booked-provider': 'staff-visit-booked',
  'tomorrow-provider': 'staff-visit-tomorrow',
  'on-your-way': 'staff-on-your-way',
  'nobody-on-the-way': 'staff-nobody-on-the-way',
  'unbooked-provider': 'staff-visit-unbooked',
} as const;
export type StaffVisitNotice = keyof typeof VISITS;
export type StaffNotice =
  | 'half'
  | 'most'
  | 'accept'
  | 'wish'
  | 'said'
  | 'offer-answer'
  | 'withdrawn-owner'
  | 'withdrawn-provider';

const visitData = (given: PromiseGiven, booking: Booking | undefined) => {
  if (booking === undefined) throw new MissingMergeData('visit', ['visit.from']);
  const { settings } = given.ports;
  return {
    provider: personOf(memberOf(settings.config, booking.provider) ?? ownerOf(given)),
    visit: visitWords(settings, booking, settings.config.shop.locale),
  };
};

const calendarFor = (given: PromiseGiven, name: StaffVisitNotice, message: string) => {
  if (name === 'booked-provider') return invitation(given, 'staff');
  return name === 'unbooked-provider'
    ? cancellation(given, 'staff', bookingBefore(given.promise, message))
    : undefined;
};

/** To who goes there, or who answers for them. */
export const staffVisitLetter = (
  given: PromiseGiven,
  name: StaffVisitNotice,
  reader: Member,
  message: string,
): Write => {
  const { bookings, booking } = given.promise;
  return (token, attempt) => {
    const about = visitData(
      given,
      name === 'unbooked-provider' ? bookingBefore(given.promise, message) : booking,
    );
    const calendar = calendarFor(given, name, message);
    return writeLetter(given.ports, {
      ...staffEnvelope(given, reader, message, attempt),
      name: VISITS[name],
      data: {
        ...promisedTo(given, given.promise, reader, token),
        provider: about.provider,
        visit: { ...about.visit, isNewTime: bookings.length > 1 },
      },
      ...(calendar === undefined ? {} : { calendar }),
    });
  };
};

const TAKEN_BACK_BY: Record<string, 'customer' | 'order' | 'system'> = {
  customer: 'customer',
  shop: 'order',
  system: 'system',
};

export const staffNoticeLetter = (
  given: PromiseGiven,
  name: StaffNotice,
  reader: Member,
  message: string,
): Write => {
  const { ports, sale, promise, now } = given;
  const common = (attempt: number) => staffEnvelope(given, reader, message, attempt);
  const data = (token: string) => promisedTo(given, promise, reader, token);
  switch (name) {
    case 'half':
    case 'most':
      return (token, attempt) =>
        writeLetter(ports, {
          ...common(attempt),
          name: 'staff-reminder',
          data: { ...data(token), left: name === 'half' ? 'half' : 'little' },
        });
    case 'accept':
      return (token, attempt) => {
        const { config } = ports.settings;
        const first = promise.bookings.find(({ noShow }) => noShow !== undefined)?.provider ?? promise.owner;
        return writeLetter(ports, {
          ...common(attempt),
          name: 'staff-accept-visit',
          data: {
            ...data(token),
            ...visitData(given, promise.booking),
            backup: { name: memberOf(config, backupFor(config, first, now))?.name ?? first },
          },
        });
      };
    case 'wish':
      return (token, attempt) =>
        writeLetter(ports, {
          ...common(attempt),
          name: 'staff-wish',
          data: {
            ...data(token),
            wish: promiseEntries(sale, promise, 'wished').at(-1)?.private?.words ?? null,
          },
        });
    case 'said':
      return (token, attempt) =>
        writeLetter(ports, {
          ...answerableEnvelope(given, promise, reader, { token, message, attempt }),
          name: 'staff-said',
          data: {
            ...data(token),
            said: promiseEntries(sale, promise, 'said').at(-1)?.private?.words ?? null,
          },
        });
    case 'offer-answer':
      return (token, attempt) => {
        const answer = promiseEntries(sale, promise, 'offer-answered').find(({ n }) => n === promise.offers);
        return writeLetter(ports, {
          ...common(attempt),
          name: 'staff-offer-answer',
          data: {
            ...data(token),
            isAccepted: answer?.isAccepted ?? null,
            said: answer?.private?.words ?? null,
          },
        });
      };
    case 'withdrawn-owner':
    case 'withdrawn-provider':
      return (token, attempt) => {
        const withdrawn = promiseEntries(sale, promise, 'withdrawn').at(-1);
        const isGoing = name === 'withdrawn-provider' || promise.booking?.provider === reader.id;
        const calendar = isGoing ? cancellation(given, 'staff') : undefined;
        return writeLetter(ports, {
          ...common(attempt),
          name: 'staff-withdrawn',
          data: {
            ...data(token),
            by: TAKEN_BACK_BY[withdrawn?.by ?? ''] ?? 'colleague',
            reason: withdrawn?.private?.reason ?? null,
          },
          ...(calendar === undefined ? {} : { calendar }),
        });
      };
  }
};
