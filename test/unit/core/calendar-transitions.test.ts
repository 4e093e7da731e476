/** Every change of the clocks from 2024 to 2035 in every zone there is. */
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import {
  addOpenHours,
  atLocalTime,
  closeOfDay,
  dayOf,
  fromLocal,
  isOpen,
  lastOpen,
  nextOpen,
  type Opening,
  openHoursBetween,
  toEpochMs,
  toInstant,
  toLocal,
  WEEKDAYS,
} from '../../../functions/core/calendar.ts';

const MINUTE = 60_000;
const HOUR = 3_600_000;

/** At `at` the wall clock, which would show `wall`, jumps by `jump` minutes; backwards when negative. */
type Change = { zone: string; at: number; wall: Temporal.PlainDateTime; jump: number };

const changesIn = (zone: string): Change[] => {
  const changes: Change[] = [];
  const end = Temporal.Instant.from('2036-01-01T00:00:00Z');
  let next = Temporal.Instant.from('2024-01-01T00:00:00Z')
    .toZonedDateTimeISO(zone)
    .getTimeZoneTransition('next');
  while (next !== null && Temporal.Instant.compare(next.toInstant(), end) < 0) {
    const before = next.subtract({ nanoseconds: 1 });
    const jump = (next.offsetNanoseconds - before.offsetNanoseconds) / (MINUTE * 1e6);
    const wall = next.toPlainDateTime().subtract({ minutes: jump });
    changes.push({ zone, at: next.epochMilliseconds, wall, jump });
    next = next.getTimeZoneTransition('next');
  }
  return changes;
};

const changes = Intl.supportedValuesOf('timeZone').flatMap(changesIn);
const gaps = changes.filter(({ jump }) => jump > 0);
const folds = changes.filter(({ jump }) => jump < 0);

const wrong = (all: readonly Change[], expected: (change: Change) => [Temporal.PlainDateTime, number][]) =>
  all.flatMap((change) =>
    expected(change)
      .filter(([local, at]) => atLocalTime(local, change.zone).epochMilliseconds !== at)
      .map(([local]) => `${local.toString()} in ${change.zone}`),
  );

describe('a local time at every change of the clocks', () => {
  it('is looked at in thousands of changes, in both directions, by half an hour, one hour and two', () => {
    expect(gaps.length).toBeGreaterThan(1000);
    expect(folds.length).toBeGreaterThan(1000);
    expect([...new Set(changes.map(({ jump }) => jump))].sort((a, b) => a - b)).toEqual([
      -120, -60, -30, 30, 60, 120,
    ]);
  });

  it('is the next valid minute when the clocks jump over it', () => {
    const mistakes = wrong(gaps, ({ at, wall, jump }) => [
      [wall.subtract({ minutes: 1 }), at - MINUTE],
      [wall, at],
      [wall.add({ minutes: jump / 2 }), at],
      [wall.add({ minutes: jump - 1 }), at],
      [wall.add({ minutes: jump }), at],
      [wall.add({ minutes: jump + 1 }), at + MINUTE],
    ]);

    expect(mistakes).toEqual([]);
  });

  it('is the first of the two when it comes twice', () => {
    const mistakes = wrong(folds, ({ at, wall, jump }) => [
      [wall.add({ minutes: jump - 1 }), at + (jump - 1) * MINUTE],
      [wall.add({ minutes: jump }), at + jump * MINUTE],
      [wall.add({ minutes: jump / 2 }), at + (jump / 2) * MINUTE],
      [wall.subtract({ minutes: 1 }), at - MINUTE],
      [wall, at - jump * MINUTE],
    ]);

    expect(mistakes).toEqual([]);
  });
});

const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

type Minutes = [from: number, to: number];

/** Quarter hours; up to four a day, and they may overlap. */
const day: fc.Arbitrary<Minutes[]> = fc.array(
  fc
    .tuple(fc.integer({ min: 0, max: 94 }), fc.integer({ min: 1, max: 40 }))
    .map(([from, length]): Minutes => [from * 15, Math.min(from + length, 95) * 15]),
  { minLength: 1, maxLength: 4 },
);
const week = fc
  .array(fc.option(day, { freq: 3, nil: [] }), { minLength: 7, maxLength: 7 })
  .filter((days) => days.some((one) => one.length > 0));

const openingOf = (zone: string, days: readonly Minutes[][], closed: readonly string[] = []): Opening => ({
  zone,
  hours: Object.fromEntries(
    WEEKDAYS.flatMap((name, index) => {
      const intervals = days[index] ?? [];
      return intervals.length === 0
        ? []
        : [[name, intervals.map(([from, to]): [string, string] => [clock(from), clock(to)])]];
    }),
  ),
  closed,
});

const joined = (intervals: readonly Minutes[]): Minutes[] => {
  const union: Minutes[] = [];
  for (const [from, to] of intervals.toSorted((a, b) => a[0] - b[0])) {
    const last = union.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else union.push([from, to]);
  }
  return union;
};

/** An instant within three days of a change of the clocks, and what is open there. */
const nearby = (among: readonly Change[]) =>
  fc
    .record({
      change: fc.integer({ min: 0, max: among.length - 1 }),
      minutes: fc.integer({ min: -3 * 1440, max: 3 * 1440 }),
      days: week,
      holidays: fc.uniqueArray(fc.integer({ min: -3, max: 6 }), { maxLength: 3 }),
    })
    .map(({ change, minutes, days, holidays }) => {
      const { zone, at } = among[change] ?? { zone: 'UTC', at: 0 };
      const closed = holidays.map((offset) => dayOf(toInstant(at + offset * 24 * HOUR), zone));
      return {
        zone,
        days,
        closed,
        at: toInstant(at + minutes * MINUTE),
        opening: openingOf(zone, days, closed),
      };
    });

const near = nearby(changes);
const hours = fc.integer({ min: 1, max: 160 }).map((quarters) => quarters / 4);
const later = fc.integer({ min: 0, max: 6 * 1440 }).map((minutes) => minutes * MINUTE);
const plus = (at: string, ms: number) => toInstant(toEpochMs(at) + ms);
const runs = { numRuns: 150 };

describe('opening hours around a change of the clocks, in any zone', () => {
  it('hours added are the hours that then lie between', () => {
    fc.assert(
      fc.property(near, hours, ({ at, opening }, n) => {
        expect(openHoursBetween(at, addOpenHours(at, n, opening), opening)).toBeCloseTo(n, 9);
      }),
      runs,
    );
  });

  it('the hours between, added again, reach the same moment of work', () => {
    fc.assert(
      fc.property(near, later, ({ at, opening }, ms) => {
        const to = plus(at, ms);
        const between = openHoursBetween(at, to, opening);
        const reached = between === 0 ? at : addOpenHours(at, between, opening);

        expect(toEpochMs(reached)).toBeLessThanOrEqual(toEpochMs(to));
        expect(openHoursBetween(reached, to, opening)).toBe(0);
      }),
      runs,
    );
  });

  it('hours of two times that follow each other add up', () => {
    fc.assert(
      fc.property(near, later, later, ({ at, opening }, first, second) => {
        const [middle, end] = [plus(at, first), plus(at, first + second)];

        expect(openHoursBetween(at, middle, opening) + openHoursBetween(middle, end, opening)).toBeCloseTo(
          openHoursBetween(at, end, opening),
          9,
        );
      }),
      runs,
    );
  });

  it('time added ends in opening hours or at the moment they end', () => {
    fc.assert(
      fc.property(near, hours, ({ at, opening }, n) => {
        expect(isOpen(plus(addOpenHours(at, n, opening), -1), opening)).toBe(true);
      }),
      runs,
    );
  });

  it('are those that the clock on the wall shows, holidays left out', () => {
    fc.assert(
      fc.property(nearby(gaps), ({ zone, at, days, closed, opening }) => {
        const start = Math.ceil(toEpochMs(at) / (15 * MINUTE)) * 15 * MINUTE;
        let quarters = 0;
        for (let quarter = 0; quarter < 96; quarter += 1) {
          const local = Temporal.Instant.fromEpochMilliseconds(
            start + quarter * 15 * MINUTE,
          ).toZonedDateTimeISO(zone);
          const minute = local.hour * 60 + local.minute;
          const isIn = (days[local.dayOfWeek - 1] ?? []).some(([from, to]) => from <= minute && minute < to);
          if (isIn && !closed.includes(local.toPlainDate().toString())) quarters += 1;
        }

        expect(openHoursBetween(toInstant(start), toInstant(start + 24 * HOUR), opening)).toBe(quarters / 4);
      }),
      runs,
    );
  });

  it('that overlap count as one', () => {
    fc.assert(
      fc.property(near, hours, ({ zone, at, days, closed, opening }, n) => {
        const plain = openingOf(zone, days.map(joined), closed);

        expect(addOpenHours(at, n, opening)).toBe(addOpenHours(at, n, plain));
        expect(nextOpen(at, opening)).toBe(nextOpen(at, plain));
        expect(lastOpen(at, opening)).toBe(lastOpen(at, plain));
        expect(isOpen(at, opening)).toBe(isOpen(at, plain));
      }),
      runs,
    );
  });

  it('the next one is open and not before, and no hour is skipped', () => {
    fc.assert(
      fc.property(near, ({ at, opening }) => {
        const next = nextOpen(at, opening);

        expect(isOpen(next, opening)).toBe(true);
        expect(toEpochMs(next)).toBeGreaterThanOrEqual(toEpochMs(at));
        expect(openHoursBetween(at, next, opening)).toBe(0);
      }),
      runs,
    );
  });

  it('the last one is open and not after, and nothing but its last minute is skipped', () => {
    fc.assert(
      fc.property(near, ({ at, opening }) => {
        const last = lastOpen(at, opening);

        expect(isOpen(last, opening)).toBe(true);
        expect(toEpochMs(last)).toBeLessThanOrEqual(toEpochMs(at));
        expect(openHoursBetween(last, at, opening)).toBeLessThanOrEqual(1 / 60);
        expect(lastOpen(nextOpen(at, opening), opening)).toBe(nextOpen(at, opening));
      }),
      runs,
    );
  });

  it('a holiday never counts and is never open', () => {
    fc.assert(
      fc.property(near, later, ({ zone, at, days, opening }, ms) => {
        const end = plus(at, ms);
        const first = Temporal.PlainDate.from(dayOf(at, zone));
        const all = Array.from({ length: 8 }, (_, index) => first.add({ days: index }).toString());
        const closed = openingOf(zone, days, all);

        expect(openHoursBetween(at, end, closed)).toBe(0);
        expect(isOpen(at, closed)).toBe(false);
        expect(openHoursBetween(at, end, opening)).toBeLessThanOrEqual(
          openHoursBetween(at, end, openingOf(zone, days)),
        );
      }),
      runs,
    );
  });

  it('closing time is the end of the same day’s last hours', () => {
    fc.assert(
      fc.property(near, ({ zone, at, opening }) => {
        const open = nextOpen(at, opening);
        const close = closeOfDay(open, opening);
        const nextDay = Temporal.PlainDate.from(dayOf(open, zone)).add({ days: 1 }).toPlainDateTime();
        const midnight = toInstant(atLocalTime(nextDay, zone).epochMilliseconds);

        /* In Nuuk clocks go from 23:00 to midnight: hours that end in that gap end with the day. */
        expect(dayOf(plus(close, -1), zone)).toBe(dayOf(open, zone));
        expect(isOpen(plus(close, -1), opening)).toBe(true);
        expect(openHoursBetween(close, midnight, opening)).toBe(0);
      }),
      runs,
    );
  });
});

describe('a local time in a form', () => {
  it('comes back as it was, except where the clocks show it twice: then as the first', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: changes.length - 1 }),
        fc.integer({ min: -240, max: 240 }),
        (index, minutes) => {
          const { zone, at, jump } = changes[index] ?? { zone: 'UTC', at: 0, jump: 0 };
          const isSecond = minutes >= 0 && minutes < -jump;
          const instant = toInstant(at + minutes * MINUTE);

          const back = fromLocal(toLocal(instant, zone), zone);

          expect(back).toBe(isSecond ? plus(instant, jump * MINUTE) : instant);
        },
      ),
      { numRuns: 500 },
    );
  });
});
