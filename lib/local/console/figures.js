/** Big numbers, bars, and tables. */
import { colourOf, sparkOf } from './chart.js';
import { exactly, figure, periodWords } from './scales.js';
import { shape } from './shape.js';

const NONE = '–';

const numberOf = (series, widget, range) =>
  shape(
    'div',
    { class: 'number-of' },
    shape('dt', {}, series.label),
    shape(
      'dd',
      {
        class: series.value === null && 'none',
        title: series.value === null ? 'No data in this range' : exactly(series.value),
      },
      series.value === null ? NONE : figure(series.value),
      widget.hasSparkline && series.points.length > 1 && sparkOf(series, range, widget.periodSeconds),
    ),
  );

export const numbersOf = (widget, range) =>
  shape(
    'dl',
    { class: 'numbers' },
    widget.series.map((series) => numberOf(series, widget, range)),
  );

const FULL = 100;

const barRow = ({ label, value, share, paint }) =>
  shape(
    'div',
    { class: 'bar-row' },
    shape('dt', {}, label),
    shape(
      'dd',
      {},
      shape(
        'span',
        { class: 'track' },
        shape('span', {
          class: `bar ${paint.class}`,
          style: [`--share:${share}%`, paint.style].filter(Boolean).join(';'),
        }),
      ),
      shape(
        'span',
        { class: 'bar-value', title: value === null ? undefined : exactly(value) },
        value === null ? NONE : figure(value),
      ),
    ),
  );

const barsOf = (bars, most) =>
  shape(
    'dl',
    { class: 'bars' },
    bars.map((bar) =>
      barRow({
        ...bar,
        share: Math.round(Math.min(1, Math.max(0, most > 0 ? (bar.value ?? 0) / most : 0)) * FULL * 10) / 10,
      }),
    ),
  );

/** A bar for each series; a gauge's is as long as its axis. */
export const metricBarsOf = ({ series, left = {} }) =>
  barsOf(
    series.map((each, index) => ({ label: each.label, value: each.value, paint: colourOf(each, index) })),
    left.max ?? Math.max(0, ...series.map(({ value }) => value ?? 0)),
  );

const isNumberColumn = (rows, index) => rows.some((row) => typeof row[index] === 'number');

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

const cellWords = (cell) => {
  if (cell === null) return NONE;
  if (typeof cell === 'number') return figure(cell);
  return INSTANT.test(cell) ? periodWords(Date.parse(cell), 0) : cell;
};

/** What is no number names the bar; each column of numbers is a bar of its own. */
export const logBarsOf = ({ columns, rows }) => {
  const numbers = columns.map((_, index) => index).filter((index) => isNumberColumn(rows, index));
  const nameOf = (row) =>
    row
      .filter((_, index) => !numbers.includes(index))
      .map(cellWords)
      .join(', ');
  const bars = rows.flatMap((row) =>
    numbers.map((index, place) => ({
      label: numbers.length > 1 ? `${nameOf(row)}: ${columns[index]}` : nameOf(row),
      value: row[index],
      paint: colourOf({}, place),
    })),
  );
  return barsOf(bars, Math.max(0, ...bars.map(({ value }) => value ?? 0)));
};

const tableOf = (title, columns, rows, numberColumns) =>
  shape(
    'div',
    { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': title },
    shape(
      'table',
      {},
      shape(
        'thead',
        {},
        shape(
          'tr',
          {},
          columns.map((name, index) =>
            shape('th', { scope: 'col', class: numberColumns[index] && 'right' }, name),
          ),
        ),
      ),
      shape(
        'tbody',
        {},
        rows.map((row) =>
          shape(
            'tr',
            {},
            row.map((cell, index) =>
              shape(
                'td',
                {
                  class: numberColumns[index] && 'right',
                  title: typeof cell === 'number' ? exactly(cell) : undefined,
                },
                cellWords(cell),
              ),
            ),
          ),
        ),
      ),
    ),
  );

export const logTableOf = ({ title, columns, rows }) =>
  tableOf(
    title,
    columns,
    rows,
    columns.map((_, index) => isNumberColumn(rows, index)),
  );

/** The figures of a chart, the newest first. */
export const chartTableOf = ({ title, series, periodSeconds }) => {
  const values = series.map(({ points }) => new Map(points));
  const moments = [...new Set(series.flatMap(({ points }) => points.map(([at]) => at)))].sort(
    (a, b) => b - a,
  );
  return tableOf(
    title,
    ['From', ...series.map(({ label }) => label)],
    moments.map((at) => [periodWords(at, periodSeconds), ...values.map((each) => each.get(at) ?? null)]),
    [false, ...series.map(() => true)],
  );
};
