import { describe, expect, it } from 'vitest';
import {
  type AlarmRule,
  evaluationRange,
  judge,
  reasonOf,
} from '../../../lib/local/cloudwatch/alarm-rule.ts';

const RULE: AlarmRule = {
  comparison: 'GreaterThanThreshold',
  threshold: 0,
  evaluationPeriods: 3,
  datapointsToAlarm: 3,
  missing: 'missing',
};

/** `0` is within the threshold, `X` beyond it, `-` missing; the newest is the last. */
const valuesOf = (line: string) =>
  line.split(' ').map((one) => (one === '-' ? undefined : one === 'X' ? 1 : 0));

const TREATMENTS = ['missing', 'ignore', 'breaching', 'notBreaching'] as const;

const KEEPS = 'keeps its state';

/**
 * What becomes of an alarm for each treatment, as CloudWatch documents it in "Configuring how CloudWatch alarms treat
 * missing data", section "How alarm state is evaluated when data is missing": three evaluation periods, an evaluation
 * range of five.
 */
const THREE_OF_THREE = [
  ['0 - X - X', 'OK', 'OK', 'OK', 'OK'],
  ['- - - - 0', 'OK', 'OK', 'OK', 'OK'],
  ['- - - - -', 'INSUFFICIENT_DATA', KEEPS, 'ALARM', 'OK'],
  ['0 X X - X', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
  ['- - X - -', 'ALARM', KEEPS, 'ALARM', 'OK'],
  // Of these two the section "Avoiding premature transitions to alarm state" says that there is no alarm yet.
  ['- - - - X', KEEPS, KEEPS, 'ALARM', 'OK'],
  ['- - - X -', KEEPS, KEEPS, 'ALARM', 'OK'],
  ['- - - X 0', 'OK', 'OK', 'OK', 'OK'],
  ['X X X 0 0', 'OK', 'OK', 'OK', 'OK'],
];
const TWO_OF_THREE = [
  ['0 - X - X', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
  ['0 0 X 0 X', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
  ['0 - X - -', 'OK', 'OK', 'ALARM', 'OK'],
  ['- - - - 0', 'OK', 'OK', 'ALARM', 'OK'],
  ['- - - X -', 'ALARM', KEEPS, 'ALARM', 'OK'],
];

describe('an alarm with missing data', () => {
  const rows = [
    ...THREE_OF_THREE.map(([line = '', ...wanted]) => ({ datapointsToAlarm: 3, line, wanted })),
    ...TWO_OF_THREE.map(([line = '', ...wanted]) => ({ datapointsToAlarm: 2, line, wanted })),
  ];
  it.each(rows)('of $datapointsToAlarm of 3 data points that sees $line is as documented', (row) => {
    const { datapointsToAlarm, line, wanted } = row;

    const found = TREATMENTS.map(
      (missing) => judge({ ...RULE, datapointsToAlarm, missing }, valuesOf(line)).state ?? KEEPS,
    );

    expect(found).toEqual(wanted);
  });

  it('looks at two data points more than it asks for, and at the newest of them', () => {
    const { datapoints, missing } = judge(RULE, valuesOf('X X 0 X X'));

    expect(evaluationRange(RULE)).toBe(5);
    expect(datapoints.map(({ slot }) => slot)).toEqual([2, 3, 4]);
    expect(missing).toBe(0);
  });
});

describe('an alarm', () => {
  it.each([
    ['GreaterThanThreshold', [false, false, true]],
    ['GreaterThanOrEqualToThreshold', [false, true, true]],
    ['LessThanThreshold', [true, false, false]],
    ['LessThanOrEqualToThreshold', [true, true, false]],
  ] as const)('compares by %s', (comparison, wanted) => {
    const rule: AlarmRule = { ...RULE, comparison, threshold: 5, evaluationPeriods: 1, datapointsToAlarm: 1 };

    const found = [4, 5, 6].map((value) => judge(rule, [value]).state === 'ALARM');

    expect(found).toEqual(wanted);
  });

  const startOf = (slot: number) => Date.UTC(2026, 10, 22, 16, slot * 5);
  const reason = (rule: Partial<AlarmRule>, line: string, state: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA') => {
    const whole = { ...RULE, ...rule };
    return reasonOf(whole, { ...judge(whole, valuesOf(line)), state }, startOf);
  };

  it('says in the words of CloudWatch which data points tell, the newest first', () => {
    expect(reason({ datapointsToAlarm: 2 }, '0 0 X 0 X', 'ALARM')).toBe(
      'Threshold Crossed: 2 out of the last 3 datapoints [1.0 (22/11/26 16:20:00), 1.0 (22/11/26 16:10:00)] were greater than the threshold (0.0) (minimum 2 datapoints for OK -> ALARM transition).',
    );
    expect(reason({}, 'X X X X 0', 'OK')).toBe(
      'Threshold Crossed: 1 out of the last 3 datapoints [0.0 (22/11/26 16:20:00)] was not greater than the threshold (0.0) (minimum 1 datapoint for ALARM -> OK transition).',
    );
  });

  it('says that there was nothing', () => {
    expect(reason({ missing: 'breaching' }, '- - - - -', 'ALARM')).toBe(
      'Threshold Crossed: no datapoints were received for 3 periods and 3 missing datapoints were treated as [Breaching].',
    );
    expect(reason({}, '- - - - -', 'INSUFFICIENT_DATA')).toBe(
      'Insufficient Data: 3 datapoints were unknown.',
    );
  });
});
