/**
 * When an alarm changes, after "Configuring how CloudWatch alarms treat missing data" and "Avoiding premature transitions
 * to alarm state" of the CloudWatch user guide. To tell missing data from late data CloudWatch looks further back than
 * the alarm asks; how far it does not promise, its examples have two periods more, and so has this.
 */
import type { AlarmState } from './board.ts';
import type { Values } from './metric.ts';

const COMPARISONS = {
  GreaterThanThreshold: { is: (value: number, limit: number) => value > limit, words: 'greater than' },
  GreaterThanOrEqualToThreshold: {
    is: (value: number, limit: number) => value >= limit,
    words: 'greater than or equal to',
  },
  LessThanThreshold: { is: (value: number, limit: number) => value < limit, words: 'less than' },
  LessThanOrEqualToThreshold: {
    is: (value: number, limit: number) => value <= limit,
    words: 'less than or equal to',
  },
} as const;
export type Comparison = keyof typeof COMPARISONS;
export const COMPARISON_NAMES = [
  'GreaterThanThreshold',
  'GreaterThanOrEqualToThreshold',
  'LessThanThreshold',
  'LessThanOrEqualToThreshold',
] as const satisfies readonly Comparison[];

export type AlarmRule = {
  readonly comparison: Comparison;
  readonly threshold: number;
  /** N: so many data points are looked at. */
  readonly evaluationPeriods: number;
  /** M: so many of them must be beyond the threshold. */
  readonly datapointsToAlarm: number;
  readonly missing: 'missing' | 'ignore' | 'breaching' | 'notBreaching';
};

const FURTHER_BACK = 2;

/** How many data points CloudWatch fetches, the newest last. */
export const evaluationRange = ({ evaluationPeriods }: AlarmRule): number => evaluationPeriods + FURTHER_BACK;

/** A data point that there is. */
export type Datapoint = { readonly slot: number; readonly value: number };

export type Verdict = {
  /** undefined: the alarm stays as it is. */
  readonly state: AlarmState | undefined;
  /** Those the verdict was made from, oldest first. */
  readonly datapoints: readonly Datapoint[];
  /** How many had to be made up. */
  readonly missing: number;
};

const stateOf = (rule: AlarmRule, range: number, points: readonly Datapoint[], missing: number) => {
  const breaching = points.filter(({ value }) => COMPARISONS[rule.comparison].is(value, rule.threshold));
  const counted = breaching.length + (rule.missing === 'breaching' ? missing : 0);
  if (counted >= rule.datapointsToAlarm) return 'ALARM';
  const isPlain = rule.missing === 'breaching' || rule.missing === 'notBreaching' || missing === 0;
  if (isPlain || breaching.length < points.length) return 'OK';
  if (rule.missing === 'ignore') return undefined;
  const [oldest] = breaching;
  if (oldest === undefined) return 'INSUFFICIENT_DATA';
  // Nothing but breaching points and gaps since: an alarm, as soon as the oldest could have been followed by enough.
  return range - oldest.slot >= rule.datapointsToAlarm ? 'ALARM' : undefined;
};

/** `values` are those of the evaluation range, oldest first. */
export const judge = (rule: AlarmRule, values: Values): Verdict => {
  const points = values.flatMap((value, slot) => (value === undefined ? [] : [{ slot, value }]));
  const datapoints = points.slice(-rule.evaluationPeriods);
  const missing = rule.evaluationPeriods - datapoints.length;
  return { state: stateOf(rule, values.length, datapoints, missing), datapoints, missing };
};

/** `1.0` as CloudWatch writes it. */
const number = (value: number) => (Number.isInteger(value) ? `${value}.0` : String(value));

const two = (value: number) => String(value).padStart(2, '0');

const moment = (at: number) => {
  const time = new Date(at);
  const day = [time.getUTCDate(), time.getUTCMonth() + 1, time.getUTCFullYear() % 100].map(two).join('/');
  return `${day} ${time.toISOString().slice(11, 19)}`;
};

const counted = (count: number, word: string) => `${count} ${word}${count === 1 ? '' : 's'}`;

const were = (count: number) => (count === 1 ? 'was' : 'were');

const reasonOfMissing = (rule: AlarmRule, missing: number) => {
  const treated = rule.missing === 'breaching' ? 'Breaching' : 'NonBreaching';
  return `Threshold Crossed: no datapoints were received for ${counted(missing, 'period')} and ${counted(missing, 'missing datapoint')} ${were(missing)} treated as [${treated}].`;
};

/** Why, in CloudWatch's words. `startOf` gives the beginning of a data point's period. */
export const reasonOf = (
  rule: AlarmRule,
  { state, datapoints, missing }: Verdict & { state: AlarmState },
  startOf: (slot: number) => number,
): string => {
  if (state === 'INSUFFICIENT_DATA')
    return `Insufficient Data: ${counted(missing, 'datapoint')} ${were(missing)} unknown.`;
  const { evaluationPeriods, datapointsToAlarm, threshold } = rule;
  const { is, words } = COMPARISONS[rule.comparison];
  const isAlarm = state === 'ALARM';
  const telling = datapoints.filter(({ value }) => is(value, threshold) === isAlarm).toReversed();
  if (telling.length === 0) return reasonOfMissing(rule, missing);
  const list = telling.map(({ slot, value }) => `${number(value)} (${moment(startOf(slot))})`).join(', ');
  const least = isAlarm ? datapointsToAlarm : evaluationPeriods - datapointsToAlarm + 1;
  return [
    `Threshold Crossed: ${telling.length} out of the last ${counted(evaluationPeriods, 'datapoint')} [${list}]`,
    `${were(telling.length)} ${isAlarm ? '' : 'not '}${words} the threshold (${number(threshold)})`,
    `(minimum ${counted(least, 'datapoint')} for ${isAlarm ? 'OK -> ALARM' : 'ALARM -> OK'} transition).`,
  ].join(' ');
};
