/** A promise as its page shows it to one member of staff. */
import type { Settings } from '../adapters/ports.ts';
import { isBefore, toLocal } from '../core/calendar.ts';
import type { Configuration } from '../core/configuration.ts';
import { type Booking, isKnown, type OwedPromise } from '../core/promises/promise.ts';
import { backupFor, needsAName, venueZone } from '../core/promises/staff-acts.ts';
import { stampOf } from '../core/promises/staff-repeat.ts';
import { bookingAhead, mayAnswerForIt, type StaffCase, whoMayAnswer } from '../core/promises/staff-rules.ts';
import { lastReply, type Sale } from '../core/sale.ts';
import { isPresent, memberOf, presentOwner } from '../core/staff.ts';
import { tellStory } from '../core/story.ts';
import { formatInstant } from '../messages/format.ts';
import { formatWindow } from '../messages/format-window.ts';
import type { StaffChoices, StaffPromiseView, VisitView } from '../pages/staff-promise-view.ts';
import type { PageWords } from '../pages/words.ts';
import { itemName } from '../steps/item-name.ts';
import { nextStep, otherSteps } from './next-step.ts';
import { timeLeft } from './time-left.ts';

/** What a phone can scroll through, and 15 kB can hold. */
const LONGEST_STORY = 30;

export type Reader = StaffCase & { settings: Settings; words: PageWords };

const nameOf = (config: Configuration, id: string): string => memberOf(config, id)?.name ?? id;

/** `Europe/Zurich` keeps time as in Zurich. */
const placeOf = (zone: string): string => (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');

/** Writes an instant as staff read it. */
export const whenFor = ({ config, words }: Reader) => formatInstant(words.locale, config.shop.zone);

/** Writes a window as it is at the customer's door. */
export const windowFor =
  ({ config, sale, promise, words }: Reader) =>
  (from: string, to: string): string => {
    const zone = venueZone(sale, promise);
    const when = formatWindow(words.locale, zone)(from, to);
    return zone === config.shop.zone ? when : words.say('staff.visit.zoned', { when, place: placeOf(zone) });
  };

/** Whoever answered for this time still does when somebody else goes. */
const answeredBy = ({ bookings }: OwedPromise, { from, to }: Booking): string | undefined =>
  bookings.findLast((one) => one.from === from && one.to === to && one.acceptedBy !== undefined)?.acceptedBy;

const visitOf = (reader: Reader, booking: Booking): VisitView => {
  const { config, promise } = reader;
  const answering = answeredBy(promise, booking);
  return {
    when: windowFor(reader)(booking.from, booking.to),
    provider: nameOf(config, booking.provider),
    place: booking.place,
    bring: booking.bring,
    isConfirmed: booking.suitsAt !== undefined,
    onTheWaySince: booking.onMyWayAt === undefined ? undefined : whenFor(reader)(booking.onMyWayAt),
    answeredBy: answering === undefined ? undefined : nameOf(config, answering),
    isPending: booking.isPending,
  };
};

const earlierOf = (reader: Reader): StaffPromiseView['earlier'] => {
  const { config, promise } = reader;
  const current = bookingAhead(promise);
  return promise.bookings
    .filter((booking) => booking !== current)
    .map(({ from, to, provider, noShow }) => ({
      when: windowFor(reader)(from, to),
      provider: nameOf(config, provider),
      how: noShow ?? 'changed',
    }));
};

/** Who is proposed to go. After two misses not the one who did not come, unless there is nobody else. */
const proposedProvider = ({ config, sale, promise, now }: Reader): { id: string; insteadOf?: string } => {
  const current = bookingAhead(promise)?.provider;
  const usual = current ?? promise.booking?.provider ?? presentOwner(config, promise.owner, sale.id, now).id;
  if (!needsAName(promise)) return { id: usual };
  const missing = promise.bookings.findLast(
    ({ noShow }) => noShow === 'provider' || noShow === 'unknown',
  )?.provider;
  if (current !== undefined && current !== missing) return { id: current };
  const before = missing ?? usual;
  const id = backupFor(config, before, now);
  return id === before ? { id } : { id, insteadOf: nameOf(config, before) };
};

const choicesOf = (reader: Reader): StaffChoices => {
  const { config, sale, promise, now } = reader;
  const [shop, venue] = [config.shop.zone, venueZone(sale, promise)];
  const here = config.staff.filter((member) => isPresent(config, member, now));
  const proposed = proposedProvider(reader);
  const ahead = bookingAhead(promise);
  const isAhead = ahead !== undefined && isBefore(now, ahead.from);
  const names = whoMayAnswer(reader).map(({ name }) => name);
  return {
    staff: here.filter(({ id }) => id !== promise.owner),
    providers: here,
    provider: proposed.id,
    insteadOf: proposed.insteadOf,
    from: isAhead ? toLocal(ahead.from, venue) : '',
    until: isAhead ? toLocal(ahead.to, venue).slice(11) : '',
    place: promise.booking?.place ?? '',
    bring: promise.booking?.bring ?? '',
    notBefore: { shop: toLocal(now, shop), venue: toLocal(now, venue) },
    zones: shop === venue ? undefined : { shop: placeOf(shop), venue: placeOf(venue) },
    naming: needsAName(promise) ? { canAnswer: mayAnswerForIt(reader), names: names.join(', ') } : undefined,
  };
};

const replyOf = (sale: Sale): StaffPromiseView['reply'] => {
  const answer = lastReply(sale);
  if (answer === undefined) return undefined;
  const { rating, wish, call } = answer.reply;
  return {
    rating: rating === undefined ? undefined : `${rating}`,
    words: answer.private?.words,
    wish,
    wantsCall: call,
  };
};

/** The offer in words; empty when there is none. */
const offerOf = (reader: Reader): { when: string; until: string } => {
  const { offer, dueAt } = reader.promise;
  if (offer === undefined) return { when: '', until: '' };
  const when = whenFor(reader);
  return {
    when: offer.from === undefined ? when(offer.to) : windowFor(reader)(offer.from, offer.to),
    until: when(dueAt),
  };
};

/** All but what was just done or mistyped, and where the forms go. */
export const staffView = (reader: Reader): Omit<StaffPromiseView, 'action'> => {
  const { config, sale, promise, by, now, words, settings } = reader;
  const when = whenFor(reader);
  const next = nextStep(reader, offerOf(reader));
  const ahead = bookingAhead(promise);
  const owner = presentOwner(config, promise.owner, sale.id, now);
  return {
    words,
    shopName: config.shop.name,
    itemTitle: itemName(settings, sale, words.locale),
    orderNumber: sale.facts.order?.number ?? sale.record.orderId,
    readerName: memberOf(config, by)?.name ?? owner.name,
    customer: {
      name: sale.customer.name ?? sale.customer.email ?? '?',
      phone: sale.customer.phone,
      email: sale.customer.email,
    },
    promise: {
      kind: promise.kind,
      due: when(promise.dueAt),
      timeLeft: timeLeft(now, promise.dueAt, words.locale),
      isLate: isBefore(promise.dueAt, now),
      ownerName: owner.name,
      level: promise.level,
      strikes: promise.strikes,
      words: promise.words,
      isQuestion: promise.because === 'question',
      isKnown: isKnown(promise),
    },
    visit: ahead === undefined ? undefined : visitOf(reader, ahead),
    earlier: earlierOf(reader),
    reply: replyOf(sale),
    next,
    more: otherSteps(reader, next),
    choices: choicesOf(reader),
    story: tellStory(sale.journal, config, when)
      .slice(-LONGEST_STORY)
      .map(({ at, what }) => ({ at: when(at), what })),
    hidden: { seen: stampOf(promise) },
  };
};
