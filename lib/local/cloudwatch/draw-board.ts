/** Evaluates a dashboard over a range of time. */
import type { AlarmNow, Board, LogLine, MetricWidget, Point, Series, Widget } from './board.ts';
import type { AlarmDrawing, Dashboard, Drawing, LogDrawing, MetricDrawing, Shown } from './dashboard.ts';
import type { Grid, Values } from './metric.ts';
import { createQueryRun, type MetricQuery, type MetricReader, periodOf } from './metric-query.ts';

export type BoardParts = {
  readonly metrics: MetricReader;
  alarm(arn: string): AlarmNow | undefined;
  lines(groups: readonly string[], from: number, to: number): AsyncIterable<LogLine>;
};

type Range = { readonly from: number; readonly to: number };

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** CloudWatch's periods; a range of months is drawn by the day and not by the minute. */
const PERIODS_MS = [MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS, HOUR_MS, 6 * HOUR_MS, DAY_MS, 7 * DAY_MS];
const MOST_POINTS = 500;
const USUAL_PERIOD_MS = 5 * MINUTE_MS;

const periodFor = (asked: number, { from, to }: Range) =>
  PERIODS_MS.find((period) => period >= asked && (to - from) / period <= MOST_POINTS) ?? 7 * DAY_MS;

/** Periods begin where they do on the clock, so the first may begin before the range. */
const gridOf = ({ from, to }: Range, periodMs: number): Grid => {
  const first = Math.floor(from / periodMs);
  return { from: first * periodMs, periodMs, slots: Math.max(1, Math.ceil(to / periodMs) - first) };
};

/** One period for all of it; of a long range by whole hours or days, which are less to read and kept for longer. */
const wholeOf = ({ from, to }: Range): Grid => {
  const step = to - from > 31 * DAY_MS ? DAY_MS : to - from > DAY_MS ? HOUR_MS : MINUTE_MS;
  const first = Math.floor(from / step) * step;
  return { from: first, periodMs: Math.max(step, Math.ceil(to / step) * step - first), slots: 1 };
};

const pointsOf = (values: Values, { from, periodMs }: Grid): Point[] =>
  values.flatMap((value, slot): Point[] => (value === undefined ? [] : [[from + slot * periodMs, value]]));

/** Queries by the periods that they are drawn in. */
const withPeriods = (queries: readonly MetricQuery[], range: Range): MetricQuery[] =>
  queries.map((query) =>
    query.kind === 'metric' ? { ...query, periodMs: periodFor(query.periodMs, range) } : query,
  );

const drawMetrics = (drawing: MetricDrawing, metrics: MetricReader, range: Range): MetricWidget => {
  const { queries: asked, shown, isWholeRange, isStacked, hasSparkline, ...plain } = drawing;
  const queries = withPeriods(asked, range);
  const whole = createQueryRun(metrics, queries, wholeOf(range));
  const runs = new Map<number, { grid: Grid; run: (id: string) => Values }>();
  const runOf = (periodMs: number) => {
    const known = runs.get(periodMs);
    if (known !== undefined) return known;
    const grid = gridOf(range, periodMs);
    const made = { grid, run: createQueryRun(metrics, queries, grid) };
    runs.set(periodMs, made);
    return made;
  };
  const seriesOf = ({ id, label, axis, color }: Shown): Series => {
    const { grid, run } = runOf(periodOf(queries, id) ?? periodFor(USUAL_PERIOD_MS, range));
    const points = pointsOf(run(id), grid);
    const value = (isWholeRange ? whole(id)[0] : points.at(-1)?.[1]) ?? null;
    return { id, label, axis, points, value, ...(color === undefined ? {} : { color }) };
  };
  const series = shown.map(seriesOf);
  const periodSeconds = Math.max(0, ...runs.keys()) / 1000;
  return {
    ...placeOf(drawing),
    ...{
      type: 'metric',
      title: plain.title,
      view: plain.view,
      isStacked,
      hasSparkline,
      periodSeconds,
      series,
    },
    ...{ left: plain.left, right: plain.right, marks: plain.marks },
  };
};

const placeOf = ({ x, y, width, height }: Drawing) => ({ x, y, width, height });

const drawAlarms = (drawing: AlarmDrawing, { alarm }: BoardParts): Widget => ({
  ...placeOf(drawing),
  type: 'alarm',
  title: drawing.title,
  alarms: drawing.alarmArns.flatMap((arn) => alarm(arn) ?? []),
});

const drawLog = async (drawing: LogDrawing, { lines }: BoardParts, { from, to }: Range): Promise<Widget> => {
  const { title, view, query, insights } = drawing;
  const { columns, rows } = await insights.run(lines(insights.groups, from, to));
  return { ...placeOf(drawing), type: 'log', title, view, query, columns, rows };
};

const draw = async (drawing: Drawing, parts: BoardParts, range: Range): Promise<Widget> => {
  switch (drawing.type) {
    case 'text':
      return { ...placeOf(drawing), type: 'text', markdown: drawing.markdown };
    case 'metric':
      return drawMetrics(drawing, parts.metrics, range);
    case 'alarm':
      return drawAlarms(drawing, parts);
    case 'log':
      return drawLog(drawing, parts, range);
  }
};

export const drawBoard = async (
  { name, widgets }: Dashboard,
  parts: BoardParts,
  range: Range,
): Promise<Board> => {
  const drawn: Widget[] = [];
  for (const widget of widgets) drawn.push(await draw(widget, parts, range));
  return { name, ...range, widgets: drawn };
};
