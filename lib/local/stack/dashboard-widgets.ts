/** Reads the widgets of a dashboard's body; whatever one machine cannot draw is an issue at its place. */
import * as z from 'zod';
import type { Drawing, MetricDrawing, Shown } from '../cloudwatch/dashboard.ts';
import { readInsights } from '../cloudwatch/insights.ts';
import { InsightsError } from '../cloudwatch/insights-tokens.ts';
import { faultIn, type MetricQuery } from '../cloudwatch/metric-query.ts';
import { checkMetric, Expression, Period, StatText } from './metric-schemas.ts';

const COLUMNS = 24;

const placed = {
  x: z.int().min(0).max(COLUMNS).default(0),
  y: z.int().min(0).default(0),
  width: z.int().min(1).max(COLUMNS),
  height: z.int().min(1),
};

/** Looks of the console that change nothing of what is said. */
const looks = {
  region: z.string().optional(),
  legend: z.unknown().optional(),
  liveData: z.boolean().optional(),
  timezone: z.string().optional(),
  table: z.unknown().optional(),
  singleValueFullPrecision: z.boolean().optional(),
};

const Axis = z
  .object({ min: z.number().optional(), max: z.number().optional(), label: z.string().optional() })
  .default({})
  .transform(({ min, max, label }) => ({
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(label === undefined ? {} : { label }),
  }));

const lineLook = {
  id: z.string().optional(),
  label: z.string().optional(),
  color: z.string().optional(),
  visible: z.boolean().default(true),
  yAxis: z.enum(['left', 'right']).default('left'),
  region: z.string().optional(),
  period: Period.optional(),
};
const MetricLook = z.strictObject({ ...lineLook, stat: StatText.optional() });
const MathLook = z.strictObject({ ...lineLook, expression: Expression });
type Look = Omit<z.output<typeof MetricLook>, 'stat'>;

type AsMetric = Extract<MetricQuery, { kind: 'metric' }>;
type Line = { look: Look; label: string } & (
  | { kind: 'metric'; metric: AsMetric['metric']; stat?: AsMetric['stat'] }
  | { kind: 'math'; math: z.output<typeof Expression> }
);

type Context = { addIssue(issue: string): void };

/** Says what is wrong with a part where a union would only say that something is. */
const parsePart = <S extends z.ZodType>(schema: S, part: unknown, context: Context) => {
  const parsed = schema.safeParse(part);
  for (const issue of parsed.error?.issues ?? [])
    context.addIssue([issue.path.join('.'), issue.message].filter((text) => text !== '').join(': '));
  return parsed.data;
};

const NO_LOOK = { visible: true, yAxis: 'left' as const };

/** `[namespace, name, dimension, value, ..., {look}]` */
const metricLine = (line: readonly unknown[], context: Context): Line => {
  const texts = line.filter((part) => typeof part === 'string');
  const [namespace = '', name = '', ...dimensions] = texts;
  const looks = line.slice(texts.length);
  const isInOrder = line.slice(0, texts.length).every((part) => typeof part === 'string');
  if (!isInOrder || looks.length > 1 || texts.length < 2 || texts.length % 2 === 1)
    context.addIssue('a metric is [namespace, name, dimension, value, ..., {look}]');
  if (texts.some((text) => text === '.' || text === '...'))
    context.addIssue('one machine does not know the short forms "." and "..."');
  const pairs = dimensions.flatMap((text, index) =>
    index % 2 === 0 ? [[text, dimensions[index + 1] ?? '']] : [],
  );
  const metric = checkMetric(namespace, name, Object.fromEntries(pairs), context);
  const { stat, ...look } = (looks.length === 0 ? undefined : parsePart(MetricLook, looks[0], context)) ?? {
    ...NO_LOOK,
    stat: undefined,
  };
  return { kind: 'metric', metric, look, label: look.label ?? name, ...(stat === undefined ? {} : { stat }) };
};

const mathLine = ([only, ...more]: readonly unknown[], context: Context): Line => {
  if (more.length > 0) context.addIssue('an expression is [{expression, ...}]');
  const parsed = parsePart(MathLook, only, context);
  if (parsed === undefined) return z.NEVER;
  const { expression: math, ...look } = parsed;
  return { kind: 'math', look, math, label: look.label || math.expression };
};

const MetricEntry = z
  .array(z.unknown())
  .transform((line, context) =>
    typeof line[0] === 'string' ? metricLine(line, context) : mathLine(line, context),
  );

const Mark = z
  .object({ value: z.number(), label: z.string().optional(), color: z.string().optional() })
  .transform(({ value, label, color }) => ({
    value,
    ...(label === undefined ? {} : { label }),
    ...(color === undefined ? {} : { color }),
  }));

const MetricProperties = z.strictObject({
  ...looks,
  title: z.string().default(''),
  view: z.enum(['timeSeries', 'singleValue', 'bar', 'gauge']).default('timeSeries'),
  stacked: z.boolean().default(false),
  sparkline: z.boolean().default(false),
  setPeriodToTimeRange: z.boolean().default(false),
  metrics: z.array(MetricEntry).min(1),
  stat: StatText.optional(),
  period: Period.optional(),
  yAxis: z.strictObject({ left: Axis, right: Axis }).prefault({}),
  annotations: z.strictObject({ horizontal: z.array(Mark).default([]) }).prefault({}),
});
type MetricProperties = z.output<typeof MetricProperties>;

/** What CloudWatch takes when a body does not say. */
const USUAL_PERIOD_MS = 300_000;

const queryOf = (line: Line, id: string, properties: MetricProperties): MetricQuery =>
  line.kind === 'math'
    ? { id, kind: 'math', ...line.math }
    : {
        id,
        kind: 'metric',
        metric: line.metric,
        stat: line.stat ?? properties.stat ?? 'Average',
        periodMs: line.look.period ?? properties.period ?? USUAL_PERIOD_MS,
      };

const shownOf = ({ look, label }: Line, id: string): Shown[] =>
  look.visible
    ? [{ id, label, axis: look.yAxis, ...(look.color === undefined ? {} : { color: look.color }) }]
    : [];

const drawingOf = (properties: MetricProperties): Omit<MetricDrawing, 'x' | 'y' | 'width' | 'height'> => {
  // A name that no expression can speak of, for metrics without an id.
  const lines = properties.metrics.map((line, index) => ({ line, id: line.look.id ?? `#${index}` }));
  return {
    type: 'metric',
    title: properties.title,
    view: properties.view,
    isStacked: properties.stacked,
    hasSparkline: properties.sparkline,
    isWholeRange: properties.setPeriodToTimeRange,
    queries: lines.map(({ line, id }) => queryOf(line, id, properties)),
    shown: lines.flatMap(({ line, id }) => shownOf(line, id)),
    left: properties.yAxis.left,
    right: properties.yAxis.right,
    marks: properties.annotations.horizontal,
  };
};

const MetricWidget = z
  .strictObject({
    ...placed,
    type: z.literal('metric'),
    properties: MetricProperties.transform((properties, context) => {
      const drawing = drawingOf(properties);
      const fault = faultIn(drawing.queries);
      if (fault !== undefined) context.addIssue(fault);
      return drawing;
    }),
  })
  .transform(({ properties, ...place }): Drawing => ({ ...place, ...properties }));

const Query = z.string().transform((text, context) => {
  try {
    return { query: text, insights: readInsights(text) };
  } catch (error) {
    if (!(error instanceof InsightsError)) throw error;
    context.addIssue(error.message);
    return z.NEVER;
  }
});

const LogWidget = z
  .strictObject({
    ...placed,
    type: z.literal('log'),
    properties: z.strictObject({
      ...looks,
      title: z.string().default(''),
      view: z.enum(['table', 'bar']).default('table'),
      stacked: z.boolean().optional(),
      query: Query,
    }),
  })
  .transform(
    ({ properties: { title, view, query }, ...place }): Drawing => ({
      ...place,
      title,
      view,
      ...query,
    }),
  );

const AlarmWidget = z
  .strictObject({
    ...placed,
    type: z.literal('alarm'),
    properties: z.strictObject({ title: z.string().default(''), alarms: z.array(z.string()) }),
  })
  .transform(
    ({ properties, ...place }): Drawing => ({
      ...place,
      title: properties.title,
      alarmArns: properties.alarms,
    }),
  );

const TextWidget = z
  .strictObject({
    ...placed,
    type: z.literal('text'),
    properties: z.strictObject({ markdown: z.string(), background: z.string().optional() }),
  })
  .transform(({ properties, ...place }): Drawing => ({ ...place, markdown: properties.markdown }));

export const DashboardBody = z.strictObject({
  start: z.string().optional(),
  end: z.string().optional(),
  periodOverride: z.enum(['auto', 'inherit']).optional(),
  widgets: z.array(z.discriminatedUnion('type', [TextWidget, MetricWidget, AlarmWidget, LogWidget])),
});
