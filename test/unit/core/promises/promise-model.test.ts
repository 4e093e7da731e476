import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Entry, keyOf } from '../../../../functions/core/journal.ts';
import { addMinutes } from '../../../../functions/core/promises/deadlines.ts';
import { foldPromises } from '../../../../functions/core/promises/fold.ts';
import { isClosed, type OwedPromise } from '../../../../functions/core/promises/promise.ts';
import { since } from '../../../fixtures/promise-entries.ts';
import { at, told } from '../../../fixtures/sales.ts';

const START = at(10);
const ID = { promise: 'visit-1' } as const;

/** Everything that can happen to a visit, numbered as the acts number it: by what was folded so far. */
const NEXT: Readonly<Record<string, (when: string, promise: OwedPromise) => Entry>> = {
  taken: (when, { raises, handovers }) => told.taken(when, { ...ID, n: 1 + raises + handovers }),
  handedOver: (when, { handovers }) => told.handedOver(when, { ...ID, n: handovers + 1 }),
  moved: (when, { moves }) => since.moved(when, { ...ID, n: moves + 1 }),
  offered: (when, { offers }) => since.offered(when, { ...ID, n: offers + 1, from: at(26) }),
  accepts: (when, { offers }) => since.answered(when, true, { ...ID, n: offers }),
  declines: (when, { offers }) => since.answered(when, false, { ...ID, n: offers }),
  lapsed: (when, { offers }) => since.lapsed(when, { ...ID, n: offers }),
  wished: (when, { wishes }) => since.wished(when, { ...ID, n: wishes + 1 }),
  booked: (when, { bookings }) =>
    since.booked(when, { n: bookings.length + 1, from: when, to: addMinutes(when, 90) }),
  bookedPending: (when, { bookings }) =>
    since.booked(when, { n: bookings.length + 1, needsAcceptance: true }),
  acceptedByName: (when, { bookings }) => since.accepted(when, { n: bookings.length }),
  suits: (when, { bookings }) => since.suits(when, { n: bookings.length }),
  onMyWay: (when, { bookings }) => since.onMyWay(when, { n: bookings.length }),
  delayed: (when, { delays }) => since.delayed(when, { n: delays + 1 }),
  missed: (when, { bookings }) => since.missed(when, { n: bookings.length }),
  missedByProvider: (when, { bookings }) => since.missed(when, { n: bookings.length, who: 'provider' }),
  missedByCustomer: (when, { bookings }) =>
    since.missed(when, { n: bookings.length, who: 'customer', dueAt: at(27) }),
  proposed: (when, { proposals }) => told.proposed(when, { ...ID, n: proposals + 1 }),
  yes: (when, { verdicts }) => told.judged(when, true, { ...ID, n: verdicts + 1 }),
  notYet: (when, { verdicts }) => told.judged(when, false, { ...ID, n: verdicts + 1 }),
  escalated: (when, { raises }) => told.escalated(when, { ...ID, strike: raises + 1 }),
  assumed: (when, { proposals }) => told.assumed(when, { ...ID, n: proposals }),
  waived: (when) => told.waived(when, ID),
  withdrawn: (when, { withdrawals }) => since.withdrawn(when, { ...ID, n: withdrawals + 1 }),
  paged: (when, { raises }) => since.paged(when, { ...ID, n: 1 + raises }),
  rescued: (when, { rescues }) => since.rescued(when, { ...ID, n: rescues + 1 }),
};

const fold = (entries: Entry[]): OwedPromise => {
  const [promise] = foldPromises(entries);
  if (promise === undefined) throw new Error('There is no promise');
  return promise;
};

/** A life: each step happens some minutes after the last, or in the same instant, and is written down once. */
const lives = fc
  .array(fc.tuple(fc.constantFrom(...Object.keys(NEXT)), fc.integer({ min: 0, max: 600 })), { maxLength: 25 })
  .map((steps) => {
    const entries: Entry[] = [since.visitPromised(START)];
    const written = new Set(entries.map(keyOf));
    let now: string = START;
    for (const [name, minutes] of steps) {
      now = addMinutes(now, minutes);
      const entry = NEXT[name]?.(now, fold(entries));
      /* Numbers begin at 1: what answers or assumes something that never was is never written. */
      if (entry === undefined || !Entry.safeParse(entry).success || written.has(keyOf(entry))) continue;
      written.add(keyOf(entry));
      entries.push(entry);
    }
    return entries;
  });

const REOPENS: readonly Entry['type'][] = ['escalated', 'handed-over'];

describe('whatever happens to a promise', () => {
  it('its strikes are never negative and never more than it went up', () => {
    fc.assert(
      fc.property(lives, (life) => {
        const { strikes, raises } = fold(life);

        expect(strikes).toBeGreaterThanOrEqual(0);
        expect(strikes).toBeLessThanOrEqual(raises);
      }),
      { numRuns: 300 },
    );
  });

  it('it stays closed until it goes up or is handed over', () => {
    const apart = lives.map((life) =>
      /* A second between any two, so that every prefix is a life of its own. */
      life.map((entry, index) => ({ ...entry, at: addMinutes(START, index * 10) })),
    );

    fc.assert(
      fc.property(apart, (life) => {
        for (let length = 2; length <= life.length; length += 1) {
          const before = fold(life.slice(0, length - 1));
          const now = fold(life.slice(0, length));
          const last = life[length - 1];
          if (isClosed(before) && !isClosed(now)) expect(REOPENS).toContain(last?.type);
          expect(now.closedAt === undefined).toBe(!isClosed(now));
        }
      }),
      { numRuns: 150 },
    );
  });

  it('the order of reading changes nothing', () => {
    const readings = lives.chain((life) =>
      fc.tuple(fc.constant(life), fc.shuffledSubarray(life, { minLength: life.length })),
    );

    fc.assert(
      fc.property(readings, ([life, shuffled]) => {
        expect(foldPromises(shuffled)).toEqual(foldPromises(life));
      }),
      { numRuns: 200 },
    );
  });

  it('a turn has one result, unless a miss was none and it is put right', () => {
    fc.assert(
      fc.property(lives, (life) => {
        const { results } = fold(life);
        const terms = results.filter(({ result }) => result !== 'kept').map(({ term }) => term);

        expect(new Set(terms).size).toBe(terms.length);
      }),
      { numRuns: 200 },
    );
  });
});
