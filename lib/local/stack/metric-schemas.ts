/** What alarms and dashboards have in common in a template: statistics, periods, expressions. */
import * as z from 'zod';
import { whyUntold } from '../cloudwatch/aws-metrics.ts';
import { MathError, parseMath } from '../cloudwatch/math-parser.ts';
import type { Dimensions, Metric } from '../cloudwatch/metric.ts';
import { readStat } from '../cloudwatch/metric.ts';

const PERIODS = [60, 300, 900, 3600, 21_600, 86_400];

export const StatText = z.string().transform((text, context) => {
  const stat = readStat(text);
  if (stat !== undefined) return stat;
  context.addIssue(
    `one machine does not know the statistic ${text}: Sum, Average, Minimum, Maximum, SampleCount or pNN`,
  );
  return z.NEVER;
});

/** Seconds in the template, milliseconds here. */
export const Period = z
  .number()
  .refine(
    (seconds) => PERIODS.includes(seconds),
    `one machine knows periods of ${PERIODS.join(', ')} seconds`,
  )
  .transform((seconds) => seconds * 1000);

export const Expression = z.string().transform((expression, context) => {
  try {
    return { expression, node: parseMath(expression) };
  } catch (error) {
    if (!(error instanceof MathError)) throw error;
    context.addIssue(error.message);
    return z.NEVER;
  }
});

/** A metric that one machine can tell, or an issue that says why it cannot. */
export const checkMetric = (
  namespace: string,
  name: string,
  dimensions: Dimensions,
  context: { addIssue(issue: string): void },
): Metric => {
  const metric = { namespace, name, dimensions };
  const why = whyUntold(metric);
  if (why !== undefined) context.addIssue(why);
  return metric;
};
