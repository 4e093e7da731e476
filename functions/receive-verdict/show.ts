/** The customer's page from the sale as it stands now. */
import type { SalePorts, Settings } from '../adapters/ports.ts';
import { isBefore } from '../core/calendar.ts';
import { escalation } from '../core/promises/ladder.ts';
import {
  type Booking,
  isClosed,
  isKnown,
  type OwedPromise,
  standingBooking,
} from '../core/promises/promise.ts';
import { venueZone } from '../core/promises/staff-acts.ts';
import { promiseEntries } from '../core/promises/tidings.ts';
import { openPromises, type Sale } from '../core/sale.ts';
import { memberOf, presentOwner } from '../core/staff.ts';
import { formatDay, formatInstant } from '../messages/format.ts';
import { formatWindow } from '../messages/format-window.ts';
import type { Visit } from '../middleware/page.ts';
import type { Card, CardState, VisitFacts } from '../pages/customer-card.ts';
import { type CustomerPageView, customerPage, type Settled } from '../pages/customer-page.ts';
import { firstNameOf, linksOf, signerOf } from '../steps/compose.ts';
import { itemName } from '../steps/item-name.ts';
import { mayTellReviewed } from './reviewed.ts';

type Seen = { settings: Settings; sale: Sale; promise: OwedPromise; locale: string; now: string };

const visitFacts = ({ settings, sale, locale, now }: Seen, booking: Booking): VisitFacts => {
  const { config } = settings;
  const provider = memberOf(config, booking.provider) ?? presentOwner(config, booking.provider, sale.id, now);
  return {
    when: formatWindow(locale, booking.zone)(booking.from, booking.to),
    place: booking.place,
    bring: booking.bring,
    providerName: provider.name,
    providerPhone: provider.phone,
  };
};

const signOf = (booking: Booking): Extract<CardState, { kind: 'booked' }>['sign'] => {
  if (booking.onMyWayAt !== undefined) return 'on-the-way';
  if (booking.suitsAt !== undefined && booking.suitsAt >= booking.settledAt) return 'suits';
  return booking.n > 1 || booking.delays > 0 ? 'moved' : 'plain';
};

const MISSES = { unknown: 'suspected', provider: 'missed', customer: 'nobody-home' } as const;

/** Undefined where no visit with a time is what the card is about. */
const visitState = (seen: Seen): CardState | undefined => {
  const { booking } = seen.promise;
  if (booking === undefined || booking.isPending) return undefined;
  const visit = visitFacts(seen, booking);
  if (booking.noShow !== undefined) return { kind: MISSES[booking.noShow], visit };
  if (standingBooking(seen.promise) === undefined) return undefined;
  return isBefore(seen.now, booking.from)
    ? { kind: 'booked', visit, sign: signOf(booking) }
    : { kind: 'begun', visit };
};

const offeredState = ({ sale, promise, locale }: Seen): CardState | undefined => {
  const { offer } = promise;
  if (promise.status !== 'offered' || offer === undefined) return undefined;
  const zone = venueZone(sale, promise);
  const time =
    offer.from === undefined
      ? formatInstant(locale, zone)(offer.to)
      : formatWindow(locale, zone)(offer.from, offer.to);
  const reason = promiseEntries(sale, promise, 'offered').at(-1)?.private?.reason;
  return { kind: 'offered', time, reason };
};

const stateOf = (seen: Seen): CardState => {
  const { promise, now } = seen;
  if (promise.status === 'proposed')
    return promise.isRefused ? { kind: 'refused' } : { kind: 'asked', said: promise.what };
  const special = offeredState(seen) ?? visitState(seen);
  if (special !== undefined) return special;
  return isBefore(promise.dueAt, now) ? { kind: 'late' } : { kind: 'owed', isUnasked: !isKnown(promise) };
};

/** A refused promise goes up in a moment: who has it then, and until when. */
const holderOf = ({ settings, sale, promise, now }: Seen): { owner: string; dueAt: string } =>
  promise.status === 'proposed' && promise.isRefused
    ? escalation(settings.config, sale, promise, 'not-yet', now)
    : promise;

const cardOf = (seen: Seen): Card => {
  const { settings, sale, promise, locale, now } = seen;
  const holder = holderOf(seen);
  const owner = presentOwner(settings.config, holder.owner, sale.id, now);
  return {
    id: promise.id,
    kind: promise.kind,
    ownerName: owner.name,
    ownerPhone: owner.phone,
    due: formatInstant(locale, sale.record.zone)(holder.dueAt),
    state: stateOf(seen),
    words: promise.words,
    isQuestion: promise.because === 'question',
    strikes: promise.strikes,
  };
};

const WANTS_A_WORD = new Set<CardState['kind']>(['asked', 'offered', 'begun', 'suspected']);
const byNewest = (a: string, b: string): number => Number(a < b) - Number(a > b);

/** What waits for the customer's word first, then what has news. */
const openInOrder = (settings: Settings, sale: Sale, locale: string, now: string): OwedPromise[] => {
  const wantsAWord = (promise: OwedPromise): number =>
    Number(WANTS_A_WORD.has(stateOf({ settings, sale, promise, locale, now }).kind));
  return openPromises(sale).sort((a, b) => wantsAWord(b) - wantsAWord(a) || byNewest(a.newsAt, b.newsAt));
};

const settledInOrder = (sale: Sale): OwedPromise[] =>
  sale.promises.filter(isClosed).sort((a, b) => byNewest(a.closedAt ?? '', b.closedAt ?? ''));

/** What an old mail's button, which names no promise, is about: what stands first on the page. */
export const firstShown = (settings: Settings, sale: Sale, locale: string, now: string) =>
  openInOrder(settings, sale, locale, now).at(0) ?? settledInOrder(sale).at(0);

const settledOf = (promise: OwedPromise, locale: string, zone: string): Settled[] => {
  const { id, kind, status, closedAt, madeAt } = promise;
  if (status === 'open' || status === 'taken' || status === 'offered' || status === 'proposed') return [];
  return [{ id, kind, how: status, day: formatDay(locale, zone)(closedAt ?? madeAt) }];
};

/** A number is needed where somebody is to ring or to come. */
const needsNumber = ({ kind, severity }: OwedPromise): boolean =>
  kind === 'call' || kind === 'visit' || severity !== 'normal';

export type Shown = Pick<CustomerPageView, 'notice' | 'error' | 'values' | 'friend'>;

export const showPage = (
  { settings }: Pick<SalePorts, 'settings'>,
  { words, token, now }: Visit,
  sale: Sale,
  more: Shown = {},
): string => {
  const { locale } = words;
  const open = openInOrder(settings, sale, locale, now);
  const signer = signerOf(settings, sale, now);
  const links = linksOf(settings, token);
  const path = (url: string) => url.slice(settings.publicUrl.length);
  return customerPage({
    words,
    action: path(links.page),
    shopName: settings.config.shop.name,
    customerFirstName: sale.customer.firstName,
    itemTitle: itemName(settings, sale, locale),
    signerFirstName: firstNameOf(signer.name),
    signerPhone: signer.phone,
    cards: open.map((promise) => cardOf({ settings, sale, promise, locale, now })),
    settled: settledInOrder(sale).flatMap((promise) => settledOf(promise, locale, sale.record.zone)),
    phone: open.some(needsNumber) ? { onFile: sale.customer.phone } : undefined,
    mayTellReviewed: mayTellReviewed({ settings }, sale),
    replyUrl: path(links.form),
    stopUrl: path(links.stop),
    ...more,
  });
};
