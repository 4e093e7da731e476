/** The calendar file of a visit: the same for both sides, one UID for good, a higher SEQUENCE with every new booking. */
import type { Booking, OwedPromise } from '../core/promises/promise.ts';
import { standingBooking } from '../core/promises/promise.ts';
import { memberOf } from '../core/staff.ts';
import { buildCalendar } from '../messages/ics.ts';
import { pageWords } from '../pages/words.ts';
import type { Calendar } from './compose.ts';
import { itemName } from './item-name.ts';
import { nameOf, ownerOf, type PromiseGiven } from './promise-letter.ts';

type Side = 'customer' | 'staff';

const file = (
  given: PromiseGiven,
  booking: Booking,
  side: Side,
  { method, sequence }: { method: Calendar['method']; sequence: number },
): Calendar => {
  const { ports, sale, promise, now } = given;
  const { settings, ids } = ports;
  const { shop } = settings.config;
  const words = pageWords(side === 'staff' ? shop.locale : sale.record.locale, settings.contentDir);
  const provider = memberOf(settings.config, booking.provider);
  const customer = sale.customer.name ?? sale.customer.email ?? '';
  const domain = shop.mailFrom.slice(shop.mailFrom.indexOf('@') + 1);
  const attendees = [
    ...(sale.customer.email === undefined
      ? []
      : [
          {
            email: sale.customer.email,
            ...(sale.customer.name === undefined ? {} : { name: sale.customer.name }),
          },
        ]),
    ...(provider === undefined ? [] : [{ name: provider.name, email: provider.email }]),
  ];
  const ics = buildCalendar({
    method,
    uid: `${ids.digest(`${sale.id}#${promise.id}`).slice(0, 32)}@${domain}`,
    sequence,
    stampedAt: now,
    from: booking.from,
    to: booking.to,
    summary:
      side === 'staff'
        ? words.say('calendar.staff', { customer })
        : words.say('calendar.customer', { provider: nameOf(given, booking.provider), shop: shop.name }),
    description: words.say('calendar.about', {
      item: itemName(settings, sale, words.locale),
      phone: (provider ?? ownerOf(given)).phone,
    }),
    ...(booking.place === undefined ? {} : { place: booking.place }),
    organizer: { name: shop.name, email: shop.mailFrom },
    attendees,
  });
  return { method, ics };
};

/** It rises with everything a calendar is told: lateness moves the window, an offer and a withdrawal end it. */
const sequenceOf = (promise: OwedPromise, booking: Booking): number =>
  booking.n - 1 + promise.delays + promise.offers + promise.withdrawals;

export const invitation = (given: PromiseGiven, side: Side): Calendar | undefined => {
  const booking = standingBooking(given.promise);
  if (booking === undefined) return undefined;
  return file(given, booking, side, { method: 'REQUEST', sequence: sequenceOf(given.promise, booking) });
};

/** Ends what an earlier file put into a calendar; undefined when none did. */
export const cancellation = (
  given: PromiseGiven,
  side: Side,
  booking = given.promise.booking,
): Calendar | undefined => {
  if (booking === undefined || booking.isPending) return undefined;
  /* Who goes there no more was told of this booking last; an offer and a withdrawal have counted themselves. */
  const sequence = sequenceOf(given.promise, booking) + (booking === given.promise.booking ? 0 : 1);
  return file(given, booking, side, { method: 'CANCEL', sequence });
};
