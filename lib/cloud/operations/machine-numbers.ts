/** The numbers of the machine's dashboard, an hour each. */
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { MetricName } from '../../../functions/core/operations/metrics.ts';
import { PATIENT_STEPS, STEPS_WITH_NEWS } from './alarms-machine.ts';
import { aws, counted, HOUR, over, own, type Stat } from './metric.ts';
import { queuesOf, type Watched } from './watched.ts';

export const hourly = (name: MetricName, label: string, color?: string) =>
  counted(name, { stat: 'Sum', period: HOUR, label, ...(color === undefined ? {} : { color }) });
export const gauge = (name: MetricName, label: string) => own(name, { stat: 'Maximum', period: HOUR, label });

type Part = { namespace: string; name: string; of: Record<string, string> };
export const part = (one: Part, stat: Stat, label: string, color?: string) =>
  aws(one, { stat, period: HOUR, label, ...(color === undefined ? {} : { color }) });

export const queueMetrics = (watched: Watched, name: string, which: 'queue' | 'deadLetters'): IMetric[] =>
  queuesOf(watched).map((one) =>
    part({ namespace: 'SQS', name, of: { QueueName: one[which].queueName } }, 'Maximum', one.label),
  );

export const machineMetrics = ({ machines }: Watched, name: string, says: string): IMetric[] =>
  machines.map(({ arn, node }) =>
    part(
      { namespace: 'States', name, of: { StateMachineArn: arn } },
      'Sum',
      `${node.scope?.node.id} ${says}`,
    ),
  );

export const functionMetrics = ({ functions }: Watched, name: string, stat: Stat): IMetric[] =>
  functions.map((one) =>
    part({ namespace: 'Lambda', name, of: { FunctionName: one.fn.functionName } }, stat, one.name),
  );

export const tableMetrics = ({ storage: { sales, links, parked } }: Watched, name: string): IMetric[] =>
  Object.entries({ sales, links, parked }).map(([label, { tableName }]) =>
    part({ namespace: 'DynamoDB', name, of: { TableName: tableName } }, 'Sum', label),
  );

const COMING_IN = ['receive-webhook', 'start-follow-up', 'receive-mail', 'hear-of-mail', 'receive-promise'];
const PAGES = [
  'receive-reply',
  'receive-verdict',
  'act-on-promise',
  'stop-asking',
  'staff-desk',
  'read-mail',
];
const STATES = [...PATIENT_STEPS, ...STEPS_WITH_NEWS];

/** Four lines can be told apart, two dozen cannot. */
export const longestRuns = (watched: Watched): IMetric[] => {
  const others = watched.functions
    .map(({ name }) => name)
    .filter((name) => ![...COMING_IN, ...PAGES, ...STATES].includes(name));
  const groups = { 'coming in': COMING_IN, pages: PAGES, states: STATES, 'by the clock': others };
  return Object.entries(groups).map(([label, names], index) =>
    over(
      'MAX',
      functionMetrics(
        { ...watched, functions: watched.functions.filter(({ name }) => names.includes(name)) },
        'Duration',
        'Maximum',
      ),
      { label, period: HOUR, ids: `${'abcd'[index]}` },
    ),
  );
};

export const slowedDown = (watched: Watched): IMetric[] => {
  const account = { namespace: 'States', name: 'ThrottledEvents', of: { ServiceMetric: 'StateTransition' } };
  const of = (label: string, ids: string, metrics: IMetric[]) =>
    over('SUM', metrics, { label, period: HOUR, ids });
  return [
    of('functions', 'f', functionMetrics(watched, 'Throttles', 'Sum')),
    of('workflows', 'w', [
      ...machineMetrics(watched, 'ExecutionThrottled', 'throttled'),
      part(account, 'Sum', 'the account'),
    ]),
    of('tables', 't', [
      ...tableMetrics(watched, 'ReadThrottleEvents'),
      ...tableMetrics(watched, 'WriteThrottleEvents'),
    ]),
  ];
};
