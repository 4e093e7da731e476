/** The metrics of AWS services that one machine tells, by the dimensions that AWS gives them. */
import type { Metric } from './metric.ts';

type Service = {
  /** Which sets of dimensions a metric goes by. */
  readonly dimensions: readonly (readonly string[])[];
  /** Told by the parts that do the work. */
  readonly told: readonly string[];
  /** The same for ever: what cannot happen here is zero. */
  readonly constant?: Readonly<Record<string, number>>;
};

const BY_FUNCTION = [['FunctionName'], ['FunctionName', 'Resource']];

const SERVICES: Readonly<Record<string, readonly Service[]>> = {
  'AWS/Lambda': [
    {
      dimensions: BY_FUNCTION,
      told: ['Invocations', 'Errors', 'Duration', 'ConcurrentExecutions'],
      constant: { Throttles: 0 },
    },
  ],
  'AWS/SQS': [
    {
      dimensions: [['QueueName']],
      told: ['ApproximateNumberOfMessagesVisible', 'ApproximateAgeOfOldestMessage', 'NumberOfMessagesSent'],
    },
  ],
  'AWS/States': [
    {
      dimensions: [['StateMachineArn']],
      told: [
        'ExecutionsStarted',
        'ExecutionsSucceeded',
        'ExecutionsFailed',
        'ExecutionsTimedOut',
        'ExecutionsAborted',
      ],
      constant: { ExecutionThrottled: 0 },
    },
    {
      dimensions: [[]],
      told: ['OpenExecutionCount'],
      // The quota of an account and region that never asked for more.
      constant: { OpenExecutionLimit: 1_000_000 },
    },
    { dimensions: [['ServiceMetric'], ['APIName']], told: [], constant: { ThrottledEvents: 0 } },
  ],
  'AWS/ApiGateway': [
    { dimensions: [['ApiId'], ['ApiId', 'Stage']], told: ['Count', '4xx', '5xx', 'Latency'] },
  ],
  'AWS/SES': [
    {
      dimensions: [[]],
      told: ['Send', 'Delivery', 'Bounce', 'Complaint', 'Reputation.BounceRate', 'Reputation.ComplaintRate'],
      constant: { Reject: 0 },
    },
  ],
  'AWS/DynamoDB': [
    {
      dimensions: [['TableName']],
      told: ['ConditionalCheckFailedRequests', 'ConsumedWriteCapacityUnits', 'ConsumedReadCapacityUnits'],
      constant: { ReadThrottleEvents: 0, WriteThrottleEvents: 0 },
    },
    { dimensions: [['TableName'], ['TableName', 'Operation']], told: [], constant: { SystemErrors: 0 } },
  ],
};

const isAmong = (sets: Service['dimensions'], names: readonly string[]) =>
  sets.some((set) => set.length === names.length && set.every((name) => names.includes(name)));

const constantOf = ({ namespace, name }: Metric) => {
  for (const { constant = {} } of SERVICES[namespace] ?? [])
    if (Object.hasOwn(constant, name)) return constant[name];
  return undefined;
};

/** What a metric always is, undefined when it depends on what happens. */
export const alwaysOf = (metric: Metric): number | undefined =>
  metric.namespace.startsWith('AWS/') ? constantOf(metric) : undefined;

/** Why one machine cannot tell a metric, undefined when it can. Our own namespaces may hold anything. */
export const whyUntold = ({ namespace, name, dimensions }: Metric): string | undefined => {
  if (!namespace.startsWith('AWS/')) return undefined;
  const services = SERVICES[namespace];
  if (services === undefined)
    return `one machine has no metrics of ${namespace}; it has ${Object.keys(SERVICES).join(', ')}.`;
  const service = services.find(
    ({ told, constant = {} }) => told.includes(name) || Object.hasOwn(constant, name),
  );
  if (service === undefined) {
    const known = services.flatMap(({ told, constant = {} }) => [...told, ...Object.keys(constant)]);
    return `one machine has no metric ${name} of ${namespace}; it has ${known.join(', ')}.`;
  }
  if (isAmong(service.dimensions, Object.keys(dimensions))) return undefined;
  const sets = service.dimensions.map((set) => (set.length === 0 ? 'none' : set.join(' + '))).join(', or ');
  return `${namespace} ${name} has other dimensions: ${sets}.`;
};
