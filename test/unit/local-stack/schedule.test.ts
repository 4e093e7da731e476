import { describe, expect, it } from 'vitest';
import { nextTime } from '../../../lib/local/schedule/expression.ts';

const after = Date.parse('2026-03-05T09:07:00.000Z');
const next = (expression: string, timeZone = 'UTC') =>
  new Date(nextTime(expression, timeZone, after)).toISOString();

describe('a schedule', () => {
  it.each([
    ['rate(1 minute)', '2026-03-05T09:08:00.000Z'],
    ['rate(12 hours)', '2026-03-05T21:07:00.000Z'],
    ['rate(1 day)', '2026-03-06T09:07:00.000Z'],
    ['cron(0/15 * * * ? *)', '2026-03-05T09:15:00.000Z'],
    ['cron(7 9 * * ? *)', '2026-03-06T09:07:00.000Z'],
    ['cron(0 18 ? * MON-FRI *)', '2026-03-05T18:00:00.000Z'],
    ['cron(30 8 ? * SUN,SAT *)', '2026-03-07T08:30:00.000Z'],
    ['cron(0 0 1 JAN ? 2028)', '2028-01-01T00:00:00.000Z'],
    ['cron(0 0 29 2 ? *)', '2028-02-29T00:00:00.000Z'],
  ])('%s comes next at %s', (expression, expected) => {
    expect(next(expression)).toBe(expected);
  });

  it('keeps the hour of its own zone across a change of the clocks', () => {
    const march = nextTime('cron(0 9 * * ? *)', 'Europe/Berlin', Date.parse('2026-03-28T12:00:00Z'));

    expect(next('cron(0 9 * * ? *)', 'Europe/Berlin')).toBe('2026-03-06T08:00:00.000Z');
    expect(new Date(march).toISOString()).toBe('2026-03-29T07:00:00.000Z');
  });

  it.each([
    ['rate(0 days)', 'is not played'],
    ['every day', 'is not played'],
    ['at(2026-04-01T00:00:00)', 'is not played'],
    ['cron(0 9 * * ?)', 'has 5 fields; it takes six'],
    ['cron(0 25 * * ? *)', '25 in hours is outside 0-23'],
    ['cron(0 9 L * ? *)', 'L in day of month of a cron expression is not played'],
    ['cron(0 0 31 2 ? *)', 'does not come within ten years'],
  ])('%s is refused with what is wrong', (expression, message) => {
    expect(() => next(expression)).toThrow(message);
  });
});
