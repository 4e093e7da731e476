/** "Is it healthy?": for whoever is on call. Read from the top: alarms and what hangs, what to do, trends, tables. */
import { Stack } from 'aws-cdk-lib';
import { Dashboard, type IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { FUNCTION_TIMEOUT } from '../function-timeout.ts';
import type { Placed } from './alarms.ts';
import {
  functionMetrics,
  gauge,
  hourly,
  longestRuns,
  machineMetrics,
  part,
  queueMetrics,
  slowedDown,
  tableMetrics,
} from './machine-numbers.ts';
import { HOUR, over } from './metric.ts';
import type { Watched } from './watched.ts';
import { alarmStatus, COLORS, graph, latest, table, text, total, WHOLE_WIDTH } from './widgets.ts';

type Props = { watched: Watched; alarms: readonly Placed[] };

const THIRD = WHOLE_WIDTH / 3;
const SIXTH = WHOLE_WIDTH / 6;

const numbers = ({ watched, alarms }: Props): IWidget[][] => [
  [
    alarmStatus(
      'Alarms',
      WHOLE_WIDTH,
      5,
      alarms.map(({ alarm }) => alarm),
    ),
  ],
  [
    latest({ title: 'Waits past their time (0)', width: SIXTH, metrics: [gauge('OverdueWaits', 'overdue')] }),
    latest({
      title: 'Dead letters (0)',
      width: SIXTH,
      metrics: [
        over('SUM', queueMetrics(watched, 'ApproximateNumberOfMessagesVisible', 'deadLetters'), {
          label: 'messages',
          period: HOUR,
        }),
      ],
    }),
    latest({
      title: 'Oldest message, seconds (under 300)',
      width: SIXTH,
      metrics: [
        over('MAX', queueMetrics(watched, 'ApproximateAgeOfOldestMessage', 'queue'), {
          label: 'seconds',
          period: HOUR,
        }),
      ],
    }),
    total({
      title: 'Synthetic sales (1 an hour)',
      width: SIXTH,
      metrics: [
        hourly('CanaryPassed', 'went through', COLORS.good),
        hourly('CanaryFailed', 'failed', COLORS.bad),
      ],
    }),
    latest({ title: 'Mail quota used, %', width: SIXTH, metrics: [gauge('SendQuotaUsed', '% of 24 hours')] }),
    total({
      title: 'For a person to look at',
      width: SIXTH,
      metrics: [
        hourly('EventsParked', 'parked'),
        hourly('MailsUnclear', 'unclear mails'),
        hourly('LateReplies', 'late answers'),
      ],
    }),
  ],
];

const ADVICE = (runbook: string): string[] => [
  `**An alarm is on:** its description links to its section of the [runbook](${runbook}).`,
  '**Overdue waits or dead letters above 0:** somebody is not looked after. `npx aftercare doctor` says what hangs.',
  '**The oldest message grows:** what arrives is not worked off; see the errors of start-follow-up below.',
  '**No synthetic sale went through:** real ones may not either. Look at this before anything else.',
  '**A pause is in force:** mails are held on purpose (`npx aftercare pause --list`), and clocks go on.',
];

const workTrends = ({ watched }: Props): IWidget[] => [
  graph({
    title: 'Messages that wait',
    width: THIRD,
    unit: 'messages',
    metrics: queueMetrics(watched, 'ApproximateNumberOfMessagesVisible', 'queue'),
  }),
  graph({
    title: 'Workflows started and ended',
    width: THIRD,
    unit: 'executions',
    metrics: [
      ...machineMetrics(watched, 'ExecutionsStarted', 'started'),
      ...machineMetrics(watched, 'ExecutionsSucceeded', 'ended well'),
      ...machineMetrics(watched, 'ExecutionsFailed', 'failed'),
    ],
  }),
  graph({
    title: 'Workflows open now (the account)',
    width: THIRD,
    unit: 'executions',
    metrics: [part({ namespace: 'States', name: 'OpenExecutionCount', of: {} }, 'Maximum', 'open')],
  }),
];

const functionTrends = ({ watched }: Props): IWidget[] => [
  graph({
    title: 'Failed runs (ask-for-review and assume-kept also fail on purpose, when there is news)',
    width: WHOLE_WIDTH / 2,
    unit: 'runs',
    isStacked: true,
    metrics: functionMetrics(watched, 'Errors', 'Sum'),
  }),
  graph({
    title: 'Longest runs',
    width: WHOLE_WIDTH / 4,
    unit: 'ms',
    metrics: longestRuns(watched),
    lines: [{ value: FUNCTION_TIMEOUT.toMilliseconds(), label: 'stopped here', color: COLORS.bad }],
  }),
  graph({
    title: 'Slowed down by AWS (0)',
    width: WHOLE_WIDTH / 4,
    unit: 'times',
    metrics: slowedDown(watched),
  }),
];

const doorTrends = ({ watched }: Props): IWidget[] => {
  const api = (name: string) => ({ namespace: 'ApiGateway', name, of: { ApiId: watched.api.apiId } });
  return [
    graph({
      title: 'Requests',
      width: THIRD,
      unit: 'requests',
      metrics: [
        part(api('Count'), 'Sum', 'all', COLORS.fair),
        part(api('4xx'), 'Sum', 'refused', COLORS.poor),
        part(api('5xx'), 'Sum', 'our errors', COLORS.bad),
      ],
    }),
    graph({
      title: 'Time to answer (shops give up after 5,000)',
      width: THIRD,
      unit: 'ms',
      metrics: [
        part(api('Latency'), 'p50', 'half within', COLORS.fair),
        part(api('Latency'), 'p99', '99 of 100 within', COLORS.poor),
      ],
    }),
    graph({
      title: 'Who knocks',
      width: THIRD,
      unit: 'times',
      metrics: [
        hourly('WebhooksRefused', 'webhooks without a right signature', COLORS.poor),
        hourly('TokenMisses', 'links that lead nowhere', COLORS.quiet),
        hourly('AccessDenied', 'refused to us by AWS', COLORS.bad),
      ],
    }),
  ];
};

const mailTrends = (): IWidget[] => {
  const ses = (name: string) => ({ namespace: 'SES', name, of: {} });
  return [
    graph({
      title: 'Mail service (the account)',
      width: THIRD,
      unit: 'mails',
      metrics: [
        part(ses('Send'), 'Sum', 'sent', COLORS.fair),
        part(ses('Delivery'), 'Sum', 'arrived', COLORS.good),
        part(ses('Bounce'), 'Sum', 'came back', COLORS.poor),
        part(ses('Complaint'), 'Sum', 'marked as spam', COLORS.bad),
        part(ses('Reject'), 'Sum', 'refused', COLORS.bad),
      ],
    }),
    graph({
      title: 'What was mended by itself',
      width: THIRD,
      unit: 'times',
      metrics: [
        hourly('SweeperFinds', 'promises found without a workflow'),
        hourly('RepliesNotTold', 'answers told later'),
        hourly('OrdersPulled', 'orders fetched that no webhook told'),
        hourly('LateReplies', 'answers after the end'),
      ],
    }),
    graph({
      title: 'Held and hanging',
      width: THIRD,
      unit: 'now',
      metrics: [
        gauge('SendsPaused', 'pauses in force'),
        gauge('OverdueWaits', 'waits past their time'),
        gauge('EscalationsUnanswered', 'escalations nobody answers'),
        gauge('SourcesSilent', 'silent shops'),
      ],
    }),
  ];
};

const tableTrends = ({ watched }: Props): IWidget[] => [
  graph({
    title: 'Written to tables',
    width: THIRD,
    unit: 'units',
    metrics: tableMetrics(watched, 'ConsumedWriteCapacityUnits'),
  }),
  graph({
    title: 'Read from tables',
    width: THIRD,
    unit: 'units',
    metrics: tableMetrics(watched, 'ConsumedReadCapacityUnits'),
  }),
  graph({
    title: 'Said already, so not written again (normal)',
    width: THIRD,
    unit: 'writes',
    metrics: tableMetrics(watched, 'ConditionalCheckFailedRequests'),
  }),
];

const tables = ({ watched: { functions } }: Props): IWidget[] => {
  const only = (...names: string[]) => functions.filter(({ name }) => names.includes(name));
  return [
    table({
      title: 'Parked, refused and silent, by source',
      width: THIRD,
      of: only('receive-webhook', 'start-follow-up', 'watch'),
      query: [
        'filter ispresent(EventsParked) or ispresent(WebhooksRefused) or ispresent(SourcesSilent)',
        'filter ispresent(source)',
        'stats sum(EventsParked) as parked, sum(WebhooksRefused) as refused, max(SourcesSilent) as silent by source',
        'sort parked desc',
      ],
    }),
    table({
      title: 'What failed, by name of the error',
      width: THIRD,
      of: functions,
      query: [
        "filter level = 'ERROR'",
        'stats count(*) as times by error, message',
        'sort times desc',
        'limit 20',
      ],
    }),
    table({
      title: 'Why a mail was refused, unclear or came back',
      width: THIRD,
      of: functions,
      query: [
        'filter ispresent(MailsRefused) or ispresent(MailsBounced) or ispresent(MailsUnclear)',
        'stats sum(MailsRefused) as refused, sum(MailsBounced) as back, sum(MailsUnclear) as unclear by why, message',
        'sort refused desc',
        'limit 20',
      ],
    }),
  ];
};

export const machineBoard = (scope: Construct, props: Props): Dashboard =>
  new Dashboard(scope, 'Machine', {
    dashboardName: `${Stack.of(scope).stackName}-Machine`,
    widgets: [
      [text(2, '# Is it healthy?', 'All alarms OK, and the numbers below as their titles say: then it is.')],
      ...numbers(props),
      [text(3, ...ADVICE(props.watched.policy.runbook).map((line) => `- ${line}`))],
      workTrends(props),
      functionTrends(props),
      doorTrends(props),
      mailTrends(),
      tableTrends(props),
      tables(props),
    ],
  });
