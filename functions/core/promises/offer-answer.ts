/** The owner cannot make it and has offered another time: the customer takes it or does not. */
import { isBefore } from '../calendar.ts';
import { presentOwner } from '../staff.ts';
import type { CustomerCase, CustomerDecided } from './customer-decision.ts';
import { answerDue, visitDue } from './deadlines.ts';
import type { PromiseEntry } from './entries.ts';
import { isClosed, type OwedPromise } from './promise.ts';
import { needsAName, venueZone } from './staff-acts.ts';
import { promiseEntries } from './tidings.ts';

/** Pressed twice, the same answer is no news. */
const wasAnswered = ({ sale, promise }: CustomerCase, isAccepted: boolean): boolean => {
  const last = promiseEntries(sale, promise, 'offer-answered').at(-1);
  return last !== undefined && last.n === promise.offers && last.isAccepted === isAccepted;
};

const notOffered = (about: CustomerCase, isAccepted: boolean): CustomerDecided =>
  wasAnswered(about, isAccepted) ? { entries: [] } : { refusal: 'nothing-offered' };

type Offer = NonNullable<OwedPromise['offer']>;

const booked = (about: CustomerCase, { from, to }: Offer, dueAt: string): PromiseEntry[] => {
  const { config, sale, promise, now } = about;
  if (from === undefined) return [];
  const { place, bring } = promise.booking ?? {};
  const known = {
    ...(place === undefined ? {} : { place }),
    ...(bring === undefined ? {} : { bring }),
  };
  return [
    {
      type: 'booked',
      at: now,
      promise: promise.id,
      n: promise.bookings.length + 1,
      by: 'customer',
      from,
      to,
      zone: venueZone(sale, promise),
      provider: promise.booking?.provider ?? presentOwner(config, promise.owner, sale.id, from).id,
      dueAt,
      needsAcceptance: needsAName(promise),
      ...(Object.keys(known).length === 0 ? {} : { private: known }),
    },
  ];
};

/** The customer took the offered time and a crash kept it from being booked: the booking that is still missing. */
export const acceptedButNotBooked = (about: CustomerCase): PromiseEntry[] => {
  const { config, sale, promise, now } = about;
  const offer = promiseEntries(sale, promise, 'offered').at(-1);
  const answer = promiseEntries(sale, promise, 'offer-answered').at(-1);
  if (offer?.from === undefined || answer?.n !== offer.n || !answer.isAccepted) return [];
  const isBooked = promise.bookings.some(({ bookedAt }) => !isBefore(bookedAt, answer.at));
  if (isBooked || isClosed(promise) || !isBefore(now, offer.from)) return [];
  return booked(about, { from: offer.from, to: offer.to }, visitDue(config, offer.to));
};

export const acceptOffer = (about: CustomerCase): CustomerDecided => {
  const { config, promise, now } = about;
  const { offer } = promise;
  const missing = acceptedButNotBooked(about);
  if (missing.length > 0) return { entries: missing };
  if (promise.status !== 'offered' || offer === undefined) return notOffered(about, true);
  if (!isBefore(now, offer.from ?? offer.to)) return { refusal: 'offer-past' };
  const dueAt = offer.from === undefined ? offer.to : visitDue(config, offer.to);
  const n = promise.offers;
  return {
    entries: [
      { type: 'offer-answered', at: now, promise: promise.id, n, isAccepted: true, dueAt },
      ...booked(about, offer, dueAt),
    ],
  };
};

export const declineOffer = (about: CustomerCase, words: string | undefined): CustomerDecided => {
  const { config, promise, now } = about;
  if (promise.status !== 'offered') return notOffered(about, false);
  const text = words?.trim() ?? '';
  return {
    entries: [
      {
        type: 'offer-answered',
        at: now,
        promise: promise.id,
        n: promise.offers,
        isAccepted: false,
        dueAt: answerDue(config, promise.kind, now, promise.severity),
        ...(text === '' ? {} : { private: { words: text } }),
      },
    ],
  };
};
