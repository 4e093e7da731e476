/** One widget of a dashboard: its data as shapes. */
import { alarmsOf, alarmWords } from './alarms.js';
import { chartOf, legendOf } from './chart.js';
import { chartTableOf, logBarsOf, logTableOf, metricBarsOf, numbersOf } from './figures.js';
import { markdownOf } from './markdown.js';
import { shape } from './shape.js';

/** Columns of CloudWatch's grid. */
const NARROW = 12;

const nothing = (words) => shape('p', { class: 'nothing' }, words);

const isEmpty = ({ series }) => series.every(({ points }) => points.length === 0);

const chartWithLegend = (widget, range, size) => [chartOf(widget, range, size), legendOf(widget)];

const drawMetric = (widget, range, { size, hasFigures }) => {
  if (widget.view === 'singleValue') return numbersOf(widget, range);
  if (isEmpty(widget)) return nothing('Nothing was counted in this range. A longer one may show more.');
  if (widget.view === 'bar' || widget.view === 'gauge') return metricBarsOf(widget);
  return hasFigures ? chartTableOf(widget) : chartWithLegend(widget, range, size);
};

const drawLog = (widget, { hasFigures }) => {
  if (widget.rows.length === 0) return nothing('Nothing of this kind was logged in this range.');
  return widget.view === 'bar' && !hasFigures ? logBarsOf(widget) : logTableOf(widget);
};

/** What is under the title. `options`: the size of a chart, whether figures are wanted instead, and Markdown's lexer. */
export const widgetBody = (widget, range, options) => {
  switch (widget.type) {
    case 'text':
      return markdownOf(options.lex(widget.markdown));
    case 'metric':
      return drawMetric(widget, range, options);
    case 'alarm':
      return widget.alarms.length === 0
        ? nothing('There are no alarms here.')
        : alarmsOf(widget.alarms, widget.width < NARROW);
    case 'log':
      return drawLog(widget, options);
    default:
      return nothing(`A widget of type ${widget.type} cannot be drawn here.`);
  }
};

export const widgetTitle = ({ type, title, alarms }) => {
  if (type === 'alarm') return [title, alarmWords(alarms)].filter(Boolean).join(': ');
  return title ?? '';
};

/** Nothing at all was counted, so that the page says how to begin. */
export const hasNoFigures = (widgets) =>
  widgets.every(
    (widget) =>
      (widget.type !== 'metric' ||
        widget.series.every(({ points }) => points.every(([, value]) => value === 0))) &&
      (widget.type !== 'log' || widget.rows.length === 0),
  );
