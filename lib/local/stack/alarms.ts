/** Reads the alarms of a template. */
import * as z from 'zod';
import type { Alarm } from '../cloudwatch/alarm.ts';
import { type AlarmRule, COMPARISON_NAMES } from '../cloudwatch/alarm-rule.ts';
import { faultIn, type MetricQuery, periodOf } from '../cloudwatch/metric-query.ts';
import { readTrigger } from './alarm-trigger.ts';
import { checkMetric, Expression, Period, StatText } from './metric-schemas.ts';
import type { ResourceReader } from './properties.ts';

const Dimensions = z
  .array(z.strictObject({ Name: z.string(), Value: z.string() }))
  .default([])
  .transform((list) => Object.fromEntries(list.map(({ Name, Value }) => [Name, Value])));

/** Which metric of which dimensions. */
const Named = z
  .strictObject({ Namespace: z.string(), MetricName: z.string(), Dimensions })
  .transform((it, context) => checkMetric(it.Namespace, it.MetricName, it.Dimensions, context));

const MetricStat = z.strictObject({ Metric: Named, Period, Stat: StatText });

const Query = z
  .strictObject({
    Id: z.string(),
    Label: z.string().optional(),
    ReturnData: z.boolean().default(true),
    MetricStat: MetricStat.optional(),
    Expression: Expression.optional(),
    Period: Period.optional(),
  })
  .refine(
    (it) => (it.MetricStat === undefined) !== (it.Expression === undefined),
    'MetricStat or Expression is wanted, and not both',
  );
type Query = z.output<typeof Query>;

const Topics = z
  .array(z.string().regex(/^arn:aws:sns:/, 'only topics are told of alarms on one machine'))
  .max(1, 'only one topic is told of an alarm on one machine')
  .default([]);

const Properties = z.object({
  AlarmName: z.string().optional(),
  AlarmDescription: z.string().default(''),
  ActionsEnabled: z.boolean().default(true),
  AlarmActions: Topics,
  OKActions: Topics,
  ComparisonOperator: z.enum(COMPARISON_NAMES),
  Threshold: z.number(),
  EvaluationPeriods: z.int().positive(),
  DatapointsToAlarm: z.int().positive().optional(),
  TreatMissingData: z.enum(['missing', 'ignore', 'breaching', 'notBreaching']).optional(),
  Namespace: z.string().optional(),
  MetricName: z.string().optional(),
  Dimensions: z.unknown().optional(),
  Statistic: StatText.optional(),
  ExtendedStatistic: StatText.optional(),
  Period: Period.optional(),
  Metrics: z.array(Query).min(1).optional(),
  Tags: z.unknown().optional(),
});
type Properties = z.output<typeof Properties>;

const Single = z.object({
  metric: Named,
  stat: z.custom<z.output<typeof StatText>>((value) => value !== undefined, 'a statistic is missing'),
  period: z.number('the period is missing'),
});

const queryOf = ({ Id, MetricStat: metric, Expression: math }: Query): MetricQuery[] => {
  if (metric !== undefined)
    return [{ id: Id, kind: 'metric', metric: metric.Metric, stat: metric.Stat, periodMs: metric.Period }];
  return math === undefined ? [] : [{ id: Id, kind: 'math', ...math }];
};

type Watched = Pick<Alarm, 'queries' | 'returns' | 'periodMs'>;
type Refuse = (reason: string) => never;

const watchedMetric = ({ Statistic, ExtendedStatistic, ...it }: Properties, refuse: Refuse): Watched => {
  const parsed = Single.safeParse({
    metric: {
      Namespace: it.Namespace,
      MetricName: it.MetricName,
      ...(it.Dimensions === undefined ? {} : { Dimensions: it.Dimensions }),
    },
    stat: Statistic ?? ExtendedStatistic,
    period: it.Period,
  });
  if (!parsed.success) return refuse(z.prettifyError(parsed.error));
  const { metric, stat, period } = parsed.data;
  return {
    queries: [{ id: 'm1', kind: 'metric', metric, stat, periodMs: period }],
    returns: 'm1',
    periodMs: period,
  };
};

const watchedMath = (metrics: readonly Query[], refuse: Refuse): Watched => {
  const queries = metrics.flatMap(queryOf);
  const fault = faultIn(queries);
  if (fault !== undefined) return refuse(fault);
  const [returned, second] = metrics.filter(({ ReturnData }) => ReturnData);
  if (returned === undefined || second !== undefined)
    return refuse('exactly one of its Metrics must return data.');
  const periodMs = periodOf(queries, returned.Id);
  if (periodMs === undefined) return refuse('its expression needs a metric.');
  return { queries, returns: returned.Id, periodMs };
};

const ruleOf = (properties: Properties, { queries }: Watched): AlarmRule => {
  const { EvaluationPeriods, DatapointsToAlarm = EvaluationPeriods, TreatMissingData } = properties;
  // So the user guide says in "Configuring how CloudWatch alarms treat missing data".
  const isOfTable = queries.some((it) => it.kind === 'metric' && it.metric.namespace === 'AWS/DynamoDB');
  return {
    comparison: properties.ComparisonOperator,
    threshold: properties.Threshold,
    evaluationPeriods: EvaluationPeriods,
    datapointsToAlarm: DatapointsToAlarm,
    missing: TreatMissingData ?? (isOfTable ? 'ignore' : 'missing'),
  };
};

/** @throws StackError naming the alarm and what about it cannot be played. */
export const readAlarms = (reader: ResourceReader): Alarm[] =>
  reader.idsOf('AWS::CloudWatch::Alarm').map((logicalId) => {
    const properties = reader.readWhole(logicalId, Properties);
    const refuse: Refuse = (reason) => reader.refuse(logicalId, reason);
    const { Metrics, ActionsEnabled, AlarmActions, OKActions } = properties;
    const watched = Metrics === undefined ? watchedMetric(properties, refuse) : watchedMath(Metrics, refuse);
    const rule = ruleOf(properties, watched);
    if (rule.datapointsToAlarm > rule.evaluationPeriods)
      return refuse('it asks for more data points than it looks at.');
    return {
      logicalId,
      name: reader.names.name(logicalId),
      arn: reader.names.arn(logicalId),
      description: properties.AlarmDescription,
      rule,
      ...watched,
      topics: ActionsEnabled ? { ALARM: AlarmActions, OK: OKActions } : { ALARM: [], OK: [] },
      trigger: readTrigger(reader, logicalId, rule, watched.periodMs),
    };
  });
