import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOpen, laterOf, toEpochMs, toInstant } from '../../../../functions/core/calendar.ts';
import { staffOpening } from '../../../../functions/core/openings.ts';
import { clockNotices, dueNotices, nextClock } from '../../../../functions/core/promises/notices.ts';
import { by, call, config, later, onVisit, promiseIn, zurich } from '../../../fixtures/clocks.ts';

/** Promises of any length, begun at any minute of two months with a change of the clocks. */
const anyPromise = fc
  .record({
    start: fc.integer({ min: 0, max: 60 * 1440 }),
    length: fc.integer({ min: 1, max: 20 * 1440 }),
    isCalendar: fc.boolean(),
    visitIn: fc.option(fc.integer({ min: 1, max: 5 * 1440 }), { nil: undefined }),
  })
  .map(({ start, length, isCalendar, visitIn }) => {
    const at = (minutes: number) => toInstant(toEpochMs(zurich(1, '00:00')) + (start + minutes) * 60_000);
    const owed = call({
      kind: 'visit',
      ...onVisit,
      at: at(0),
      dueAt: at(length),
      clock: isCalendar ? 'calendar' : undefined,
    });
    if (visitIn === undefined) return promiseIn(owed);
    const times = { from: at(visitIn), to: at(visitIn + 90), dueAt: at(visitIn + 105) };
    return promiseIn(
      owed,
      later('booked', at(0), {
        ...onVisit,
        ...by,
        ...times,
        zone: 'UTC',
        provider: 'lio',
        needsAcceptance: false,
      }),
    );
  });

describe('clocks of any promise', () => {
  it('lie within its time, end after they begin, and wake nobody of the staff before or after work', () => {
    fc.assert(
      fc.property(anyPromise, (promise) => {
        for (const { at, until, to, name } of clockNotices(config, promise)) {
          if (promise.booking === undefined) expect(at >= promise.termAt).toBe(true);
          expect(toEpochMs(at)).toBeLessThan(toEpochMs(until));
          expect(toEpochMs(until)).toBeLessThanOrEqual(toEpochMs(promise.dueAt));
          if (to === 'owner') expect([name, isOpen(at, staffOpening(config))]).toEqual([name, true]);
        }
      }),
      { numRuns: 120 },
    );
  });

  it('are all met, each once and on time, by whoever wakes up at the next clock and then again', () => {
    fc.assert(
      fc.property(anyPromise, (promise) => {
        const said = new Map<string, string>();
        let now: string = promise.termAt;
        for (let turn = 0; turn < 12 && now < promise.dueAt; turn += 1) {
          for (const { message } of dueNotices(config, promise, now))
            if (!said.has(message)) said.set(message, now);
          const next = nextClock(config, promise, now);

          expect(next > now).toBe(true);
          now = next;
        }

        const expected = clockNotices(config, promise).map(({ message, at }) => [
          message,
          laterOf(at, promise.termAt),
        ]);
        expect(now).toBe(promise.dueAt);
        expect(Object.fromEntries(said)).toEqual(Object.fromEntries(expected));
      }),
      { numRuns: 120 },
    );
  });

  it('leave only the due time once they are over', () => {
    fc.assert(
      fc.property(anyPromise, (promise) => {
        expect(nextClock(config, promise, promise.dueAt)).toBe(promise.dueAt);
        expect(dueNotices(config, promise, promise.dueAt)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});
