/** How often one person is asked anything, over all their orders. What is owed to them is never counted and never waits. */
import { isBefore, toEpochMs, toInstant } from '../calendar.ts';
import type { Configuration } from '../configuration.ts';
import type { Decision } from '../conversation/entries.ts';
import type { Instant, SaleId } from '../ids.ts';
import { classOf, type Touch } from '../person/standing.ts';

const DAY_MS = 86_400_000;
const MONTH_DAYS = 30;

/** One of the messages that ask, about one sale. */
export type Ask = { message: string; saleId: SaleId };

/** `until`: the first instant both rules allow. */
export type Held = { until: Instant; why: Decision; by: Touch[] };

const after = (touch: Touch, days: number): Instant => toInstant(toEpochMs(touch.at) + days * DAY_MS);

const isSame = (touch: Touch, { message, saleId }: Ask): boolean =>
  touch.message === message && touch.saleId === saleId;

/** The distance between a check-in and its own reminder is the journey's. */
const isOwnCheckIn = (touch: Touch, { message, saleId }: Ask): boolean =>
  message === 'reminder' && touch.message === 'check-in' && touch.saleId === saleId;

const byTime = (a: Touch, b: Touch): number => (a.at < b.at ? -1 : Number(a.at > b.at));

/** Undefined when the ask may go out now. `touches`: what this person was asked before, in any order. */
export const heldBack = (
  { daysBetween, mostIn30Days }: Configuration['asking'],
  touches: readonly Touch[],
  ask: Ask,
  now: string,
): Held | undefined => {
  const asks = touches
    .filter((touch) => !isSame(touch, ask) && classOf(touch.message) !== 'owed')
    .sort(byTime);
  const last = asks.findLast((touch) => !isOwnCheckIn(touch, ask));
  const nearest = last === undefined ? undefined : { touch: last, until: after(last, daysBetween) };
  /* Of as many as are allowed, the oldest must have left the thirty days. */
  const oldest = asks.at(-mostIn30Days);
  const fullest =
    asks.length < mostIn30Days || oldest === undefined
      ? undefined
      : { touch: oldest, until: after(oldest, MONTH_DAYS) };
  const isNear = nearest !== undefined && isBefore(now, nearest.until);
  const isFull = fullest !== undefined && isBefore(now, fullest.until);
  if (isFull && (!isNear || isBefore(nearest.until, fullest.until))) {
    const inputs = { most: mostIn30Days, asked: mostIn30Days, first: fullest.touch.at, until: fullest.until };
    return { until: fullest.until, why: { rule: 'most-in-30-days', inputs }, by: asks.slice(-mostIn30Days) };
  }
  if (!isNear) return undefined;
  const { touch, until } = nearest;
  const inputs = { daysBetween, last: touch.at, message: touch.message, sale: touch.saleId, until };
  return { until, why: { rule: 'days-between', inputs }, by: [touch] };
};
