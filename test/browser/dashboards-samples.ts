/** Dashboards with their data evaluated, as `GET /_local/dashboards/<name>` answers them, for so many sales a week. */
import type {
  AlarmNow,
  Board,
  MetricWidget,
  Place,
  Series,
  Widget,
} from '../../lib/local/cloudwatch/board.ts';

const NOW = Date.parse('2026-11-20T15:04:05Z');
const HOUR = 3_600_000;
const PERIODS = 168;

/** Shares of a sale that come by day and week, without chance: the same picture every time. */
const wave = (hour: number) =>
  Math.max(0, Math.sin(((hour % 24) / 24) * 2 * Math.PI - 1.8) + 0.7) * (hour % 168 > 120 ? 0.4 : 1);

const TOTAL_WAVE = Array.from({ length: PERIODS }, (_, hour) => wave(hour)).reduce(
  (sum, each) => sum + each,
  0,
);

const hourly = (total: number): [number, number][] => {
  const from = Math.floor(NOW / HOUR) * HOUR - (PERIODS - 1) * HOUR;
  let before = 0;
  let waved = 0;
  return Array.from({ length: PERIODS }, (_, hour) => {
    waved += wave(hour);
    const until = Math.round((total * waved) / TOTAL_WAVE);
    const value = until - before;
    before = until;
    return [from + hour * HOUR, value];
  });
};

const series = (label: string, total: number, more: Partial<Series> = {}): Series => ({
  id: label.replaceAll(' ', ''),
  label,
  axis: 'left',
  points: total === 0 ? [] : hourly(total),
  value: total,
  ...more,
});

const metric = (
  place: Place,
  title: string,
  view: MetricWidget['view'],
  given: readonly Series[],
  left: MetricWidget['left'] = {},
): MetricWidget => ({
  ...place,
  type: 'metric',
  title,
  view,
  isStacked: false,
  hasSparkline: view === 'singleValue',
  periodSeconds: 3600,
  series: given,
  left,
  right: {},
  marks: [],
});

export const alarm = (name: string, state: AlarmNow['state'], description: string): AlarmNow => ({
  name,
  state,
  since: NOW - HOUR / 2,
  reason: 'Threshold Crossed: 1 datapoint [3.0 (20/11/26 14:30:00)] was greater than the threshold (0.0).',
  description,
});

export const calm = [
  alarm('Aftercare-01-dead-letters', 'OK', 'Messages gave up. docs/runbook.md#dead-letters'),
  alarm('Aftercare-08-overdue-waits', 'OK', 'Customers are waiting. docs/runbook.md#overdue-waits'),
  alarm('Aftercare-17-canary', 'INSUFFICIENT_DATA', 'The hourly test sale. docs/runbook.md#canary'),
];

export const loud = [
  alarm(
    'Aftercare-01-dead-letters',
    'ALARM',
    'Messages were given up: somebody was not followed up. https://shop.example/runbook#dead-letters',
  ),
  alarm(
    'Aftercare-08-overdue-waits',
    'ALARM',
    'Customers wait past their time. docs/runbook.md#overdue-waits',
  ),
  ...calm.slice(2),
];

const at = (x: number, y: number, width: number, height: number): Place => ({ x, y, width, height });

const business = (sales: number): Widget[] => [
  {
    ...at(0, 0, 24, 2),
    type: 'text',
    markdown:
      '# How are our customers?\nLook at **answers** first: when unhappy ones grow, read the [runbook](docs/runbook.md#unhappy). <script>document.title = "broken in"</script>',
  },
  metric(at(0, 2, 6, 3), 'Sales in', 'singleValue', [series('Sales', sales)]),
  metric(at(6, 2, 6, 3), 'Contacted in time, %', 'singleValue', [
    series('Coverage', sales, { value: sales === 0 ? null : 97.31 }),
  ]),
  metric(at(12, 2, 12, 3), 'Promises', 'singleValue', [
    series('Open', Math.round(sales / 50)),
    series('Kept', Math.round(sales / 20)),
    series('Late', Math.round(sales / 400)),
    series('Broken', Math.round(sales / 2000)),
  ]),
  {
    ...metric(at(0, 5, 12, 6), 'Answers', 'timeSeries', [
      series('Delighted', Math.round(sales * 0.3)),
      series('Content', Math.round(sales * 0.2)),
      series('Unhappy', Math.round(sales * 0.04), { color: '#d13212' }),
      series('Silent', Math.round(sales * 0.1)),
    ]),
    isStacked: true,
  },
  {
    ...metric(at(12, 5, 12, 6), 'Hours to the first answer', 'timeSeries', [
      series('p50', sales / 4),
      series('p90', sales / 2, { axis: 'right' }),
    ]),
    marks: [{ label: 'promised', value: 4 }],
  },
  {
    ...at(0, 11, 12, 5),
    type: 'log',
    title: 'Sales by shop',
    view: 'table',
    query: '',
    columns: ['source', 'sales', 'last'],
    rows:
      sales === 0
        ? []
        : [
            ['shopify', sales * 0.7, new Date(NOW).toISOString()],
            ['stripe', sales * 0.3, null],
          ],
  },
  {
    ...at(12, 11, 12, 5),
    type: 'log',
    title: 'Open promises by kind and level',
    view: 'bar',
    query: '',
    columns: ['kind', 'level', 'open'],
    rows:
      sales === 0
        ? []
        : [
            ['call', '0', Math.ceil(sales / 60)],
            ['resolve', '1', Math.ceil(sales / 200)],
          ],
  },
];

const machine = (sales: number, alarms: readonly AlarmNow[]): Widget[] => [
  { ...at(0, 0, 24, 1), type: 'text', markdown: '# Is it healthy?' },
  { ...at(0, 1, 24, 3), type: 'alarm', title: 'Alarms', alarms },
  metric(at(0, 4, 12, 4), 'Mail quota used, %', 'gauge', [series('Used', 30)], { max: 100 }),
  metric(at(12, 4, 12, 4), 'Errors by function', 'bar', [
    series('receive-webhook', sales),
    series('sweep', 0),
  ]),
  metric(at(0, 8, 24, 6), 'Open executions', 'timeSeries', [series('FollowUp', sales), series('Promise', 0)]),
];

export const BOARD_NAMES = ['Aftercare-Business', 'Aftercare-Machine'];

export const board = (name: string, sales: number, alarms: readonly AlarmNow[]): Board => ({
  name,
  from: NOW - PERIODS * HOUR,
  to: NOW,
  widgets: name === 'Aftercare-Business' ? business(sales) : machine(sales, alarms),
});
