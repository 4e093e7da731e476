/** How alarms and dashboards name numbers: our own by `METRICS`, those of AWS by what they belong to. */
import { Duration } from 'aws-cdk-lib';
import { type IMetric, MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { type MetricName, NAMESPACE } from '../../../functions/core/operations/metrics.ts';

export type Stat = 'Sum' | 'Average' | 'Minimum' | 'Maximum' | 'SampleCount' | `p${number}`;

export type Look = { stat: Stat; period: Duration; label?: string; color?: string };

/** All our numbers have this one dimension, whatever they count. */
const OURS = { service: 'aftercare' };

export const own = (name: MetricName, look: Look): Metric =>
  new Metric({
    namespace: NAMESPACE,
    metricName: name,
    dimensionsMap: OURS,
    statistic: look.stat,
    ...shown(look),
  });

type Aws = { namespace: string; name: string; of: Record<string, string> };

export const aws = ({ namespace, name, of }: Aws, look: Look): Metric =>
  new Metric({
    namespace: `AWS/${namespace}`,
    metricName: name,
    dimensionsMap: of,
    statistic: look.stat,
    ...shown(look),
  });

const shown = ({ period, label, color }: Look) => ({
  period,
  ...(label === undefined ? {} : { label }),
  ...(color === undefined ? {} : { color }),
});

/** Where nothing was told, nothing happened: a series without a hole. */
export const orZero = (id: string): string => `FILL(${id}, 0)`;

/** A counter that is a line at 0 while nothing happens, and not a hole. */
export const counted = (name: MetricName, { stat, ...look }: Look): MathExpression => {
  const id = `c${name}`;
  return math(orZero(id), { [id]: own(name, { stat, period: look.period }) }, look);
};

type Math = { label?: string; color?: string; period: Duration };

/** Metric math over the metrics that are named by their ids. */
export const math = (expression: string, metrics: Record<string, IMetric>, look: Math): MathExpression =>
  new MathExpression({ expression, usingMetrics: metrics, ...shownMath(look) });

const shownMath = ({ label, color, period }: Math) => ({
  period,
  /* An empty label keeps the expression itself from being shown. */
  label: label ?? '',
  ...(color === undefined ? {} : { color }),
});

/**
 * For an alarm on silence: a period without the number counts as 0. Without it CloudWatch would look for older points in
 * place of missing ones, and be late by two periods ("Configuring how CloudWatch alarms treat missing data").
 */
export const told = (metric: IMetric, period: Duration): MathExpression =>
  math(orZero('told'), { told: metric }, { period });

/**
 * Over several metrics at once; a number that is not told counts as 0. Within one widget each needs ids of its own: `a`
 * makes `a1`, `a2` and so on.
 */
export const over = (
  fold: 'SUM' | 'MAX',
  metrics: readonly IMetric[],
  look: Math & { ids?: string },
): MathExpression => {
  const { ids = 'm', ...shownAs } = look;
  const named = Object.fromEntries(metrics.map((metric, index) => [`${ids}${index + 1}`, metric]));
  return math(`${fold}([${Object.keys(named).map(orZero).join(', ')}])`, named, shownAs);
};

export const MINUTE = Duration.minutes(1);
export const FIVE_MINUTES = Duration.minutes(5);
export const QUARTER_HOUR = Duration.minutes(15);
export const HOUR = Duration.hours(1);
export const DAY = Duration.days(1);
