/** Units times prices, checked against sums done by hand. */
import { describe, expect, it } from 'vitest';
import { billOf, total } from '../../../lib/cost/bill.ts';
import { capacityOf, loadOf } from '../../../lib/cost/capacity.ts';
import type { PathTable } from '../../../lib/cost/measure-paths.ts';
import { monthlyOf } from '../../../lib/cost/monthly.ts';
import { less, mixed, type Units } from '../../../lib/cost/units.ts';

const units = (with_: Partial<Units> = {}): Units => ({
  stateTransitions: 0,
  mails: 0,
  lambdaRequests: 0,
  writeUnits: 0,
  readUnits: 0,
  queueCalls: 0,
  httpRequests: 0,
  pages: 0,
  logBytes: 0,
  ...with_,
});
const MILLION = 1_000_000;

describe('the bill of a million sales', () => {
  it.each<[string, Partial<Units>, number]>([
    ['five transitions', { stateTransitions: 5 }, 125],
    ['two mails', { mails: 2 }, 200],
    ['sixteen write and eighteen read units', { writeUnits: 16, readUnits: 18 }, 12.25],
    ['eight calls of 100 ms at half a gigabyte', { lambdaRequests: 8 }, 8 * (0.2 + 0.05 * 13.3334)],
    ['three requests', { httpRequests: 3 }, 3],
    ['three calls of a queue', { queueCalls: 3 }, 1.2],
    ['2.5 kB of log', { logBytes: 2500 }, 1.25],
    ['a page to a phone', { pages: 1 }, 0.5],
  ])('of %s', (_, used, dollars) => {
    expect(total(billOf(units(used), MILLION))).toBeCloseTo(dollars, 6);
  });

  it('names the dearest first', () => {
    const bill = billOf(units({ stateTransitions: 1, mails: 1, httpRequests: 1 }), MILLION);

    expect(bill.slice(0, 3).map(({ item }) => item)).toEqual(['SES', 'Step Functions', 'HTTP API']);
  });

  it('of a mix is the mean of its paths', () => {
    const paths = {
      happy: units({ mails: 1 }),
      reminded: units({ mails: 2 }),
      silent: units({ mails: 3 }),
      unhappy: units({ mails: 2 }),
    };

    expect(mixed(paths, { happy: 20, reminded: 10, silent: 65, unhappy: 5 }).mails).toBeCloseTo(2.45, 9);
  });

  it('counts what was used in between', () => {
    expect(less(units({ mails: 7, logBytes: 10 }), units({ mails: 5, logBytes: 4 }))).toEqual(
      units({ mails: 2, logBytes: 6 }),
    );
  });
});

describe('what stands still', () => {
  const template = {
    Resources: {
      One: { Type: 'AWS::CloudWatch::Alarm', Properties: { MetricName: 'Errors' } },
      Two: {
        Type: 'AWS::CloudWatch::Alarm',
        Properties: { Metrics: [{ Expression: 'a+b' }, { MetricStat: {} }, { MetricStat: {} }] },
      },
      Board: { Type: 'AWS::CloudWatch::Dashboard', Properties: {} },
      Key: { Type: 'AWS::KMS::Key', Properties: {} },
      Feed: { Type: 'AWS::Lambda::EventSourceMapping', Properties: {} },
      Often: { Type: 'AWS::Events::Rule', Properties: { ScheduleExpression: 'rate(5 minutes)' } },
      Hourly: { Type: 'AWS::Events::Rule', Properties: { ScheduleExpression: 'cron(5 * * * ? *)' } },
      Daily: { Type: 'AWS::Events::Rule', Properties: { ScheduleExpression: 'cron(10 4 * * ? *)' } },
    },
  };
  const of = (item: string) => monthlyOf(template).find((line) => line.item === item);

  it('is counted from the template', () => {
    expect(of('metrics that alarms watch')?.dollars).toBeCloseTo(0.3, 9);
    expect(of('dashboards beyond three')?.dollars).toBe(0);
    expect(of('keys')?.dollars).toBe(1);
    expect(of('polls of the queues')?.uses).toBe('657,000');
    expect(of('calls by the clock')?.uses).toBe(
      (8760 + 730 + 730 / 24).toLocaleString('en-US', { maximumFractionDigits: 0 }),
    );
  });
});

describe('a day of 86,400 sales, one a second', () => {
  const path = {
    units: units({ stateTransitions: 4, mails: 2, lambdaRequests: 8, httpRequests: 3 }),
    followUpDays: 20,
    promiseDays: 0,
    transitions: { followUp: 4, promise: 0 },
    historyEvents: 20,
  };
  const paths: PathTable = { happy: path, reminded: path, silent: path, unhappy: path };
  const mix = { happy: 100, reminded: 0, silent: 0, unhappy: 0 };
  const given = {
    paths,
    mix,
    salesPerDay: 86_400,
    region: 'eu-central-1',
    asking: { hoursAWeek: 35, daysAWeek: 5 },
  };

  it('asks for what can be counted on fingers', () => {
    expect(loadOf(given)).toEqual({
      open: 1_728_000,
      starts: 10,
      transitions: 40,
      signals: 30,
      'mails-a-day': 241_920,
      'mails-a-second': 9.6,
      'calls-at-once': 8,
      requests: 30,
    });
  });

  it('says which quota is nearest, and for how many sales a day it is enough', () => {
    const [first, second] = capacityOf(given);

    expect(first).toMatchObject({
      limits: 'mails-a-day',
      share: expect.closeTo(4.8384, 9),
      enoughFor: expect.closeTo(12_500, 6),
    });
    expect(second).toMatchObject({ limits: 'open', share: 1.728, enoughFor: expect.closeTo(35_000, 6) });
  });

  it('knows that some regions have larger rates', () => {
    const shareIn = (region: string) =>
      capacityOf({ ...given, region }).find(({ limits }) => limits === 'transitions')?.share;

    expect(shareIn('eu-central-1')).toBeCloseTo(40 / 800, 9);
    expect(shareIn('us-east-1')).toBeCloseTo(40 / 5000, 9);
  });
});
