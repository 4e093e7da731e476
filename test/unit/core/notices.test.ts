import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromLocal, isOpen, laterOf, toEpochMs, toInstant } from '../../../functions/core/calendar.ts';
import type { Configuration } from '../../../functions/core/configuration.ts';
import { Entry, type EntryOf } from '../../../functions/core/journal.ts';
import { clockNotices, dueNotices, nextClock } from '../../../functions/core/notices.ts';
import { staffOpening } from '../../../functions/core/openings.ts';
import { foldPromises, type OwedPromise } from '../../../functions/core/promise.ts';
import { configuration, configurationInput } from '../../fixtures/configuration.ts';

/** Staff work 09:00-17:00 in Zurich, Monday to Friday; customers are written to 09:30-16:30. */
const config = configuration();
const closedOn = (...days: string[]) =>
  configuration({ hours: { ...configurationInput().hours, holidays: { staff: days, customers: days } } });

/** Local time in Zurich in the week of Monday, 2031-03-03. */
const zurich = (day: number, time: string): string =>
  fromLocal(`2031-03-${String(day).padStart(2, '0')}T${time}`, 'Europe/Zurich') ?? '';

const call = (with_: Partial<EntryOf<'promised'>> = {}): Entry => ({
  type: 'promised',
  at: zurich(3, '09:00'),
  promise: 'call-1',
  kind: 'call',
  because: 'published',
  owner: 'nora',
  level: 0,
  dueAt: zurich(10, '09:00'),
  clock: 'calendar',
  ...with_,
});

const promiseIn = (...entries: Entry[]): OwedPromise => {
  const promise = foldPromises(entries)[0];
  if (promise === undefined) throw new Error('A promise was made');
  return promise;
};

/** `half 2031-03-06T15:59`: without the seconds, which are always zero. */
const clocksOf = (promise: OwedPromise, with_: Configuration = config): string[] =>
  clockNotices(with_, promise).map(({ name, at }) => `${name} ${at.slice(5, 16)}`);
const keysOf = (promise: OwedPromise): string[] =>
  clockNotices(config, promise).map(({ message }) => message);

describe('a call owed within seven days of an order on Monday at nine', () => {
  it('has reminders by day 3.5 and 5.6 within working hours, and a warning to the customer in theirs', () => {
    expect(clocksOf(promiseIn(call()))).toEqual([
      'half 03-06T15:59',
      'at-risk 03-07T15:29',
      'most 03-07T15:59',
    ]);
  });

  it('tells the owner twice and the customer once', () => {
    const told = clockNotices(config, promiseIn(call())).map(({ name, to }) => `${name} ${to}`);

    expect(told).toEqual(['half owner', 'at-risk customer', 'most owner']);
  });

  it('is spoken of once, and earlier, when the days of both reminders are holidays', () => {
    expect(clocksOf(promiseIn(call()), closedOn('2031-03-06', '2031-03-07'))).toEqual([
      'at-risk 03-05T15:29',
      'most 03-05T15:59',
    ]);
  });

  it('is no news to a customer who does not know of it', () => {
    const silent = promiseIn(call({ because: 'silent' }));

    expect(clocksOf(silent)).toEqual(['half 03-06T15:59', 'most 03-07T15:59']);
  });

  it('is not said again to the customer once the head of the business has broken it too', () => {
    const promise = { ...promiseIn(call()), level: 2 as const };

    expect(clocksOf({ ...promise, strikes: 2 })).toContain('at-risk 03-07T15:29');
    expect(clocksOf({ ...promise, strikes: 3 })).toEqual(['half 03-06T15:59', 'most 03-07T15:59']);
  });
});

describe('a promise counted in working hours', () => {
  const asked = { because: 'asked', clock: undefined } as const;

  it('of four hours from Friday 16:00 ends on Monday, and so do its reminders', () => {
    const promise = promiseIn(call({ ...asked, at: zurich(7, '16:00'), dueAt: zurich(10, '12:00') }));

    expect(clocksOf(promise)).toEqual(['half 03-10T09:00', 'most 03-10T10:12', 'at-risk 03-10T10:36']);
    expect(nextClock(config, promise, zurich(7, '16:00'))).toBe(zurich(10, '10:00'));
  });

  it('warns the customer within their hours, when half the work is done by then', () => {
    const two = promiseIn(call({ ...asked, at: zurich(3, '15:00'), dueAt: zurich(3, '17:00') }));
    const one = promiseIn(call({ ...asked, at: zurich(3, '16:00'), dueAt: zurich(3, '17:00') }));

    expect(clocksOf(two)).toEqual(['half 03-03T15:00', 'at-risk 03-03T15:29', 'most 03-03T15:36']);
    expect(clocksOf(one)).toEqual(['half 03-03T15:30', 'most 03-03T15:48', 'at-risk 03-03T15:54']);
  });

  it('is reminded of before closing time, not at it', () => {
    const promise = promiseIn(call({ ...asked, at: zurich(3, '13:00'), dueAt: zurich(4, '13:00') }));

    expect(clocksOf(promise)[0]).toBe('half 03-03T15:59');
  });

  it('moves with a holiday', () => {
    const promise = promiseIn(call({ ...asked, at: zurich(7, '16:00'), dueAt: zurich(11, '12:00') }));

    expect(clocksOf(promise, closedOn('2031-03-10'))[0]).toBe('half 03-11T09:00');
  });
});

describe('a promise due before anybody works again', () => {
  const weekend = promiseIn(call({ at: zurich(7, '18:00'), dueAt: zurich(9, '18:00') }));

  it('reminds nobody at night, but the customer hears before it breaks', () => {
    expect(clocksOf(weekend)).toEqual(['at-risk 03-09T12:12']);
  });

  it('is reminded of in the morning when that is early enough', () => {
    const monday = promiseIn(call({ at: zurich(7, '18:00'), dueAt: zurich(10, '18:00') }));

    expect(clocksOf(monday)).toEqual(['most 03-10T08:00', 'at-risk 03-10T09:48']);
  });
});

/** What happens to a promise, with the fields every such entry has. */
const later = (type: Entry['type'], at: string, fields: Record<string, unknown> = {}): Entry =>
  Entry.parse({ type, at, promise: 'call-1', ...fields });

const by = { n: 1, by: 'nora' };
const wed = zurich(5, '10:00');
const due = (day: number, time: string) => ({ dueAt: zurich(day, time) });
const offered = later('offered', zurich(4, '10:00'), { ...by, to: zurich(12, '12:00'), ...due(6, '10:00') });

describe('what happens to a call kills its clocks and makes', () => {
  const untilFridayNight = ['half 03-06T12:30', 'most 03-07T11:24', 'at-risk 03-07T13:42'];

  it.each<[string, Entry[], string[], number]>([
    [
      'those of the time to keep it, when it is taken',
      [later('taken', wed, { ...by, ...due(7, '10:00') })],
      ['half 03-06T09:00', 'most 03-06T13:48', 'at-risk 03-06T15:24'],
      2,
    ],
    [
      'those of the new time, when it is moved',
      [later('moved', wed, { ...by, ...due(7, '17:00') })],
      untilFridayNight,
      2,
    ],
    ['none, while a new time is offered', [offered], [], 2],
    [
      'those of the offered time, when it is accepted',
      [offered, later('offer-answered', wed, { n: 1, isAccepted: true, ...due(7, '17:00') })],
      untilFridayNight,
      3,
    ],
    [
      'those of finding another way, when it is declined',
      [offered, later('offer-answered', wed, { n: 1, isAccepted: false, ...due(6, '10:00') })],
      ['half 03-05T13:00', 'most 03-05T15:24', 'at-risk 03-05T15:29'],
      3,
    ],
    [
      'the same, when nobody answers the offer',
      [offered, later('offer-lapsed', wed, { n: 1, ...due(7, '17:00') })],
      untilFridayNight,
      3,
    ],
    [
      'those of the new owner, when it is handed over',
      [later('handed-over', wed, { n: 1, from: 'nora', to: 'lio', level: 0, ...due(7, '17:00') })],
      untilFridayNight,
      2,
    ],
    [
      'those of the next level, when it breaks',
      [
        later('escalated', wed, {
          ...{ strike: 1, from: 'nora', owner: 'ines', level: 1, because: 'overdue' },
          ...due(7, '17:00'),
        }),
      ],
      untilFridayNight,
      2,
    ],
    ['none, when staff say it is done', [later('proposed', wed, by)], [], 1],
    ['none, when it is taken back', [later('withdrawn', wed, { ...by, because: 'no-longer-needed' })], [], 1],
    [
      'none, when the customer says it is kept',
      [later('proposed', wed, by), later('judged', wed, { n: 1, isKept: true })],
      [],
      1,
    ],
    [
      'nothing new, when the customer asks for another time: the owner is told, and the time stands',
      [later('wished', wed, { n: 1 })],
      ['half 03-06T15:59', 'at-risk 03-07T15:29', 'most 03-07T15:59'],
      1,
    ],
  ])('%s', (_, entries, expected, term) => {
    const promise = promiseIn(call(), ...entries);

    expect(clocksOf(promise)).toEqual(expected);
    expect(promise.term).toBe(term);
    expect(keysOf(promise).every((key) => key.endsWith(`#${term}`))).toBe(true);
  });
});

const onVisit = { promise: 'visit-1' };
const owedVisit = call({
  ...onVisit,
  kind: 'visit',
  because: 'booked',
  clock: undefined,
  ...due(5, '10:00'),
});
const window = { from: zurich(6, '14:00'), to: zurich(6, '16:00'), ...due(6, '16:15') };
const booked = later('booked', zurich(3, '10:00'), {
  ...{ ...onVisit, ...by, ...window, zone: 'Europe/Zurich', provider: 'lio', needsAcceptance: false },
});
const visit = (...entries: Entry[]) => promiseIn(owedVisit, booked, ...entries);
const tomorrow = ['tomorrow 03-05T13:00', 'tomorrow-provider 03-05T13:00'];
const signs = ['on-your-way 03-06T12:30', 'nobody-on-the-way 03-06T12:35', 'may-be-late 03-06T12:45'];

describe('a visit on Thursday from two to four', () => {
  it('is spoken of the day before, and at 30, 25 and 15 minutes before', () => {
    expect(clocksOf(visit())).toEqual([...tomorrow, ...signs]);
  });

  it('is missed a quarter of an hour after its window, and nothing else happens of itself before', () => {
    expect(nextClock(config, visit(), zurich(6, '13:45'))).toBe(zurich(6, '16:15'));
  });

  it('is spoken of to the customer, the provider and the office', () => {
    const audience = clockNotices(config, visit()).map(({ to }) => to);

    expect(audience).toEqual(['customer', 'provider', 'provider', 'office', 'customer']);
  });

  it.each([
    ['tomorrow', zurich(6, '12:00')],
    ['tomorrow-provider', zurich(6, '12:00')],
    ['on-your-way', zurich(6, '14:00')],
    ['nobody-on-the-way', zurich(6, '16:00')],
    ['may-be-late', zurich(6, '16:00')],
  ])('does not say "%s" once it is too late', (name, until) => {
    const isDue = (now: string) => dueNotices(config, visit(), now).some((notice) => notice.name === name);

    expect(isDue(toInstant(toEpochMs(until) - 1))).toBe(true);
    expect(isDue(until)).toBe(false);
  });

  it('is not announced for tomorrow when it was settled within the last day', () => {
    const soon = later('booked', zurich(5, '14:00'), {
      ...onVisit,
      ...by,
      ...window,
      n: 2,
      zone: 'UTC',
      provider: 'lio',
      needsAcceptance: false,
    });

    expect(clocksOf(visit(soon))).toEqual(signs);
  });

  it('booked for in twenty minutes gives the provider as long to answer as ever', () => {
    const now = later('booked', zurich(6, '13:40'), {
      ...onVisit,
      ...by,
      ...window,
      n: 2,
      zone: 'UTC',
      provider: 'lio',
      needsAcceptance: false,
    });

    expect(clocksOf(visit(now))).toEqual(['nobody-on-the-way 03-06T12:45', 'may-be-late 03-06T12:55']);
  });

  it('happens by the clocks of the place, whatever the shop’s show', () => {
    const from = fromLocal('2031-03-10T09:00', 'America/New_York') ?? '';
    const there = later('booked', zurich(3, '10:00'), {
      ...{ ...onVisit, ...by, n: 2, from, to: '2031-03-10T15:00:00.000Z', dueAt: '2031-03-10T15:15:00.000Z' },
      ...{ zone: 'America/New_York', provider: 'lio', needsAcceptance: false },
    });

    expect(clocksOf(visit(there), closedOn('2031-03-10'))).toEqual([
      'tomorrow 03-09T13:00',
      'tomorrow-provider 03-09T13:00',
      'on-your-way 03-10T12:30',
      'nobody-on-the-way 03-10T12:35',
      'may-be-late 03-10T12:45',
    ]);
  });
});

const thu = zurich(6, '13:50');
const newWindow = { from: zurich(7, '10:00'), to: zurich(7, '12:00'), ...due(7, '12:15') };
const raised = { ...onVisit, strike: 1, from: 'nora', owner: 'ines', level: 1 };
const untilTuesday = ['half 03-07T15:45', 'most 03-10T12:42', 'at-risk 03-10T14:21'];

describe('what happens to a visit', () => {
  it.each<[string, Entry, string[]]>([
    [
      'taken: nothing changes',
      later('taken', thu, { ...onVisit, ...by, ...due(6, '16:15') }),
      [...tomorrow, ...signs],
    ],
    [
      'the customer says it suits: nothing changes',
      later('suits', thu, { ...onVisit, n: 1 }),
      [...tomorrow, ...signs],
    ],
    [
      'the customer asks for another time: it stands until there is one',
      later('wished', thu, { ...onVisit, n: 1 }),
      [...tomorrow, ...signs],
    ],
    [
      'handed over with more time: the customer is still asked after its window',
      later('handed-over', thu, { ...onVisit, n: 1, from: 'nora', to: 'lio', level: 0, ...due(7, '12:00') }),
      [...tomorrow, ...signs, 'did-anyone-come 03-06T15:15'],
    ],
    [
      'on the way: the customer is asked afterwards, and that is all',
      later('on-my-way', thu, { ...onVisit, ...by, ...due(7, '16:15') }),
      [...tomorrow, 'did-anyone-come 03-06T15:15'],
    ],
    [
      'an hour late: everything an hour later',
      later('delayed', zurich(6, '13:00'), {
        ...{ ...onVisit, ...by, from: zurich(6, '15:00'), to: zurich(6, '17:00') },
        ...due(6, '17:15'),
      }),
      ['on-your-way 03-06T13:30', 'nobody-on-the-way 03-06T13:35', 'may-be-late 03-06T13:45'],
    ],
    [
      'ten minutes late: nobody asks again at once who has just said so',
      later('delayed', thu, {
        ...{ ...onVisit, ...by, from: zurich(6, '14:10'), to: zurich(6, '16:10') },
        ...due(6, '16:25'),
      }),
      ['nobody-on-the-way 03-06T12:55', 'may-be-late 03-06T13:05'],
    ],
    [
      'booked for another day: that day’s clocks',
      later('booked', zurich(5, '09:00'), {
        ...onVisit,
        n: 2,
        by: 'nora',
        ...newWindow,
        zone: 'UTC',
        provider: 'lio',
        needsAcceptance: false,
      }),
      [
        'tomorrow 03-06T09:00',
        'tomorrow-provider 03-06T09:00',
        'on-your-way 03-07T08:30',
        'nobody-on-the-way 03-07T08:35',
        'may-be-late 03-07T08:45',
      ],
    ],
    [
      'booked, but nobody answers for it yet: its owner must find somebody before it begins',
      later('booked', zurich(6, '10:00'), {
        ...onVisit,
        n: 2,
        by: 'nora',
        ...newWindow,
        zone: 'UTC',
        provider: 'lio',
        needsAcceptance: true,
      }),
      ['half 03-06T13:00', 'most 03-06T15:24', 'at-risk 03-06T15:29'],
    ],
    [
      'another time offered: the ball is the customer’s',
      later('offered', thu, { ...onVisit, ...by, ...newWindow }),
      [],
    ],
    ['said to be done: none', later('proposed', thu, { ...onVisit, ...by }), []],
    ['taken back: none', later('withdrawn', thu, { ...onVisit, ...by, because: 'no-longer-needed' }), []],
    [
      'not right yet after its window: what is owed now is not that visit',
      later('escalated', zurich(6, '16:30'), { ...raised, because: 'not-yet', ...due(11, '09:00') }),
      untilTuesday,
    ],
    [
      'not right yet before its window: the visit stands',
      later('escalated', thu, { ...raised, because: 'not-yet', ...due(7, '09:00') }),
      [...tomorrow, ...signs, 'did-anyone-come 03-06T15:15'],
    ],
  ])('%s', (_, entry, expected) => {
    expect(clocksOf(visit(entry))).toEqual(expected);
  });

  it('missed: a new one is to be arranged', () => {
    const missed = later('missed', zurich(6, '16:15'), { ...onVisit, ...by, who: 'unknown', by: 'clock' });
    const escalated = later('escalated', zurich(6, '16:30'), {
      ...raised,
      because: 'missed',
      ...due(11, '09:00'),
    });

    expect(clocksOf(visit(missed, escalated))).toEqual(untilTuesday);
  });

  it('offered another time that is declined, or not answered: one is to be found, and the old time is off', () => {
    const offer = later('offered', zurich(5, '10:00'), {
      ...onVisit,
      ...by,
      ...newWindow,
      ...due(6, '10:00'),
    });
    const answer = { ...onVisit, n: 1, ...due(11, '09:00') };
    const declined = later('offer-answered', zurich(6, '16:30'), { ...answer, isAccepted: false });
    const lapsed = later('offer-lapsed', zurich(6, '16:30'), answer);

    expect(clocksOf(visit(offer, declined))).toEqual(untilTuesday);
    expect(clocksOf(visit(offer, lapsed))).toEqual(untilTuesday);
  });

  it('answered for by name: its clocks begin there, and the confirmation stands for the day before', () => {
    const pending = later('booked', zurich(4, '09:00'), {
      ...onVisit,
      n: 2,
      by: 'nora',
      ...newWindow,
      zone: 'UTC',
      provider: 'lio',
      needsAcceptance: true,
    });
    const accepted = later('accepted', zurich(6, '13:00'), { ...onVisit, n: 2, by: 'ines' });

    expect(clocksOf(visit(pending, accepted))).toEqual([
      'on-your-way 03-07T08:30',
      'nobody-on-the-way 03-07T08:35',
      'may-be-late 03-07T08:45',
    ]);
  });

  it('says the same thing under the same key whoever has it, and under a new one for a new window', () => {
    const taken = later('taken', thu, { ...onVisit, ...by, ...due(6, '16:15') });
    const delayed = later('delayed', zurich(6, '13:00'), { ...onVisit, ...by, ...window });

    expect(keysOf(visit(taken))).toEqual(keysOf(visit()));
    expect(keysOf(visit(delayed)).some((key) => keysOf(visit()).slice(2).includes(key))).toBe(false);
  });
});

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
