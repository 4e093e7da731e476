import { describe, expect, it } from 'vitest';
import { fromLocal, toEpochMs, toInstant } from '../../../../functions/core/calendar.ts';
import type { Entry } from '../../../../functions/core/journal.ts';
import { clockNotices, dueNotices, nextClock } from '../../../../functions/core/promises/notices.ts';
import {
  by,
  call,
  clocksOf,
  closedOn,
  config,
  due,
  keysOf,
  later,
  onVisit,
  promiseIn,
  zurich,
} from '../../../fixtures/clocks.ts';

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
