import { describe, expect, it } from 'vitest';
import { METRICS, NAMESPACE } from '../../../functions/core/operations/metrics.ts';
import type { Dashboard, Drawing, MetricDrawing } from '../../../lib/local/cloudwatch/dashboard.ts';
import type { Stat } from '../../../lib/local/cloudwatch/metric.ts';
import { alarms, dashboards, metricsOf, numberOf, shownBy } from './played-stack.ts';

const boardOf = (name: string): Dashboard => {
  const board = dashboards.find((one) => one.name === `Aftercare-${name}`);
  if (board === undefined) throw new Error(`There is no dashboard ${name}`);
  return board;
};
const BOARDS = [boardOf('Business'), boardOf('Machine')];

const metricWidgets = (board: Dashboard): MetricDrawing[] =>
  board.widgets.flatMap((widget) => (widget.type === 'metric' ? [widget] : []));
const widgetOf = (board: Dashboard, title: string): MetricDrawing => {
  const widget = metricWidgets(board).find((one) => one.title === title);
  if (widget === undefined) throw new Error(`${board.name} has no "${title}"`);
  return widget;
};

const statText = (stat: Stat) => (typeof stat === 'string' ? stat : `p${stat.percent}`);

const contentOf = (widget: Drawing): string[] => {
  switch (widget.type) {
    case 'text':
      return widget.markdown.split('\n');
    case 'alarm':
      return widget.alarmArns.map((arn) => arn.replace(/^.*:alarm:/, ''));
    case 'log':
      return widget.query
        .split('\n')
        .flatMap((line) => line.split(/(?=\| filter)/))
        .map((line) => line.replaceAll(/SOURCE '[^']*'/g, 'SOURCE').trim());
    case 'metric':
      return widget.shown.map(({ id, label }) => {
        const query = widget.queries.find((one) => one.id === id);
        if (query?.kind === 'math') return `${label}: ${query.expression}`;
        if (query === undefined) return label;
        const { metric, stat, periodMs } = query;
        return `${label}: ${metric.namespace} ${metric.name} ${statText(stat)} each ${periodMs / 1000} s`;
      });
  }
};

/** As somebody sees it who reads the dashboard from top to bottom. */
const outlineOf = (board: Dashboard): string =>
  board.widgets
    .flatMap((widget) => {
      const { x, y, width, height } = widget;
      const head = 'title' in widget ? widget.title : '';
      const kind = widget.type === 'metric' ? widget.view : widget.type;
      return [
        `[${x},${y} ${width}x${height}] ${kind} ${head}`.trim(),
        ...contentOf(widget).map((line) => `  ${line}`),
      ];
    })
    .join('\n');

describe.each(BOARDS.map((board) => [board.name, board] as const))('%s', (name, board) => {
  it('reads like this', async () => {
    await expect(`${outlineOf(board)}\n`).toMatchFileSnapshot(`../snapshots/${name}.dashboard.txt`);
  });

  it('speaks only of numbers that somebody tells', () => {
    const own = metricWidgets(board).flatMap(({ queries }) =>
      metricsOf(queries).flatMap(({ metric }) => (metric.namespace === NAMESPACE ? [metric] : [])),
    );

    expect(own.length).toBeGreaterThan(0);
    expect(own.filter(({ name: metric }) => !(metric in METRICS))).toEqual([]);
  });

  it('says first what it answers, then what is wrong, and then what to do', () => {
    const [title, ...others] = board.widgets;
    const row = others.filter(({ y }) => y === others[0]?.y);

    expect(title?.type).toBe('text');
    expect(row.some(({ type }) => type === 'alarm')).toBe(true);
    expect(others.some((it) => it.type === 'text' && it.markdown.includes('(docs/runbook.md)'))).toBe(true);
  });

  it('lays no widget over another', () => {
    const cells = board.widgets.flatMap(({ x, y, width, height }) =>
      Array.from(
        { length: width * height },
        (_, index) => `${x + (index % width)},${y + Math.floor(index / width)}`,
      ),
    );

    expect(new Set(cells).size).toBe(cells.length);
    expect(Math.max(...board.widgets.map(({ x, width }) => x + width))).toBe(24);
  });
});

describe('the dashboard of the machine', () => {
  it('shows all alarms', () => {
    const [machine] = BOARDS.filter(({ name }) => name.endsWith('Machine'));
    const shown = machine?.widgets.flatMap((widget) => (widget.type === 'alarm' ? widget.alarmArns : []));

    expect(shown?.sort()).toEqual(alarms.map(({ arn }) => arn).sort());
  });
});

describe('the dashboard of the business', () => {
  const board = boardOf('Business');

  it('shows the alarms that the shop itself can mend', () => {
    const shown = board.widgets.flatMap((widget) => (widget.type === 'alarm' ? widget.alarmArns : []));
    const numbers = alarms.filter(({ arn }) => shown.includes(arn)).map(numberOf);

    expect(numbers).toEqual(['04a', '04b', '09', '10a', '10b', '10c', '10d', '12a', '12b', '18']);
  });

  it('uses every number of customers', () => {
    const used = new Set(
      metricWidgets(board).flatMap(({ queries }) => metricsOf(queries).map(({ metric }) => metric.name)),
    );
    const names = Object.keys(METRICS);
    const ofCustomers = names.slice(0, names.indexOf('LateReplies'));

    expect(ofCustomers.filter((name) => !used.has(name))).toEqual([]);
  });

  it('counts coverage of those who were due, and a day with nobody due as nothing', () => {
    const widget = widgetOf(board, 'Heard from a person in time (should be 98 %)');
    const shown = (told: Record<string, number>) =>
      shownBy(
        widget,
        '% in time',
        Object.fromEntries(Object.entries(told).map(([name, value]) => [name, [value]])),
      );

    expect(shown({ ContactsInTime: 18, ContactsLate: 1, ContactsMissed: 1 })).toBe(90);
    expect(shown({ ContactsInTime: 0 })).toBeUndefined();
  });

  it('estimates word of mouth as a range, and says that it is an estimate', () => {
    const title = 'Word of mouth, an estimate (people, good less bad)';
    const told = {
      RepliesDelighted: [5],
      RepliesContent: [10],
      RepliesUnhappy: [3],
      SalesRecovered: [1],
      SalesSilent: [4],
    };

    /* 5 x 1 + 10 x 0 + 1 x 1 - 2 x 30 - 4 x 10, and 5 x 10 + 10 x 2 + 1 x 2 - 2 x 10 - 4 x 0. */
    expect(shownBy(widgetOf(board, title), 'at least', told)).toBe(-94);
    expect(shownBy(widgetOf(board, title), 'at most', told)).toBe(52);
    /* More put right than went wrong: the others were unhappy before. */
    expect(shownBy(widgetOf(board, title), 'at most', { SalesRecovered: [2], RepliesUnhappy: [1] })).toBe(4);
  });

  it('tells times in hours', () => {
    const widget = widgetOf(board, 'Hours until somebody acted, until it was right');

    expect(shownBy(widget, 'first answer, half within', { FirstAnswerSeconds: [5400] })).toBe(1.5);
  });
});
