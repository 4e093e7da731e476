/** What the message of an alarm says about where it comes from (`Trigger`). */
import * as z from 'zod';
import type { AlarmRule } from '../cloudwatch/alarm-rule.ts';
import type { ResourceReader } from './properties.ts';

const Watched = z.object({
  Namespace: z.string().optional(),
  MetricName: z.string().optional(),
  Dimensions: z.array(z.object({ Name: z.string(), Value: z.string() })).default([]),
  Statistic: z.string().optional(),
  ExtendedStatistic: z.string().optional(),
  Metrics: z.array(z.record(z.string(), z.unknown())).optional(),
});
type Watched = z.output<typeof Watched>;

/** `SampleCount` as messages spell it. */
const shouted = (statistic: string) => statistic.replace(/(?<=[a-z])(?=[A-Z])/, '_').toUpperCase();

const statisticOf = ({ Statistic, ExtendedStatistic }: Watched) =>
  Statistic === undefined
    ? { StatisticType: 'ExtendedStatistic', ExtendedStatistic }
    : { StatisticType: 'Statistic', Statistic: shouted(Statistic) };

const metricOf = (watched: Watched) => ({
  MetricName: watched.MetricName,
  Namespace: watched.Namespace,
  ...statisticOf(watched),
  Unit: null,
  Dimensions: watched.Dimensions.map(({ Name, Value }) => ({ value: Value, name: Name })),
});

export const readTrigger = (
  reader: ResourceReader,
  logicalId: string,
  rule: AlarmRule,
  periodMs: number,
): Record<string, unknown> => {
  const watched = reader.read(logicalId, Watched);
  return {
    ...(watched.Metrics === undefined ? metricOf(watched) : {}),
    Period: periodMs / 1000,
    EvaluationPeriods: rule.evaluationPeriods,
    DatapointsToAlarm: rule.datapointsToAlarm,
    ComparisonOperator: rule.comparison,
    Threshold: rule.threshold,
    TreatMissingData: rule.missing,
    EvaluateLowSampleCountPercentile: '',
    ...(watched.Metrics === undefined ? {} : { Metrics: watched.Metrics }),
  };
};
