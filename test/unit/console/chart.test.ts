import { beforeAll, describe, expect, it } from 'vitest';
import type { MetricWidget, Point, Series } from '../../../lib/local/cloudwatch/board.ts';
import { fromConsole, type Shape, shapeOf, shapesIn, textOf } from './drawing.ts';

const HOUR = 3_600_000;
const FROM = new Date(2026, 10, 20).getTime();
const RANGE = { from: FROM, to: FROM + 10 * HOUR };
const SIZE = { width: 460, height: 230 };

const at = (hour: number, value: number): Point => [FROM + hour * HOUR, value];

const series = (label: string, points: readonly Point[], more: Partial<Series> = {}): Series => ({
  id: label,
  label,
  axis: 'left',
  points,
  value: points.at(-1)?.[1] ?? null,
  ...more,
});

const widget = (given: readonly Series[], more: Partial<MetricWidget> = {}): MetricWidget => ({
  x: 0,
  y: 0,
  width: 12,
  height: 6,
  type: 'metric',
  title: 'Answers',
  view: 'timeSeries',
  isStacked: false,
  hasSparkline: false,
  periodSeconds: 3600,
  series: given,
  left: {},
  right: {},
  marks: [],
  ...more,
});

/** Pixels of a path: every pair after M and L. */
const pixels = (path: Shape | undefined) =>
  [...String(path?.attributes['d']).matchAll(/[ML]([\d.-]+) ([\d.-]+)/g)].map(([, x, y]) => [
    Number(x),
    Number(y),
  ]);

describe('a chart over time', () => {
  let draw: (given: MetricWidget) => Shape;
  beforeAll(async () => {
    const chartOf = await fromConsole('chart.js', 'chartOf');
    draw = (given) => shapeOf(chartOf(given, RANGE, SIZE));
  });

  it('a line goes from the first period to the last, 0 at the floor and the highest figure at its tick', () => {
    const drawn = draw(widget([series('Happy', [at(0, 0), at(1, 10), at(2, 5)])]));

    const points = pixels(shapesIn(drawn, 'path', 'line-of')[0]);
    const ys = shapesIn(drawn, 'line', 'rule').map(({ attributes }) => attributes['y1']);
    expect(points.map(([, y]) => y)).toEqual([ys[0], ys.at(-1), (Number(ys[0]) + Number(ys.at(-1))) / 2]);
    const [first, second, third] = points.map(([x]) => x ?? Number.NaN);
    expect((third ?? 0) - (second ?? 0)).toBeCloseTo((second ?? 0) - (first ?? 0), 0);
  });

  it('a period without data is a gap, and a single one a dot', () => {
    const drawn = draw(widget([series('Happy', [at(0, 1), at(1, 2), at(4, 3), at(6, 1), at(7, 1)])]));

    expect(shapesIn(drawn, 'path', 'line-of').map((path) => pixels(path).length)).toEqual([2, 2]);
    expect(shapesIn(drawn, 'circle', 'dot')).toHaveLength(1);
  });

  it('stacked series stand on all below them, a missing period counting as 0', () => {
    const given = [
      series('a', [at(0, 2), at(1, 2)]),
      series('b', [at(1, 2), at(2, 3)]),
      series('c', [at(1, 1), at(2, 1)]),
    ];

    const drawn = draw(widget(given, { isStacked: true }));

    const floor = Number(shapesIn(drawn, 'line', 'rule')[0]?.attributes['y1']);
    const [top = 0] = shapesIn(drawn, 'line', 'rule')
      .map(({ attributes }) => Number(attributes['y1']))
      .slice(-1);
    const highest = shapesIn(drawn, 'line', 'rule').length - 1;
    const heights = shapesIn(drawn, 'path', 'area').map((area) =>
      pixels(area).map(([, y = 0]) => Math.round(((floor - y) / (floor - top)) * highest * 10) / 10),
    );
    // Along the top, then back along what is below.
    expect(heights).toEqual([
      [2, 2, 0, 0],
      [4, 3, 0, 2],
      [5, 4, 3, 4],
    ]);
  });

  it('a lonely period of a stack is a bar of its own height, and no dot at the height of all', () => {
    const given = [series('a', [at(0, 3)]), series('b', [at(0, 1)])];

    const drawn = draw(widget(given, { isStacked: true }));

    const [low, high] = shapesIn(drawn, 'rect', 'area').map(({ attributes }) => attributes);
    expect(shapesIn(drawn, 'circle', 'dot')).toEqual([]);
    expect(Number(low?.['height'])).toBeCloseTo(3 * Number(high?.['height']), 0);
    expect(Number(high?.['y']) + Number(high?.['height'])).toBeCloseTo(Number(low?.['y']), 0);
  });

  it('a series of the right axis is measured by that axis', () => {
    const drawn = draw(
      widget([
        series('few', [at(0, 0), at(1, 10)]),
        series('many', [at(0, 0), at(1, 1000)], { axis: 'right' }),
      ]),
    );

    const [few, many] = shapesIn(drawn, 'path', 'line-of').map(pixels);
    expect(many).toEqual(few);
    expect(shapesIn(drawn, 'text', 'tick-label').map(textOf)).toContain('1,000');
  });

  it('a mark is a line with its words, and the axis reaches up to it', () => {
    const drawn = draw(
      widget([series('Hours', [at(0, 1), at(1, 2)])], { marks: [{ label: 'promised', value: 40 }] }),
    );

    const [mark] = shapesIn(drawn, 'g', 'mark');
    expect(mark && textOf(mark)).toBe('promised');
    expect(shapesIn(drawn, 'text', 'tick-label').map(textOf)).toContain('40');
  });

  it('hovering over a period tells all its figures', () => {
    const drawn = draw(widget([series('Happy', [at(9, 1), at(10, 2)]), series('Unhappy', [at(10, 12_345)])]));

    const titles = shapesIn(drawn, 'rect', 'band').map(textOf);
    expect(titles).toEqual(['Fri 20 Nov, 09:00\nHappy: 1', 'Fri 20 Nov, 10:00\nHappy: 2\nUnhappy: 12,345']);
  });

  it('who does not see it hears how it stands', () => {
    const drawn = draw(widget([series('Happy', [at(9, 4), at(10, 2)]), series('Silent', [])]));

    expect(drawn.attributes['aria-label']).toBe(
      'Answers. Happy: 2 on Fri 20 Nov, 10:00, from 2 to 4; Silent: nothing',
    );
  });

  it('everything stays inside, whatever the figures', () => {
    for (const value of [0, 0.001, 1, 7, 999, 1e6, -5]) {
      const drawn = draw(widget([series('a', [at(0, value), at(10, value / 2), at(9, value)])]));

      const ys = shapesIn(drawn, 'path', 'line-of').flatMap(pixels);
      expect(ys.every(([x = -1, y = -1]) => x >= 0 && x <= SIZE.width && y >= 0 && y <= SIZE.height)).toBe(
        true,
      );
      expect(JSON.stringify(drawn)).not.toContain('NaN');
    }
  });

  it('a period that began before the range is shown whole', () => {
    const drawn = draw(widget([series('a', [at(-20, 5), at(4, 6)])], { periodSeconds: 86_400 }));

    expect(pixels(shapesIn(drawn, 'path', 'line-of')[0])[0]?.[0]).toBeGreaterThan(0);
    expect(shapesIn(drawn, 'rect', 'band').map(textOf)[0]).toBe('Thu 19 Nov\na: 5');
  });

  it('of many series the legend names those that show something', async () => {
    const legendOf = await fromConsole('chart.js', 'legendOf');
    const many = Array.from({ length: 12 }, (_, n) => series(`f${n}`, [at(0, n === 7 ? 3 : 0)]));
    const named = (given: readonly Series[]) => shapesIn(shapeOf(legendOf(widget(given))), 'li').map(textOf);

    expect(named(many)).toEqual(['f7', '11 others at 0']);
    expect(named(many.filter(({ label }) => label !== 'f7'))).toEqual(['All 11 at 0']);
    expect(named(many.slice(0, 3))).toEqual(['f0', 'f1', 'f2']);
  });

  it('the unit stands above its axis', () => {
    const drawn = draw(widget([series('a', [at(0, 1)])], { left: { label: 'ms' }, right: { label: '%' } }));

    const texts = shapesIn(drawn, 'text', 'tick-label').map(textOf);
    expect(texts).toContain('ms');
    expect(texts).toContain('%');
  });

  it('the colour of the dashboard is taken, and else each series has its own', () => {
    const drawn = draw(widget([series('a', [at(0, 1)], { color: '#d13212' }), series('b', [at(0, 1)])]));

    const groups = shapesIn(drawn, 'g', 'series').map(({ attributes }) => attributes);
    expect(groups.map(({ style }) => style)).toEqual(['--series:#d13212', undefined]);
    expect(groups.map((each) => each['class'])).toEqual(['series s0', 'series s1']);
  });
});
