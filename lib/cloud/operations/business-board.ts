/** "How are our customers?": for whoever answers for the shop. Read from the top: numbers, what to do, trends, tables. */
import { Stack } from 'aws-cdk-lib';
import { Dashboard, type IMetric, type IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { MetricName } from '../../../functions/core/operations/metrics.ts';
import type { Placed } from './alarms.ts';
import { counted, DAY, HOUR, math, orZero, own } from './metric.ts';
import type { Watched } from './watched.ts';
import { alarmStatus, COLORS, graph, latest, table, text, total, WHOLE_WIDTH } from './widgets.ts';
import { wordOfMouth } from './word-of-mouth.ts';

type Props = { watched: Watched; alarms: readonly Placed[] };

/** Alarms that a person of the shop can do something about. */
const FOR_THE_SHOP = ['04', '09', '10', '12', '18'];

const THIRD = WHOLE_WIDTH / 3;
const QUARTER = WHOLE_WIDTH / 4;
const SECONDS_AN_HOUR = 3600;

const daily = (name: MetricName, label: string, color?: string) =>
  counted(name, { stat: 'Sum', period: DAY, label, ...(color === undefined ? {} : { color }) });

const coverage = () => {
  const ids = ['intime', 'late', 'missed'].map(orZero);
  return math(
    `100 * ${orZero('intime')} / (${ids.join(' + ')})`,
    {
      intime: own('ContactsInTime', { stat: 'Sum', period: DAY }),
      late: own('ContactsLate', { stat: 'Sum', period: DAY }),
      missed: own('ContactsMissed', { stat: 'Sum', period: DAY }),
    },
    { label: '% in time', period: DAY, color: COLORS.good },
  );
};

const silentShare = () => {
  const answers = ['delighted', 'content', 'unhappy', 'unread'];
  return math(
    `100 * ${orZero('silent')} / (${[...answers, 'silent'].map(orZero).join(' + ')})`,
    {
      delighted: own('RepliesDelighted', { stat: 'Sum', period: DAY }),
      content: own('RepliesContent', { stat: 'Sum', period: DAY }),
      unhappy: own('RepliesUnhappy', { stat: 'Sum', period: DAY }),
      unread: own('RepliesUnread', { stat: 'Sum', period: DAY }),
      silent: own('SalesSilent', { stat: 'Sum', period: DAY }),
    },
    { label: '% silent', period: DAY, color: COLORS.quiet },
  );
};

const hours = (name: 'FirstAnswerSeconds' | 'ResolutionSeconds', stat: 'p50' | 'p90', label: string) => {
  const id = `${name === 'FirstAnswerSeconds' ? 'first' : 'done'}${stat}`;
  return math(
    `${id} / ${SECONDS_AN_HOUR}`,
    { [id]: own(name, { stat, period: DAY }) },
    { label, period: DAY },
  );
};

/** Where areas lie on one another, a line of zeros would hide the one below it. */
const stackedDaily = (name: MetricName, label: string, color: string) =>
  own(name, { stat: 'Sum', period: DAY, label, color });

const verdicts = (of: (name: MetricName, label: string, color: string) => IMetric) => [
  of('RepliesDelighted', 'delighted', COLORS.good),
  of('RepliesContent', 'content', COLORS.fair),
  of('RepliesUnhappy', 'unhappy', COLORS.bad),
  of('RepliesUnread', 'for a person to read', COLORS.poor),
];

/**
 * Each sweep tells a line for each kind and level, and one line of escalations: divided by how many sweeps there were, the
 * sum is the same in a period of any length, also after a sweep that somebody asked for.
 */
const openPromises = () =>
  math(
    'open / sweeps',
    {
      open: own('PromisesOpen', { stat: 'Sum', period: HOUR }),
      sweeps: own('EscalationsUnanswered', { stat: 'SampleCount', period: HOUR }),
    },
    { label: 'open now', period: HOUR, color: COLORS.fair },
  );

const answeringTimes = () => [
  hours('FirstAnswerSeconds', 'p50', 'first answer, half within'),
  hours('FirstAnswerSeconds', 'p90', 'first answer, 9 of 10 within'),
  hours('ResolutionSeconds', 'p50', 'put right, half within'),
  hours('ResolutionSeconds', 'p90', 'put right, 9 of 10 within'),
];

const numbers = ({ watched, alarms }: Props): IWidget[][] => [
  [
    total({
      title: 'Sales in, customers asked',
      width: QUARTER,
      metrics: [daily('SalesIn', 'sales'), daily('CheckInsSent', 'asked')],
    }),
    total({
      title: `Heard from a person in time (should be ${watched.policy.coverageFloor} %)`,
      width: QUARTER,
      metrics: [coverage(), silentShare()],
    }),
    total({ title: 'What customers answered', width: QUARTER, metrics: verdicts(daily) }),
    alarmStatus(
      'Needs somebody now',
      QUARTER,
      4,
      alarms.flatMap(({ spec, alarm }) =>
        FOR_THE_SHOP.some((number) => spec.number.startsWith(number)) ? [alarm] : [],
      ),
    ),
  ],
  [
    latest({ title: 'Promises we owe', width: QUARTER, metrics: [openPromises()] }),
    total({
      title: 'Promises in this time',
      width: QUARTER,
      metrics: [
        daily('PromisesKept', 'kept', COLORS.good),
        daily('PromisesLate', 'times late', COLORS.poor),
        daily('PromisesBroken', 'times not right', COLORS.bad),
        daily('PromisesAssumed', 'assumed', COLORS.quiet),
      ],
    }),
    total({
      title: 'Hours until somebody acted, until it was right',
      width: QUARTER,
      metrics: answeringTimes(),
    }),
    total({
      title: 'Word of mouth, an estimate (people, good less bad)',
      width: QUARTER,
      metrics: ends(watched),
    }),
  ],
];

const ends = ({ policy }: Watched) => [
  wordOfMouth(policy.wordOfMouth, 0, { label: 'at least', color: COLORS.poor }),
  wordOfMouth(policy.wordOfMouth, 1, { label: 'at most', color: COLORS.good }),
];

const advice = ({ policy: { runbook, coverageFloor } }: Watched): string[] => [
  `**An alarm above:** open its section in the [runbook](${runbook}).`,
  `**Below ${coverageFloor} % in time:** customers wait for a person; look at the desk, who is away, and what hangs.`,
  '**Promises late or broken:** the table by kind and level says where; level 2 is for the head of the business.',
  '**Many silent:** silence is unknown, never happy. Read some check-ins; see whether mails arrive.',
  '**Assumed** means that we say it is done and the customer has not answered. It does not count as kept.',
];

const trends = ({ watched }: Props): IWidget[][] => [
  [
    graph({
      title: 'Answers a day',
      width: THIRD,
      unit: 'answers',
      isStacked: true,
      metrics: verdicts(stackedDaily),
    }),
    graph({
      title: 'Contact in time, and silence',
      width: THIRD,
      unit: '%',
      metrics: [coverage(), silentShare()],
      lines: [{ value: watched.policy.coverageFloor, label: 'should be', color: COLORS.good }],
    }),
    graph({
      title: 'Hours until somebody acted, until it was right',
      width: THIRD,
      unit: 'hours',
      metrics: answeringTimes(),
    }),
  ],
  [
    graph({
      title: 'Promises a day',
      width: THIRD,
      unit: 'promises',
      metrics: [
        daily('PromisesMade', 'made', COLORS.fair),
        daily('PromisesKept', 'kept', COLORS.good),
        daily('PromisesLate', 'times late', COLORS.poor),
        daily('PromisesBroken', 'times not right', COLORS.bad),
        daily('PromisesAssumed', 'assumed', COLORS.quiet),
      ],
    }),
    graph({
      title: 'Mails a day, by what became of them',
      width: THIRD,
      unit: 'mails',
      metrics: [
        daily('MailsSent', 'sent, staff’s as well', COLORS.fair),
        daily('MailsArrived', 'reached a customer', COLORS.good),
        daily('MailsBounced', 'came back', COLORS.poor),
        daily('MailsRefused', 'refused', COLORS.bad),
        daily('MailsComplained', 'marked as spam', COLORS.bad),
        daily('MailsUnclear', 'unclear', COLORS.quiet),
        daily('MailsHeld', 'held by a pause', COLORS.quiet),
      ],
    }),
    graph({
      title: 'Word of mouth a day, an estimate',
      width: THIRD,
      unit: 'people',
      canBeNegative: true,
      metrics: ends(watched),
    }),
  ],
];

const tables = ({ watched: { functions } }: Props): IWidget[] => [
  table({
    title: 'Sales by source',
    width: QUARTER,
    of: functions.filter(({ name }) => name === 'start-follow-up'),
    query: ['filter ispresent(SalesIn)', 'stats sum(SalesIn) as sales by source', 'sort sales desc'],
  }),
  table({
    title: 'Open promises by kind and level (of each hourly count)',
    width: QUARTER,
    of: functions.filter(({ name }) => name === 'sweep'),
    query: [
      'filter ispresent(PromisesOpen) and ispresent(kind)',
      'stats max(PromisesOpen) as most, min(PromisesOpen) as fewest by kind, level',
      'sort most desc',
    ],
  }),
  table({
    title: 'Promises by kind and level',
    width: WHOLE_WIDTH / 2,
    of: functions,
    query: [
      'filter ispresent(PromisesMade) or ispresent(PromisesKept) or ispresent(PromisesLate) ' +
        'or ispresent(PromisesBroken) or ispresent(PromisesAssumed)',
      'stats sum(PromisesMade) as made, sum(PromisesKept) as kept, sum(PromisesLate) as late, ' +
        'sum(PromisesBroken) as broken, sum(PromisesAssumed) as assumed by kind, level',
      'sort made desc',
      'limit 20',
    ],
  }),
];

export const businessBoard = (scope: Construct, props: Props): Dashboard =>
  new Dashboard(scope, 'Business', {
    dashboardName: `${Stack.of(scope).stackName}-Business`,
    widgets: [
      [
        text(
          2,
          '# How are our customers?',
          'Green rises, orange and red stay low. All numbers are of the time chosen above.',
        ),
      ],
      ...numbers(props),
      [text(3, ...advice(props.watched).map((line) => `- ${line}`))],
      ...trends(props),
      tables(props),
    ],
  });
