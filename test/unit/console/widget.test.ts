import { Lexer } from 'marked';
import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { Widget } from '../../../lib/local/cloudwatch/board.ts';
import { alarm, board } from '../../browser/dashboards-samples.ts';
import { fromConsole, type Shape, shapeOf, shapesIn, textOf } from './drawing.ts';

const PLACE = { x: 0, y: 0, width: 12, height: 6 };
const RANGE = { from: 0, to: 3_600_000 };

const emptyChart: Widget = {
  ...PLACE,
  type: 'metric',
  title: 'Answers',
  view: 'timeSeries',
  isStacked: false,
  hasSparkline: false,
  periodSeconds: 3600,
  series: [{ id: 'a', label: 'a', axis: 'left', points: [], value: 0 }],
  left: {},
  right: {},
  marks: [],
};

const log = (more: Partial<Widget & { type: 'log' }>): Widget => ({
  ...PLACE,
  type: 'log',
  title: 'By shop',
  view: 'table',
  query: '',
  columns: ['source', 'sales', 'last'],
  rows: [
    ['shopify', 12_345.6, '2026-11-20T15:04:00.000Z'],
    ['stripe', null, null],
  ],
  ...more,
});

describe('a widget', () => {
  let draw: (widget: Widget, hasFigures?: boolean) => Shape;
  let hasNoFigures: (...given: unknown[]) => unknown;
  beforeAll(async () => {
    const widgetBody = await fromConsole('widget.js', 'widgetBody');
    hasNoFigures = await fromConsole('widget.js', 'hasNoFigures');
    draw = (widget, hasFigures = false) => {
      const drawn = widgetBody(widget, RANGE, {
        hasFigures,
        size: { width: 400, height: 200 },
        lex: (text: string) => Lexer.lex(text),
      });
      const children = z.array(z.unknown()).parse([drawn].flat());
      return { tag: 'div', attributes: {}, children: children.filter(Boolean).map(shapeOf) };
    };
  });

  const text = (markdown: string) => draw({ ...PLACE, type: 'text', markdown });

  it('a text is drawn from its Markdown, all headings of one rank', () => {
    const drawn = text(
      '# Top\n## Below\nRead *this* and `that`.\n\n- one\n- **two**\n\n1. first\n\n---\n> said',
    );

    expect(shapesIn(drawn, 'h2').map(textOf)).toEqual(['Top', 'Below']);
    expect(shapesIn(drawn, 'em').map(textOf)).toEqual(['this']);
    expect(shapesIn(drawn, 'code').map(textOf)).toEqual(['that']);
    expect(shapesIn(drawn, 'li').map(textOf)).toEqual(['one', 'two', 'first']);
    expect(shapesIn(drawn, 'hr')).toHaveLength(1);
    expect(textOf(drawn)).toContain('said');
  });

  it('HTML in a text stays the text it is', () => {
    const drawn = text('See <b onclick="x()">this</b> & that.\n\n<script>alert(1)</script>');

    expect(textOf(drawn)).toBe('See <b onclick="x()">this</b> & that.<script>alert(1)</script>');
    expect([...shapesIn(drawn, 'b'), ...shapesIn(drawn, 'script')]).toEqual([]);
  });

  it.each([
    ['https://aws.example/x', 'https://aws.example/x'],
    ['docs/runbook.md#overdue', '/_local/console/runbook#overdue'],
    ['#dashboards:name=Aftercare-Machine', '#Aftercare-Machine'],
    ['#dashboards/dashboard/Aftercare-Machine', '#Aftercare-Machine'],
  ])('a link to %s leads to %s', (href, address) => {
    const [link] = shapesIn(text(`[words](${href})`), 'a');

    expect(link?.attributes['href']).toBe(address);
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', '//elsewhere.example', 'file:///etc'])(
    'there is no link to %s',
    (href) => {
      expect(shapesIn(text(`[words](${href})`), 'a')).toEqual([]);
    },
  );

  it('CloudWatch’s button is a link that looks like one', () => {
    const [link] = shapesIn(text('[button:primary:Runbook](https://x.example)'), 'a', 'button');

    expect(link && textOf(link)).toBe('Runbook');
  });

  it('a table aligns numbers, tells times by the clock, and nothing by a dash', () => {
    const drawn = draw(log({}));

    const cells = shapesIn(drawn, 'td').map(textOf);
    expect(cells.slice(0, 2)).toEqual(['shopify', '12,346']);
    expect(cells[2]).toMatch(/^\w{3} 2[01] Nov, \d\d:04$/);
    expect(cells.slice(3)).toEqual(['stripe', '–', '–']);
    expect(shapesIn(drawn, 'td', 'right').map(textOf)).toEqual(['12,346', '–']);
    expect(shapesIn(drawn, 'td', 'right')[0]?.attributes['title']).toBe('12,345.6');
  });

  it('a bar is named by what is no number, and as long as its share of the longest', () => {
    const drawn = draw(
      log({
        view: 'bar',
        columns: ['kind', 'level', 'open'],
        rows: [
          ['call', '0', 40],
          ['visit', '1', 10],
          ['answer', '2', null],
        ],
      }),
    );

    expect(shapesIn(drawn, 'dt').map(textOf)).toEqual(['call, 0', 'visit, 1', 'answer, 2']);
    expect(shapesIn(drawn, 'span', 'bar').map(({ attributes }) => attributes['style'])).toEqual([
      '--share:100%',
      '--share:25%',
      '--share:0%',
    ]);
  });

  it('figures instead of a chart are a table, the newest first', () => {
    const [, , , , answers] = board('Aftercare-Business', 1000, []).widgets;
    const drawn = answers && draw(answers, true);

    const rows = drawn ? shapesIn(drawn, 'tr').map((row) => row.children.map(textOf)) : [];
    expect(rows[0]).toEqual(['From', 'Delighted', 'Content', 'Unhappy', 'Silent']);
    expect(rows).toHaveLength(169);
    expect(drawn && shapesIn(drawn, 'svg')).toEqual([]);
  });

  it('a gauge is as long as its axis says, a value without data is a dash', () => {
    const machine = board('Aftercare-Machine', 10, []).widgets;
    const gauge = machine.find((widget) => widget.type === 'metric' && widget.view === 'gauge');
    const numbers = board('Aftercare-Business', 0, []).widgets[2];

    expect(gauge && shapesIn(draw(gauge), 'span', 'bar')[0]?.attributes['style']).toBe('--share:30%');
    expect(numbers && shapesIn(draw(numbers), 'dd').map(textOf)).toEqual(['–']);
  });

  it('alarms come first, with what to do; each state has its own word and sign', () => {
    const drawn = draw({
      ...PLACE,
      type: 'alarm',
      title: 'Alarms',
      alarms: [
        alarm('Aftercare-02-quiet', 'OK', 'Fine.'),
        alarm('Aftercare-03-new', 'INSUFFICIENT_DATA', 'New.'),
        { ...alarm('Aftercare-17a-missing', 'INSUFFICIENT_DATA', 'None.'), rests: 'Not played here' },
        alarm('Aftercare-01-letters', 'ALARM', 'Messages gave up. docs/runbook.md#letters'),
      ],
    });

    const said = shapesIn(drawn, 'li').map(textOf);
    expect(said[0]).toMatch(/^▲01 letters In alarm since .+Messages gave up\. What to doThreshold Crossed/);
    expect(said.slice(1)).toEqual(['○03 new No data yet', '–17a missing Not played here', '✓02 quiet OK']);
    expect(shapesIn(drawn, 'a')[0]?.attributes).toEqual({
      href: '/_local/console/runbook#letters',
      'aria-label': 'What to do: 01 letters',
    });
  });

  it('where there is little room, alarms without news are one line that unfolds', () => {
    const drawn = draw({
      ...PLACE,
      width: 6,
      type: 'alarm',
      title: 'Alarms',
      alarms: [
        alarm('Aftercare-02a-QueueIsOld2', 'OK', 'Fine.'),
        alarm('Aftercare-03-new', 'OK', 'New.'),
        alarm('Aftercare-01-letters', 'ALARM', 'Messages gave up. docs/runbook.md#letters'),
      ],
    });

    expect(shapesIn(drawn, 'summary').map(textOf)).toEqual(['2 OK']);
    expect(
      shapesIn(drawn, 'details')
        .flatMap((each) => shapesIn(each, 'li'))
        .map(textOf),
    ).toEqual(['✓02a queue is old 2 OK', '✓03 new OK']);
    expect(textOf(drawn)).not.toContain('Threshold Crossed');
  });

  it.each<[string, Widget]>([
    ['Nothing was counted in this range', emptyChart],
    ['Nothing of this kind was logged', log({ rows: [] })],
    ['There are no alarms here', { ...PLACE, type: 'alarm', title: 'Alarms', alarms: [] }],
  ])('an empty one says so: %s', (words, widget) => {
    expect(textOf(draw(widget))).toContain(words);
  });

  it('a dashboard without any figure is known as one', () => {
    expect(hasNoFigures(board('Aftercare-Business', 0, []).widgets)).toBe(true);
    expect(hasNoFigures(board('Aftercare-Business', 1, []).widgets)).toBe(false);
  });
});
