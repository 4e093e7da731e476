import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { METRICS, NAMESPACE } from '../../../functions/core/operations/metrics.ts';
import { MOST_METRICS } from '../../../lib/cloud/operations/alarm.ts';
import type { Alarm } from '../../../lib/local/cloudwatch/alarm.ts';
import { synthesized } from '../../fixtures/synthesized.ts';
import { readTemplate } from '../read-template.ts';
import { alarms, metricsOf, numberOf } from './played-stack.ts';

/** Number and name; what is looked at; the comparison; how many periods of which seconds; missing data; section. */
type Row = readonly [
  name: string,
  looksAt: string,
  is: string,
  when: string,
  missing: string,
  section: string,
];

const TABLE: readonly Row[] = [
  [
    '01-DeadLetters',
    'ApproximateNumberOfMessagesVisible',
    '>= 1',
    '1 of 1 x 60',
    'notBreaching',
    'dead-letters',
  ],
  ['02-QueueIsOld', 'ApproximateAgeOfOldestMessage', '> 300', '5 of 5 x 60', 'notBreaching', 'old-queue'],
  ['03a-PublicErrors', '5xx', '>= 1', '1 of 1 x 300', 'notBreaching', 'public-errors'],
  ['03b-WebhooksRefused', 'WebhooksRefused', '>= 5', '1 of 1 x 3600', 'notBreaching', 'refused-webhooks'],
  ['04a-ShopIsSilent', 'SourcesSilent', '>= 1', '1 of 1 x 900', 'notBreaching', 'silent-shop'],
  ['04b-PullsFail', 'PullsFailed', '>= 1', '3 of 3 x 3600', 'notBreaching', 'failed-pulls'],
  [
    '05-ExecutionsFailed',
    'ExecutionsAborted, ExecutionsFailed, ExecutionsTimedOut',
    '>= 1',
    '1 of 1 x 300',
    'notBreaching',
    'failed-executions',
  ],
  [
    '06-Throttled',
    'ExecutionThrottled, ThrottledEvents',
    '>= 1',
    '2 of 3 x 300',
    'notBreaching',
    'throttled-workflows',
  ],
  [
    '07-OpenExecutions',
    'OpenExecutionCount, OpenExecutionLimit',
    '> 70',
    '3 of 3 x 300',
    'ignore',
    'open-executions',
  ],
  ['08-OverdueWaits', 'OverdueWaits', '>= 1', '3 of 3 x 300', 'breaching', 'overdue-waits'],
  ['09-MailsUnclear', 'MailsUnclear', '>= 1', '1 of 1 x 300', 'notBreaching', 'unclear-mails'],
  ['10a-BounceRate', 'Reputation.BounceRate', '> 0.025', '1 of 1 x 3600', 'ignore', 'bounces'],
  ['10b-ComplaintRate', 'Reputation.ComplaintRate', '> 0.0005', '1 of 1 x 3600', 'ignore', 'complaints'],
  ['10c-SendingDisabled', 'SendingDisabled', '>= 1', '2 of 2 x 300', 'notBreaching', 'sending-disabled'],
  ['10d-SendQuota', 'SendQuotaUsed', '> 80', '1 of 1 x 900', 'notBreaching', 'mail-quota'],
  ['11-RepliesNotTold', 'RepliesNotTold', '>= 1', '2 of 3 x 300', 'notBreaching', 'untold-replies'],
  [
    '12a-EscalationsUnanswered',
    'EscalationsUnanswered',
    '>= 1',
    '1 of 1 x 3600',
    'notBreaching',
    'unanswered-escalations',
  ],
  ['12b-SweepIsSilent', 'EscalationsUnanswered', '< 1', '3 of 3 x 3600', 'breaching', 'silent-sweep'],
  ['13a-FunctionErrors', 'Errors', '>= 3', '1 of 1 x 900', 'notBreaching', 'function-errors'],
  ['13b-StepErrors', 'Errors, Invocations', '> 50', '1 of 1 x 900', 'notBreaching', 'step-errors'],
  ['13c-FunctionThrottles', 'Throttles', '>= 1', '2 of 3 x 300', 'notBreaching', 'function-throttles'],
  ['13d-FunctionDuration', 'Duration', '> 24000', '1 of 1 x 900', 'notBreaching', 'slow-functions'],
  [
    '14a-TableThrottles',
    'ReadThrottleEvents, WriteThrottleEvents',
    '>= 1',
    '2 of 3 x 300',
    'notBreaching',
    'throttled-tables',
  ],
  ['14b-TableErrors', 'SystemErrors', '>= 5', '1 of 1 x 300', 'notBreaching', 'table-errors'],
  ['15-TokenMisses', 'TokenMisses', '> 100', '1 of 1 x 60', 'notBreaching', 'token-misses'],
  ['16-AccessDenied', 'AccessDenied', '>= 1', '1 of 1 x 300', 'notBreaching', 'access-denied'],
  ['17a-CanaryMissing', 'CanaryPassed', '< 1', '2 of 2 x 3600', 'breaching', 'canary-missing'],
  ['17b-CanaryFailed', 'CanaryFailed', '>= 1', '1 of 1 x 3600', 'notBreaching', 'canary-failed'],
  [
    '18-Coverage',
    'ContactsInTime, ContactsLate, ContactsMissed',
    '< 98',
    '1 of 1 x 86400',
    'notBreaching',
    'coverage',
  ],
];

const SIGNS: Readonly<Record<string, string>> = {
  GreaterThanThreshold: '>',
  GreaterThanOrEqualToThreshold: '>=',
  LessThanThreshold: '<',
};

const rowOf = ({ name, rule, queries, periodMs, description }: Alarm): Row => [
  /* An alarm that needs parts says the same in each. */
  name.replace(/^Aftercare-/, '').replace(/\d$/, ''),
  [...new Set(metricsOf(queries).map(({ metric }) => metric.name))].sort().join(', '),
  `${SIGNS[rule.comparison]} ${rule.threshold}`,
  `${rule.datapointsToAlarm} of ${rule.evaluationPeriods} x ${periodMs / 1000}`,
  rule.missing,
  description.replace(/^.*#/, ''),
];

const template = readTemplate(synthesized().template);

describe('the alarms', () => {
  it('are these', () => {
    const rows = [...new Map(alarms.map((alarm) => [rowOf(alarm)[0], rowOf(alarm)])).values()];

    expect(rows).toEqual(TABLE);
  });

  it('have the 17 numbers that people know them by, and one for coverage', () => {
    const numbers = new Set(alarms.map((alarm) => Number.parseInt(numberOf(alarm), 10)));

    expect([...numbers].sort((one, other) => one - other)).toEqual(
      Array.from({ length: 18 }, (_, i) => i + 1),
    );
  });

  it.each(alarms.map((alarm) => [alarm.name, alarm] as const))('%s', (_, alarm) => {
    const [topic] = alarm.topics.ALARM;
    const metrics = metricsOf(alarm.queries);
    const maths = alarm.queries.filter(({ kind }) => kind === 'math');

    /* One topic is told of the beginning and of the end. */
    expect(topic).toMatch(/OperationsAlarmsTopic/);
    expect(alarm.topics).toEqual({ ALARM: [topic], OK: [topic] });
    /* One sentence and the way to its section. */
    expect(alarm.description).toMatch(/^[A-Z].*\. docs\/runbook\.md#[a-z-]+$/);
    expect(alarm.description.replace(/ docs\/.*/, '').split(/\s+/).length).toBeLessThanOrEqual(45);
    /* What CloudWatch takes. */
    expect(metrics.length).toBeLessThanOrEqual(MOST_METRICS);
    expect(maths.length).toBeLessThanOrEqual(1);
    const longest = alarm.periodMs < 3_600_000 ? 86_400_000 : 7 * 86_400_000;
    expect(alarm.periodMs * alarm.rule.evaluationPeriods).toBeLessThanOrEqual(longest);
  });

  it('look only at numbers that somebody tells', () => {
    const own = alarms.flatMap(({ queries }) =>
      metricsOf(queries).flatMap(({ metric }) => (metric.namespace === NAMESPACE ? [metric] : [])),
    );

    expect(own.map(({ name }) => name).filter((name) => !(name in METRICS))).toEqual([]);
    expect(new Set(own.map(({ dimensions }) => JSON.stringify(dimensions)))).toEqual(
      new Set(['{"service":"aftercare"}']),
    );
  });

  it('watch every function for throttles and long runs, and for errors all but two that end in one on purpose', () => {
    const named = template.of('AWS::Lambda::Alias').map(([id]) => template.nameOf(id).replace(/:live$/, ''));
    const watched = (metricName: string) =>
      alarms
        .flatMap(({ queries }) => metricsOf(queries))
        .flatMap(({ metric }) =>
          metric.name === metricName ? [metric.dimensions['FunctionName'] ?? ''] : [],
        )
        .map((name) => template.nameOf(name.replace(/^Aftercare-/, '')));

    expect(watched('Throttles').sort()).toEqual(named.sort());
    expect(watched('Duration').sort()).toEqual(named.sort());
    expect(named.filter((name) => !watched('Errors').includes(name))).toEqual([
      'ask-for-review',
      'assume-kept',
    ]);
  });

  it('watch every dead-letter queue and every queue', () => {
    const watched = (number: string) =>
      alarms
        .filter((alarm) => numberOf(alarm) === number)
        .flatMap(({ queries }) => metricsOf(queries))
        .map(({ metric }) =>
          template.nameOf((metric.dimensions['QueueName'] ?? '').replace(/^Aftercare-/, '')),
        );
    const queues = template.of('AWS::SQS::Queue').map(([id]) => template.nameOf(id));

    expect([...watched('01'), ...watched('02')].sort()).toEqual(queues.sort());
  });

  /** They stay in ALARM for ever without it, whatever is asked for missing data. */
  it('fill what tables do not tell', () => {
    const ofTables = alarms.filter(({ queries }) =>
      metricsOf(queries).some(({ metric }) => metric.namespace === 'AWS/DynamoDB'),
    );

    expect(ofTables.map(numberOf)).toEqual(['14a', '14b']);
    for (const { queries } of ofTables)
      for (const query of queries)
        if (query.kind === 'math')
          expect(query.expression.match(/FILL\(/g)).toHaveLength(metricsOf(queries).length);
  });

  /** $0.10 a month for each metric that an alarm looks at (CloudWatch, us-east-1, November 2026; the first ten are free). */
  it('cost about $12 a month', () => {
    const PRICE = 0.1;
    const metrics = alarms.flatMap(({ queries }) => metricsOf(queries)).length;

    expect(metrics * PRICE).toBeGreaterThan(10);
    expect(metrics * PRICE).toBeLessThan(14);
  });
});

describe('the topic of alarms', () => {
  const Topic = z.object({ KmsMasterKeyId: z.string() });
  const Policy = z.object({
    Topics: z.array(z.string()),
    PolicyDocument: z.object({ Statement: z.array(z.record(z.string(), z.unknown())) }),
  });
  const KeyPolicy = z.object({
    KeyPolicy: z.object({ Statement: z.array(z.record(z.string(), z.unknown())) }),
  });
  const ofCloudWatch = (statements: Record<string, unknown>[]) =>
    statements.filter(({ Principal }) =>
      JSON.stringify(Principal ?? '').includes('"cloudwatch.amazonaws.com"'),
    );
  const SAME_ACCOUNT = { StringEquals: { 'aws:SourceAccount': '<account>' } };

  it('is encrypted, and CloudWatch may publish to it for this account only', () => {
    const topics = template.of('AWS::SNS::Topic').filter(([id]) => id.startsWith('OperationsAlarms'));
    const statements = template
      .of('AWS::SNS::TopicPolicy')
      .map(([, { Properties }]) => template.read(Policy, Properties))
      .filter(({ Topics }) => Topics.includes('<OperationsAlarmsTopic>'))
      .flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
    const key = template
      .of('AWS::KMS::Key')
      .map(([, { Properties }]) => template.read(KeyPolicy, Properties));

    expect(topics.map(([, { Properties }]) => template.read(Topic, Properties))).toEqual([
      { KmsMasterKeyId: '<Key>' },
    ]);
    expect(ofCloudWatch(statements)).toMatchObject([{ Action: 'sns:Publish', Condition: SAME_ACCOUNT }]);
    expect(ofCloudWatch(key.flatMap((it) => it.KeyPolicy.Statement))).toMatchObject([
      { Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Condition: SAME_ACCOUNT },
    ]);
  });

  it('tells the mailboxes of the configuration', () => {
    const Subscription = z.object({ Protocol: z.string(), Endpoint: z.string(), TopicArn: z.string() });
    const subscriptions = template
      .of('AWS::SNS::Subscription')
      .map(([, { Properties }]) => template.read(Subscription, Properties));

    expect(subscriptions).toContainEqual({
      Protocol: 'email',
      Endpoint: 'ops@corner.example',
      TopicArn: '<OperationsAlarmsTopic>',
    });
  });
});
