import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../../functions/core/journal.ts';
import { clockNotices, nextClock } from '../../../../functions/core/promises/notices.ts';
import {
  by,
  call,
  clocksOf,
  closedOn,
  config,
  due,
  keysOf,
  later,
  promiseIn,
  zurich,
} from '../../../fixtures/clocks.ts';

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

  it('is not warned of to a customer who was let down twice, nor reminded of once the head has broken it too', () => {
    const promise = { ...promiseIn(call()), level: 2 as const };

    expect(clocksOf({ ...promise, strikes: 1 })).toContain('at-risk 03-07T15:29');
    expect(clocksOf({ ...promise, strikes: 2 })).toEqual(['half 03-06T15:59', 'most 03-07T15:59']);
    expect(clocksOf({ ...promise, strikes: 3 })).toEqual([]);
  });

  it('is not warned of when it follows a missed visit: the apology has said so', () => {
    expect(clocksOf(promiseIn(call({ because: 'missed' })))).toEqual([
      'half 03-06T15:59',
      'most 03-07T15:59',
    ]);
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

const wed = zurich(5, '10:00');
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
