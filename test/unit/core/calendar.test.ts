import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import {
  addDelay,
  addOpenHours,
  atLocalTime,
  closeOfDay,
  Delay,
  dayOf,
  daysBetween,
  fromLocal,
  isBefore,
  isOpen,
  lastOpen,
  laterOf,
  nextOpen,
  type Opening,
  openHoursBetween,
  secondsBetween,
  toEpochMs,
  toInstant,
  toLocal,
  WEEKDAYS,
  WeeklyHours,
  Zone,
} from '../../../functions/core/calendar.ts';

const ZONES = [
  'Europe/Zurich',
  'Europe/London',
  'America/New_York',
  'America/St_Johns',
  'America/Sao_Paulo',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Chatham',
  'Asia/Kathmandu',
  'Africa/Casablanca',
  'UTC',
];

const office: Opening = {
  zone: 'Europe/Zurich',
  hours: {
    mon: [
      ['09:00', '12:00'],
      ['13:00', '17:00'],
    ],
    tue: [
      ['09:00', '12:00'],
      ['13:00', '17:00'],
    ],
    wed: [['09:00', '17:00']],
    thu: [['09:00', '17:00']],
    fri: [['09:00', '17:00']],
  },
};

const local = (text: string, zone = 'Europe/Zurich') =>
  atLocalTime(Temporal.PlainDateTime.from(text), zone).toString();

describe('a local time as an instant', () => {
  it('is the instant of that wall clock', () => {
    expect(local('2026-11-02T10:00')).toBe('2026-11-02T09:00:00Z');
  });

  it('becomes the next valid minute when the clocks jump over it', () => {
    expect(local('2026-03-29T02:30')).toBe('2026-03-29T01:00:00Z');
    expect(local('2026-03-29T03:00')).toBe('2026-03-29T01:00:00Z');
  });

  it('is the first of two when the clocks go back', () => {
    expect(local('2026-10-25T02:30')).toBe('2026-10-25T00:30:00Z');
  });

  it('skips a whole day where a country skipped one', () => {
    expect(local('2011-12-30T12:00', 'Pacific/Apia')).toBe('2011-12-30T10:00:00Z');
  });
});

describe('opening hours', () => {
  it.each([
    ['at the minute they begin', '2026-11-02T08:00:00.000Z', true],
    ['in their middle', '2026-11-02T10:00:00.000Z', true],
    ['at the minute they end', '2026-11-02T16:00:00.000Z', false],
    ['in the lunch break', '2026-11-02T11:30:00.000Z', false],
    ['on a day left out', '2026-11-01T10:00:00.000Z', false],
  ])('%s: %s is open: %s', (_, instant, expected) => {
    expect(isOpen(instant, office)).toBe(expected);
  });

  it('leave an instant inside them as it is', () => {
    expect(nextOpen('2026-11-02T10:00:00.123Z', office, 30)).toBe('2026-11-02T10:00:00.123Z');
  });

  it('move a night to the morning, spread over its first minutes', () => {
    expect(nextOpen('2026-11-02T02:00:00.000Z', office)).toBe('2026-11-02T08:00:00.000Z');
    expect(nextOpen('2026-11-02T02:00:00.000Z', office, 44)).toBe('2026-11-02T08:44:00.000Z');
  });

  it('move a weekend to Monday', () => {
    expect(nextOpen('2026-10-31T10:00:00.000Z', office)).toBe('2026-11-02T08:00:00.000Z');
  });

  it('never spread past their own end', () => {
    const short: Opening = { zone: 'UTC', hours: { mon: [['09:00', '09:05']] } };

    expect(nextOpen('2026-11-01T10:00:00.000Z', short, 44)).toBe('2026-11-02T09:04:00.000Z');
  });

  it('wait for the next week when today’s lie in the hour that does not exist', () => {
    const night: Opening = { zone: 'Europe/Zurich', hours: { sun: [['02:10', '02:50']] } };

    const next = nextOpen('2026-03-29T00:00:00.000Z', night);

    expect(next).toBe('2026-04-05T00:10:00.000Z');
  });
});

describe('hours that count only while open', () => {
  it('reach over the weekend', () => {
    expect(addOpenHours('2026-11-06T15:00:00.000Z', 4, office)).toBe('2026-11-09T11:00:00.000Z');
  });

  it('leave out the lunch break', () => {
    expect(addOpenHours('2026-11-02T10:00:00.000Z', 2, office)).toBe('2026-11-02T13:00:00.000Z');
  });

  it('begin at the next opening when started at night', () => {
    expect(addOpenHours('2026-11-02T02:00:00.000Z', 1, office)).toBe('2026-11-02T09:00:00.000Z');
  });

  it('count a day of a clock change as long as it was', () => {
    const around: Opening = { zone: 'Europe/Zurich', hours: { sun: [['00:00', '06:00']] } };

    expect(addOpenHours('2026-03-28T23:00:00.000Z', 5, around)).toBe('2026-03-29T04:00:00.000Z');
    expect(addOpenHours('2026-10-24T22:00:00.000Z', 7, around)).toBe('2026-10-25T05:00:00.000Z');
  });

  it('count overlapping intervals once', () => {
    const overlapping: Opening = {
      zone: 'UTC',
      hours: {
        mon: [
          ['09:00', '17:00'],
          ['10:00', '11:00'],
        ],
      },
    };

    expect(addOpenHours('2026-11-02T09:00:00.000Z', 9, overlapping)).toBe('2026-11-09T10:00:00.000Z');
  });

  it('end at closing time also when they are a fraction that no number holds exactly', () => {
    const closing = '2026-11-04T16:00:00.000Z';
    const starts = Array.from({ length: 420 }, (_, minute) =>
      toInstant(toEpochMs(closing) - minute * 60_000),
    );

    const late = starts.filter(
      (start) =>
        addOpenHours(start, openHoursBetween(start, closing, office), office) > closing && start < closing,
    );

    expect(late).toEqual([]);
  });

  it('refuse hours that never open instead of searching for ever', () => {
    const never: Opening = { zone: 'UTC', hours: {} };

    expect(() => addOpenHours('2026-11-02T09:00:00.000Z', 1, never)).toThrow(RangeError);
    expect(() => nextOpen('2026-11-02T09:00:00.000Z', never)).toThrow(RangeError);
  });
});

describe('the last opening before a time', () => {
  it.each([
    ['inside it, is that time', '2026-11-02T10:00:00.000Z', '2026-11-02T10:00:00.000Z'],
    [
      'in the lunch break, is the last minute of the morning',
      '2026-11-02T11:30:00.000Z',
      '2026-11-02T10:59:00.000Z',
    ],
    ['at closing time, is the minute before', '2026-11-02T16:00:00.000Z', '2026-11-02T15:59:00.000Z'],
    ['at night, is the last minute of the day', '2026-11-03T02:00:00.000Z', '2026-11-02T15:59:00.000Z'],
    ['on Sunday, is the last minute of Friday', '2026-11-08T12:00:00.000Z', '2026-11-06T15:59:00.000Z'],
  ])('%s', (_, instant, expected) => {
    expect(lastOpen(instant, office)).toBe(expected);
  });

  it('does not exist where nothing ever opens', () => {
    expect(() => lastOpen('2026-11-02T09:00:00.000Z', { zone: 'UTC', hours: {} })).toThrow(RangeError);
  });
});

describe('days on which nobody works', () => {
  const monday = '2026-11-02';
  const closed: Opening = { ...office, closed: [monday] };

  it('are not open, and work goes on the day after', () => {
    expect(isOpen('2026-11-02T10:00:00.000Z', closed)).toBe(false);
    expect(nextOpen('2026-11-02T10:00:00.000Z', closed)).toBe('2026-11-03T08:00:00.000Z');
    expect(lastOpen('2026-11-02T10:00:00.000Z', closed)).toBe('2026-10-30T15:59:00.000Z');
  });

  it('count neither as hours nor as business days', () => {
    expect(addOpenHours('2026-10-30T15:00:00.000Z', 2, closed)).toBe('2026-11-03T09:00:00.000Z');
    expect(openHoursBetween('2026-10-30T15:00:00.000Z', '2026-11-03T09:00:00.000Z', closed)).toBe(2);
    expect(addDelay('2026-10-30T10:00:00.000Z', { businessDays: 1 }, closed)).toBe(
      '2026-11-03T10:00:00.000Z',
    );
  });

  it('are days of the opening’s own zone', () => {
    const auckland: Opening = {
      zone: 'Pacific/Auckland',
      hours: { mon: [['08:00', '20:00']] },
      closed: [monday],
    };

    expect(isOpen('2026-11-01T20:00:00.000Z', auckland)).toBe(false);
    expect(isOpen('2026-11-08T20:00:00.000Z', auckland)).toBe(true);
  });

  it('may be half a year in a row, as for a ski hire in summer', () => {
    const summer = Array.from({ length: 230 }, (_, index) =>
      Temporal.PlainDate.from('2026-04-13').add({ days: index }).toString(),
    );
    const winter: Opening = { ...office, closed: summer };

    expect(nextOpen('2026-04-13T10:00:00.000Z', winter)).toBe('2026-11-30T08:00:00.000Z');
    expect(lastOpen('2026-11-28T10:00:00.000Z', winter)).toBe('2026-04-10T14:59:00.000Z');
    expect(addOpenHours('2026-04-10T14:00:00.000Z', 2, winter)).toBe('2026-11-30T09:00:00.000Z');
  });

  it('may not be all there are: business days then end in an error instead of never', () => {
    const never: Opening = { zone: 'UTC', hours: {} };

    expect(() => addDelay('2026-11-02T10:00:00.000Z', { businessDays: 1 }, never)).toThrow(RangeError);
  });
});

describe('closing time', () => {
  it('is the end of the last hours of the day', () => {
    expect(closeOfDay('2026-11-02T09:00:00.000Z', office)).toBe('2026-11-02T16:00:00.000Z');
  });

  it('has passed for whoever asks in the evening', () => {
    expect(closeOfDay('2026-11-02T19:00:00.000Z', office)).toBe('2026-11-02T19:00:00.000Z');
  });
});

describe('hours between two times', () => {
  it('leave out nights, lunch and the weekend', () => {
    expect(openHoursBetween('2026-11-06T15:00:00.000Z', '2026-11-09T12:00:00.000Z', office)).toBe(4);
  });

  it('are none backwards, and none while closed', () => {
    expect(openHoursBetween('2026-11-03T15:00:00.000Z', '2026-11-02T10:00:00.000Z', office)).toBe(0);
    expect(openHoursBetween('2026-11-07T08:00:00.000Z', '2026-11-08T20:00:00.000Z', office)).toBe(0);
  });

  it('count overlapping intervals once', () => {
    const overlapping: Opening = {
      zone: 'UTC',
      hours: {
        mon: [
          ['09:00', '12:00'],
          ['11:00', '15:00'],
          ['10:00', '11:00'],
        ],
      },
    };

    expect(openHoursBetween('2026-11-02T00:00:00.000Z', '2026-11-03T00:00:00.000Z', overlapping)).toBe(6);
  });
});

describe('a local time in a form', () => {
  it('is an instant and back', () => {
    expect(fromLocal('2026-12-24T14:30', 'Europe/Zurich')).toBe('2026-12-24T13:30:00.000Z');
    expect(toLocal('2026-12-24T13:30:00.000Z', 'Europe/Zurich')).toBe('2026-12-24T14:30');
  });

  it.each([
    '',
    '2026-12-24',
    '2026-02-30T10:00',
    '2026-12-24T24:00',
    '2026-12-24T10:60',
    '2026-12-24T10:00Z',
  ])('is none when it says "%s"', (text) => {
    expect(fromLocal(text, 'Europe/Zurich')).toBeUndefined();
  });
});

describe('a delay', () => {
  it('in days keeps the local time of day across a clock change', () => {
    expect(addDelay('2026-10-24T08:00:00.000Z', { days: 2 }, office)).toBe('2026-10-26T09:00:00.000Z');
  });

  it('in part days adds the rest in hours', () => {
    expect(addDelay('2026-11-02T08:00:00.000Z', { days: 1.5 }, office)).toBe('2026-11-03T20:00:00.000Z');
  });

  it('in hours is elapsed time', () => {
    expect(addDelay('2026-10-24T08:00:00.000Z', { hours: 48 }, office)).toBe('2026-10-26T08:00:00.000Z');
  });

  it('in business days counts only days with opening hours', () => {
    expect(addDelay('2026-11-06T10:00:00.000Z', { businessDays: 2 }, office)).toBe(
      '2026-11-10T10:00:00.000Z',
    );
  });

  it.each([{ days: 0 }, { days: -1 }, { businessDays: 1.5 }, { hours: 0 }, { weeks: 1 }, {}])(
    'is refused when it says %o',
    (delay) => {
      expect(Delay.safeParse(delay).success).toBe(false);
    },
  );
});

describe('counting', () => {
  it('gives at least one second, also backwards', () => {
    expect(secondsBetween('2026-11-02T09:00:00.000Z', '2026-11-02T08:00:00.000Z')).toBe(1);
    expect(secondsBetween('2026-11-02T09:00:00.000Z', '2026-11-02T09:00:01.001Z')).toBe(2);
  });

  it('counts local days, not spans of 24 hours', () => {
    expect(daysBetween('2026-11-02T22:30:00.000Z', '2026-11-03T23:30:00.000Z', 'Europe/Zurich')).toBe(2);
  });

  it('finds the earlier of two instants however they are written', () => {
    expect(isBefore('2026-11-02T09:00:00Z', '2026-11-02T09:00:00.500Z')).toBe(true);
    expect(isBefore('2026-11-02T09:00:00.000Z', '2026-11-02T09:00:00Z')).toBe(false);
  });

  it('names the day where somebody is', () => {
    expect(dayOf('2026-11-02T23:30:00.000Z', 'Europe/Zurich')).toBe('2026-11-03');
    expect(dayOf('2026-11-02T23:30:00.000Z', 'America/New_York')).toBe('2026-11-02');
  });

  it('writes instants with milliseconds whatever they were read from', () => {
    expect(laterOf('2026-11-02T09:00:00Z', '2026-11-02T08:00:00.5Z')).toBe('2026-11-02T09:00:00.000Z');
  });
});

describe('what a shop may write', () => {
  it.each<[unknown, string]>([
    [{}, 'no day at all'],
    [{ mon: [] }, 'a day without hours'],
    [{ mon: [['9:00', '17:00']] }, 'a time without a leading zero'],
    [{ mon: [['17:00', '09:00']] }, 'an end before the start'],
    [{ mon: [['09:00', '24:00']] }, 'hour 24'],
    [{ monday: [['09:00', '17:00']] }, 'an unknown day'],
  ])('refuses %o: %s', (hours, _) => {
    expect(WeeklyHours.safeParse(hours).success).toBe(false);
  });

  it('accepts IANA zones and refuses what is none', () => {
    expect(Zone.safeParse('America/St_Johns').success).toBe(true);
    expect(Zone.safeParse('Swiss time').success).toBe(false);
  });
});

/** Whole minutes; at least half an hour long. */
const interval = fc
  .tuple(fc.integer({ min: 0, max: 1380 }), fc.integer({ min: 30, max: 600 }))
  .map(([from, length]): [string, string] => {
    const text = (minutes: number) =>
      `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
    return [text(from), text(Math.min(from + length, 1439))];
  });

const opening: fc.Arbitrary<Opening> = fc.record({
  zone: fc.constantFrom(...ZONES),
  hours: fc.uniqueArray(fc.constantFrom(...WEEKDAYS), { minLength: 1 }).chain((days) =>
    fc
      .array(fc.array(interval, { minLength: 1, maxLength: 3 }), {
        minLength: days.length,
        maxLength: days.length,
      })
      .map((intervals) => Object.fromEntries(days.map((day, index) => [day, intervals[index] ?? []]))),
  ),
});

/** 2024 to 2028: clock changes in both directions, a leap day. */
const instant = fc.integer({ min: 1_704_067_200_000, max: 1_861_920_000_000 }).map(toInstant);
const hours = fc.integer({ min: 1, max: 240 }).map((quarters) => quarters / 4);
const runs = { numRuns: 150 };

describe('laws of opening hours, in any zone', () => {
  it('the next opening is open and not before', () => {
    fc.assert(
      fc.property(instant, opening, fc.integer({ min: 0, max: 44 }), (from, hoursOf, spread) => {
        const next = nextOpen(from, hoursOf, spread);

        expect(isOpen(next, hoursOf)).toBe(true);
        expect(next >= from).toBe(true);
      }),
      runs,
    );
  });

  it('the next opening of the next opening is itself', () => {
    fc.assert(
      fc.property(instant, opening, (from, hoursOf) => {
        const next = nextOpen(from, hoursOf);

        expect(nextOpen(next, hoursOf)).toBe(next);
      }),
      runs,
    );
  });

  it('a later start never has an earlier next opening or due time', () => {
    fc.assert(
      fc.property(
        instant,
        fc.integer({ min: 0, max: 900_000_000 }),
        opening,
        hours,
        (from, gap, hoursOf, n) => {
          const later = toInstant(toEpochMs(from) + gap);

          expect(nextOpen(later, hoursOf) >= nextOpen(from, hoursOf)).toBe(true);
          expect(addOpenHours(later, n, hoursOf) >= addOpenHours(from, n, hoursOf)).toBe(true);
        },
      ),
      runs,
    );
  });

  it('hours added in two parts are hours added at once', () => {
    fc.assert(
      fc.property(instant, opening, hours, hours, (from, hoursOf, a, b) => {
        expect(addOpenHours(addOpenHours(from, a, hoursOf), b, hoursOf)).toBe(
          addOpenHours(from, a + b, hoursOf),
        );
      }),
      runs,
    );
  });

  it('a due time falls in opening hours or on their very end', () => {
    fc.assert(
      fc.property(instant, opening, hours, (from, hoursOf, n) => {
        const due = toEpochMs(addOpenHours(from, n, hoursOf));

        expect(isOpen(toInstant(due - 1), hoursOf)).toBe(true);
      }),
      runs,
    );
  });

  it('at least as much time passes as hours were added', () => {
    fc.assert(
      fc.property(instant, opening, hours, (from, hoursOf, n) => {
        const elapsed = toEpochMs(addOpenHours(from, n, hoursOf)) - toEpochMs(from);

        expect(elapsed).toBeGreaterThanOrEqual(n * 3_600_000);
      }),
      runs,
    );
  });
});
