import { describe, expect, it } from 'vitest';
import {
  addMinutes,
  answerDue,
  answerHours,
  escalatedDue,
  keepDue,
  sameDayDue,
  visitDue,
  visitDueOnceOnTheWay,
} from '../../../../functions/core/promises/deadlines.ts';
import { foldPromises } from '../../../../functions/core/promises/fold.ts';
import type { OwedPromise } from '../../../../functions/core/promises/promise.ts';
import { configuration, configurationInput } from '../../../fixtures/configuration.ts';
import { at, told } from '../../../fixtures/sales.ts';

const config = configuration();
const closedOn = (...days: string[]) =>
  configuration({ hours: { ...configurationInput().hours, holidays: { staff: days } } });

const promise = (with_: Partial<OwedPromise> = {}): OwedPromise => {
  const [made] = foldPromises([told.promised(at(9, '08:00'))]);
  if (made === undefined) throw new Error('One promise was made');
  return { ...made, ...with_ };
};

describe('the time to take a promise', () => {
  it('is four working hours for a resolution: from Friday 16:00 to Monday noon', () => {
    expect(answerDue(config, 'resolve', at(6, '15:00'))).toBe(at(9, '11:00'));
  });

  it('leaves out a holiday', () => {
    expect(answerDue(closedOn('2026-11-09'), 'resolve', at(6, '15:00'))).toBe(at(10, '11:00'));
  });

  it('is an hour when it is urgent, and for the next level too', () => {
    expect(answerDue(config, 'resolve', at(9, '08:00'), 'urgent')).toBe(at(9, '09:00'));
    expect(escalatedDue(config, promise({ severity: 'urgent' }), at(9, '08:00'))).toBe(at(9, '09:00'));
  });

  it('is never longer when urgent than when not', () => {
    const quick = configuration({
      promises: {
        ...configurationInput().promises,
        resolve: { answerHours: 0.5, keepHours: 2, urgentHours: 3 },
      },
    });

    expect(answerHours(quick, 'resolve', 'urgent')).toBe(0.5);
    expect(escalatedDue(quick, promise({ severity: 'urgent' }), at(9, '08:00'))).toBe(at(9, '08:30'));
  });

  it.each([
    [0, 1],
    [1, 1],
    [2, 2],
    [3, 4],
    [4, 8],
    [9, 8],
  ])(
    'grows slowly at the head of the business: after %i strikes it is %i times as long',
    (strikes, times) => {
      const due = escalatedDue(config, promise({ level: 2, strikes }), at(9, '08:00'));

      expect(due).toBe(answerDue(configuration({ promises: hoursTimes(times) }), 'resolve', at(9, '08:00')));
    },
  );

  it('is the same at every level below', () => {
    expect(escalatedDue(config, promise({ level: 1, strikes: 5 }), at(9, '08:00'))).toBe(at(9, '12:00'));
  });
});

const hoursTimes = (times: number) => ({
  ...configurationInput().promises,
  resolve: { answerHours: 4 * times, keepHours: 16 },
});

describe('the time to keep a promise somebody took', () => {
  it('is counted in working hours', () => {
    expect(keepDue(config, 'resolve', at(5, '08:00'))).toBe(at(6, '16:00'));
  });
});

describe('a visit', () => {
  it('counts as missed a quarter of an hour after its window', () => {
    expect(visitDue(config, at(5, '15:00'))).toBe(at(5, '15:15'));
  });

  it('leaves the customer the answering time to say so when somebody was on the way', () => {
    expect(visitDueOnceOnTheWay(config, at(5, '15:00'))).toBe(at(6, '15:15'));
  });
});

describe('the call after a visit nobody came to', () => {
  it.each([
    ['at noon, is due at closing time', at(5, '11:00'), at(5, '16:00')],
    [
      'ten minutes before closing time, is due in the first minutes of the next day',
      at(5, '15:50'),
      at(6, '08:20'),
    ],
    ['in the evening, is due on the next day', at(5, '20:00'), at(6, '16:00')],
    ['on Friday night, is due on Monday', at(6, '20:00'), at(9, '16:00')],
  ])('%s', (_, found, due) => {
    expect(sameDayDue(config, found)).toBe(due);
  });

  it('waits for the day after a holiday', () => {
    expect(sameDayDue(closedOn('2026-11-06'), at(5, '20:00'))).toBe(at(9, '16:00'));
  });
});

it('minutes are elapsed time', () => {
  expect(addMinutes(at(5, '15:00'), -30)).toBe(at(5, '14:30'));
});
