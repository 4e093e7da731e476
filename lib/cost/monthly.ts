/** What stands still: dollars a month that no sale causes, counted from the synthesized template. */
import * as z from 'zod';
import { METRICS } from '../../functions/core/operations/metrics.ts';
import type { Line } from './bill.ts';
import { LAMBDA, PRICE } from './prices.ts';

const Template = z.object({
  Resources: z.record(z.string(), z.object({ Type: z.string(), Properties: z.unknown().optional() })),
});

const AlarmProperties = z.object({
  Metrics: z.array(z.object({ MetricStat: z.unknown().optional() })).optional(),
});
const RuleProperties = z.object({ ScheduleExpression: z.string() });

const FREE_DASHBOARDS = 3;
const HOURS = 730;
/** Lambda keeps five long polls of twenty seconds open for each queue that feeds a function. */
const POLLS_EACH_MONTH = (5 * HOURS * 3600) / 20;

/** How often a rule calls in a month; cron with a fixed minute is hourly, with a fixed hour daily. */
const callsOf = (expression: string): number => {
  const [, count, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  if (count !== undefined)
    return (HOURS * ({ minute: 60, hour: 1, day: 1 / 24 }[unit ?? 'hour'] ?? 1)) / Number(count);
  const [, hour] = /^cron\(\S+ (\S+) /.exec(expression) ?? [];
  return hour === '*' ? HOURS : HOURS / 24;
};

export const monthlyOf = (template: unknown): Line[] => {
  const resources = Object.values(Template.parse(template).Resources);
  const of = (type: string) => resources.filter(({ Type }) => Type === type);
  const line = (item: string, count: number, price: number): Line => ({
    item,
    uses: count.toLocaleString('en-US', { maximumFractionDigits: 0 }),
    dollars: count * price,
  });
  const alarmMetrics = of('AWS::CloudWatch::Alarm').reduce((sum, { Properties }) => {
    const { Metrics = [{ MetricStat: {} }] } = AlarmProperties.parse(Properties);
    return sum + Metrics.filter(({ MetricStat }) => MetricStat !== undefined).length;
  }, 0);
  const calls = of('AWS::Events::Rule').reduce(
    (sum, { Properties }) => sum + callsOf(RuleProperties.parse(Properties).ScheduleExpression),
    0,
  );
  const call = PRICE.lambdaRequest + (LAMBDA.milliseconds / 1000) * LAMBDA.memoryGb * PRICE.lambdaGbSecond;
  return [
    line('metrics', Object.keys(METRICS).length, PRICE.metric),
    line('metrics that alarms watch', alarmMetrics, PRICE.alarmMetric),
    line(
      'dashboards beyond three',
      Math.max(0, of('AWS::CloudWatch::Dashboard').length - FREE_DASHBOARDS),
      PRICE.dashboard,
    ),
    line('keys', of('AWS::KMS::Key').length, PRICE.key),
    line('secrets', of('AWS::SecretsManager::Secret').length, PRICE.secret),
    line(
      'polls of the queues',
      of('AWS::Lambda::EventSourceMapping').length * POLLS_EACH_MONTH,
      PRICE.queueCall,
    ),
    line('calls by the clock', calls, call),
  ].sort((a, b) => b.dollars - a.dollars);
};
