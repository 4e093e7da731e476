/** What every page of the desk is given. */
import type { DeskPorts } from '../adapters/ports.ts';
import type { Instant, SaleId } from '../core/ids.ts';
import { isInForce, type Pause } from '../core/operations/pause.ts';
import { formatDay, formatInstant } from '../messages/format.ts';
import type { DeskPause, DeskSeat } from '../pages/desk/sheet.ts';
import type { PageWords } from '../pages/words.ts';
import type { Seat } from './guard.ts';

export type AtDesk = {
  ports: DeskPorts;
  seat: Seat;
  /** Words, shop, member and CSRF token for the sheet. */
  sheet: DeskSeat;
  words: PageWords;
  now: Instant;
  query: URLSearchParams;
  when(at: string): string;
  day(at: string): string;
};

const pausedOf = (pauses: readonly Pause[], now: Instant, when: (at: string) => string): DeskPause[] =>
  pauses
    .filter((pause) => isInForce(pause, now))
    .map(({ what, until, reason }) => ({
      of: what.of,
      name: what.of === 'all' ? '' : what.name,
      until: when(until),
      reason,
    }));

export const sitDown = async (
  ports: DeskPorts,
  seat: Seat,
  words: PageWords,
  now: Instant,
  query: URLSearchParams,
): Promise<AtDesk> => {
  const { shop } = ports.settings.config;
  const when = formatInstant(words.locale, shop.zone);
  const paused = pausedOf((await ports.pauses.read()).pauses, now, when);
  return {
    ports,
    seat,
    sheet: { words, shopName: shop.name, memberName: seat.member.name, csrf: seat.csrf, paused },
    words,
    now,
    query,
    when,
    day: formatDay(words.locale, shop.zone),
  };
};

/** An order id may hold what means something in an address: `#1001` is one. */
export const saleHref = (id: SaleId): string =>
  `/desk/sale/${id.split('/').map(encodeURIComponent).join('/')}`;

/** What is kept of the person behind a sale, in all their sales. */
export const personHref = (id: SaleId): string =>
  `/desk/person/${id.split('/').map(encodeURIComponent).join('/')}`;

/** From a rep on, everybody sees their own; from a manager on, everybody's. */
export const mayLookAtOthers = ({ seat }: AtDesk): boolean => seat.member.level > 0;
