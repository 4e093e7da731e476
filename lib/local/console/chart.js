/** Lines and stacked areas over time, as SVG. */
import { exactly, figure, linear, periodWords, roundTicks, timeTicks } from './scales.js';
import { shape } from './shape.js';

/** Room for the unit above the axis. */
const TOP = 22;
const FOOT = 22;
const LETTER = 6.6;
const EDGE = 10;
const COLOURS = 8;
/** Of more than these nobody can aim at one with a mouse. */
const MOST_BANDS = 200;

const round = (value) => Math.round(value * 10) / 10;

export const colourOf = ({ color }, index) => ({
  class: `series s${index % COLOURS}${index >= COLOURS ? ' dashed' : ''}`,
  style: color === undefined ? undefined : `--series:${color}`,
});

/** Each series on top of those before it; a period without a point counts as 0. */
const stack = (series) => {
  const heights = new Map();
  return series.map((each) => ({
    ...each,
    spans: each.points.map(([at, value]) => {
      const low = heights.get(at) ?? 0;
      heights.set(at, low + value);
      return { at, low, high: low + value };
    }),
  }));
};

const plain = (series) =>
  series.map((each) => ({ ...each, spans: each.points.map(([at, high]) => ({ at, low: 0, high })) }));

const isWhole = (series) =>
  series.every(({ points }) => points.every(([, value]) => Number.isInteger(value)));

const axisOf = (series, { min, max }, marks, count) => {
  const highs = series.flatMap(({ spans }) => spans.map(({ high }) => high));
  const values = [...highs, ...marks.map(({ value }) => value)];
  const low = min ?? Math.min(0, ...values);
  const high = max ?? Math.max(low, ...values);
  const ticks = roundTicks(low, high, { isWhole: isWhole(series), count });
  return { ticks, domain: [ticks[0].value, ticks.at(-1).value] };
};

const widest = (ticks) => Math.max(...ticks.map(({ label }) => label.length)) * LETTER + EDGE;

/** A period may begin before the range, as today does when three hours are asked for: then the chart begins there too. */
const rangeOf = ({ series }, { from, to }) => ({
  from: Math.min(from, ...series.flatMap(({ points }) => points.slice(0, 1).map(([at]) => at))),
  to,
});

/** Where everything is: the axes, and functions from figures to pixels. */
const planOf = (widget, { from, to }, { width, height }) => {
  const spanned = (widget.isStacked ? stack : plain)(widget.series);
  const count = Math.max(2, Math.floor((height - TOP - FOOT) / 36));
  const onLeft = spanned.filter(({ axis }) => axis !== 'right');
  const onRight = spanned.filter(({ axis }) => axis === 'right');
  const left = axisOf(onLeft, widget.left ?? {}, widget.marks ?? [], count);
  const right = onRight.length === 0 ? undefined : axisOf(onRight, widget.right ?? {}, [], count);
  const start = widest(left.ticks);
  const end = width - (right ? widest(right.ticks) : EDGE);
  const floor = height - FOOT;
  const toLeft = linear(left.domain, [floor, TOP]);
  return {
    spanned,
    left,
    right,
    start,
    end,
    floor,
    period: widget.periodSeconds * 1000,
    x: linear([from, to], [start, end]),
    y: toLeft,
    yOf: ({ axis }) => (axis === 'right' && right ? linear(right.domain, [floor, TOP]) : toLeft),
  };
};

const gridOf = ({ left, right, start, end, floor, x, y }, { from, to }) => [
  ...left.ticks.map(({ value, label }) =>
    shape(
      'g',
      {},
      shape('line', { class: 'rule', x1: start, x2: end, y1: round(y(value)), y2: round(y(value)) }),
      shape(
        'text',
        { class: 'tick-label', x: start - 6, y: round(y(value)) + 4, 'text-anchor': 'end' },
        label,
      ),
    ),
  ),
  ...(right?.ticks ?? []).map(({ value, label }) =>
    shape(
      'text',
      { class: 'tick-label', x: end + 6, y: round(linear(right.domain, [floor, TOP])(value)) + 4 },
      label,
    ),
  ),
  ...timeTicks(from, to, Math.max(2, Math.round((end - start) / 62))).map(({ at, label }) =>
    shape(
      'g',
      {},
      shape('line', { class: 'notch', x1: round(x(at)), x2: round(x(at)), y1: floor, y2: floor + 4 }),
      // A label that would reach over the edge is left out, and its notch stays.
      x(at) - start < label.length * 3 || end - x(at) < label.length * 3 - EDGE
        ? undefined
        : shape(
            'text',
            { class: 'tick-label', x: round(x(at)), y: floor + 17, 'text-anchor': 'middle' },
            label,
          ),
    ),
  ),
];

/** Runs of periods without a gap: a line across a gap would say what nobody measured. */
const runsOf = (spans, period) => {
  const runs = [];
  for (const span of spans) {
    const run = runs.at(-1);
    if (run && span.at - run.at(-1).at <= period * 1.5) run.push(span);
    else runs.push([span]);
  }
  return runs;
};

const pathOf = (points) =>
  points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${round(x)} ${round(y)}`).join('');

const lineOf = (run, { x }, y) => pathOf(run.map(({ at, high }) => [x(at), y(high)]));

const areaOf = (run, plan, y) =>
  `${lineOf(run, plan, y)}${pathOf(run.toReversed().map(({ at, low }) => [plan.x(at), y(low)])).replace('M', 'L')}Z`;

const BAR = 8;

/** In a stack a dot would stand as high as all below it together; a bar shows how much is its own. */
const barAt = (x, low, high) =>
  shape('rect', {
    class: 'area',
    x: round(x - BAR / 2),
    y: round(high),
    width: BAR,
    height: round(Math.max(0, low - high)),
  });

const drawRun = (run, plan, y, isStacked) => {
  const [{ at, low, high }] = run;
  if (run.length === 1 && isStacked) return [barAt(plan.x(at), y(low), y(high))];
  if (run.length === 1)
    return [shape('circle', { class: 'dot', cx: round(plan.x(at)), cy: round(y(high)), r: 3 })];
  const line = shape('path', { class: 'line-of', d: lineOf(run, plan, y) });
  return isStacked ? [shape('path', { class: 'area', d: areaOf(run, plan, y) }), line] : [line];
};

const drawSeries = (plan, isStacked) =>
  plan.spanned.map((series, index) =>
    shape(
      'g',
      colourOf(series, index),
      runsOf(series.spans, plan.period).flatMap((run) => drawRun(run, plan, plan.yOf(series), isStacked)),
    ),
  );

const drawMarks = ({ start, end, y }, marks = []) =>
  marks.map(({ label, value, color }) =>
    shape(
      'g',
      { class: 'mark', style: color === undefined ? undefined : `--series:${color}` },
      shape('line', { x1: start, x2: end, y1: round(y(value)), y2: round(y(value)) }),
      shape(
        'text',
        // Below the line when there is no room above it.
        {
          class: 'tick-label',
          x: end - 4,
          y: round(y(value)) + (y(value) < TOP + 14 ? 14 : -5),
          'text-anchor': 'end',
        },
        label ?? figure(value),
      ),
    ),
  );

const momentsOf = (series) =>
  [...new Set(series.flatMap(({ points }) => points.map(([at]) => at)))].sort((a, b) => a - b);

/** A column for each period, whose title says all its figures. */
const drawBands = ({ start, end, floor, period, x }, { series, periodSeconds }) => {
  const moments = momentsOf(series);
  if (moments.length > MOST_BANDS) return [];
  const values = series.map(({ label, points }) => ({ label, at: new Map(points) }));
  return moments.map((at) => {
    const from = Math.max(start, x(at - period / 2));
    const said = values
      .filter((each) => each.at.has(at))
      .map((each) => `${each.label}: ${exactly(each.at.get(at))}`);
    return shape(
      'rect',
      {
        class: 'band',
        x: round(from),
        y: TOP,
        width: round(Math.max(1, Math.min(end, x(at + period / 2)) - from)),
        height: floor - TOP,
      },
      shape('title', {}, [periodWords(at, periodSeconds), ...said].join('\n')),
    );
  });
};

/** What somebody hears who does not see the chart. */
export const chartWords = ({ title, series, periodSeconds }) =>
  `${title}. ${series
    .map(({ label, points }) => {
      if (points.length === 0) return `${label}: nothing`;
      const values = points.map(([, value]) => value);
      const [at, last] = points.at(-1);
      return `${label}: ${exactly(last)} on ${periodWords(at, periodSeconds)}, from ${exactly(Math.min(...values))} to ${exactly(Math.max(...values))}`;
    })
    .join('; ')}`;

const unitsOf = ({ left, right }, { end }) =>
  [
    [left?.label, { x: 0 }],
    [right?.label, { x: end, 'text-anchor': 'end' }],
  ]
    .filter(([label]) => label)
    .map(([label, place]) => shape('text', { class: 'tick-label', y: 11, ...place }, label));

export const chartOf = (widget, asked, size) => {
  const range = rangeOf(widget, asked);
  const plan = planOf(widget, range, size);
  return shape(
    'svg',
    {
      class: 'chart',
      viewBox: `0 0 ${size.width} ${size.height}`,
      width: size.width,
      height: size.height,
      role: 'img',
      'aria-label': chartWords(widget),
    },
    gridOf(plan, range),
    unitsOf(widget, { end: size.width }),
    drawSeries(plan, widget.isStacked),
    drawMarks(plan, widget.marks),
    drawBands(plan, widget),
  );
};

const LONG_LEGEND = 8;

/** Of many series, those that show something; the others are one line at 0. */
const isWorthNaming = ({ points }, series) =>
  series.length <= LONG_LEGEND || points.some(([, value]) => value !== 0);

export const legendOf = ({ series }) => {
  const named = series.filter((each) => isWorthNaming(each, series));
  const others = series.length - named.length;
  return shape(
    'ul',
    { class: 'legend' },
    series.map(
      (each, index) =>
        named.includes(each) &&
        shape('li', colourOf(each, index), shape('span', { class: 'swatch' }), each.label),
    ),
    others > 0 && shape('li', {}, named.length === 0 ? `All ${others} at 0` : `${others} others at 0`),
  );
};

const SPARK = { width: 120, height: 28 };

/** It is stretched to its place: a circle would be too, the round end of a line is not. */
const drawSparkRun = (run, x, y) => {
  const [{ at, high }] = run;
  return run.length === 1
    ? [shape('path', { class: 'line-of', d: `M${round(x(at))} ${round(y(high))}h0.01` })]
    : drawRun(run, { x }, y, false);
};

/** A line without axes: how it went, beside how it is. */
export const sparkOf = ({ points, color }, { from, to }, periodSeconds) => {
  const values = points.map(([, value]) => value);
  const x = linear([from, to], [2, SPARK.width - 2]);
  const y = linear([Math.min(0, ...values), Math.max(1e-9, ...values)], [SPARK.height - 3, 3]);
  const spans = points.map(([at, high]) => ({ at, low: 0, high }));
  return shape(
    'svg',
    {
      class: 'spark',
      viewBox: `0 0 ${SPARK.width} ${SPARK.height}`,
      preserveAspectRatio: 'none',
      'aria-hidden': 'true',
    },
    shape(
      'g',
      colourOf({ color }, 0),
      runsOf(spans, periodSeconds * 1000).flatMap((run) => drawSparkRun(run, x, y)),
    ),
  );
};
