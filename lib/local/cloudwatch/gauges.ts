/** Figures that AWS tells every minute because they are so, not because something happened. */
import type { Depth } from '../aws/sqs-messages.ts';
import type { Dimensions, Grid } from './metric.ts';
import type { MetricStore } from './metric-store.ts';

type Options = {
  readonly metrics: Pick<MetricStore, 'observe' | 'read' | 'flush'>;
  /** The queues of the stack. */
  queueNames(): readonly string[];
  depth(queueName: string): Depth;
  openExecutions(): number;
};

const SECOND_MS = 1000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
/** SES judges by a "representative volume" that it does not name; here it is what was sent in 30 days. */
const REPUTATION_HOURS = 30 * 24;

const NONE: Dimensions = {};

export const createGauges = ({ metrics, queueNames, depth, openExecutions }: Options) => {
  /** The hour in which a figure was last told to be zero: an idle queue need not say so every minute. */
  const idleSince = new Map<string, number>();

  const isIdle = (key: string, value: number, at: number) => {
    const hour = Math.floor(at / HOUR_MS);
    if (value === 0 && idleSince.get(key) === hour) return true;
    if (value === 0) idleSince.set(key, hour);
    else idleSince.delete(key);
    return false;
  };

  const tell = (namespace: string, name: string, dimensions: Dimensions, value: number, at: number) => {
    const key = `${name} ${Object.values(dimensions).join(' ')}`;
    if (!isIdle(key, value, at)) metrics.observe({ namespace, name, dimensions }, value, at);
  };

  const tellQueue = (QueueName: string, now: number, at: number) => {
    const { visible, oldestSentAt } = depth(QueueName);
    const age = oldestSentAt === undefined ? 0 : Math.max(0, (now - oldestSentAt) / SECOND_MS);
    tell('AWS/SQS', 'ApproximateNumberOfMessagesVisible', { QueueName }, visible, at);
    tell('AWS/SQS', 'ApproximateAgeOfOldestMessage', { QueueName }, Math.round(age), at);
  };

  const sumOf = (name: string, grid: Grid) =>
    metrics.read({ namespace: 'AWS/SES', name, dimensions: NONE }, 'Sum', grid)[0] ?? 0;

  const tellReputation = (now: number, at: number) => {
    const end = Math.ceil(now / HOUR_MS) * HOUR_MS;
    const grid = { from: end - REPUTATION_HOURS * HOUR_MS, periodMs: REPUTATION_HOURS * HOUR_MS, slots: 1 };
    const sent = sumOf('Send', grid);
    if (sent === 0) return;
    tell('AWS/SES', 'Reputation.BounceRate', NONE, sumOf('Bounce', grid) / sent, at);
    tell('AWS/SES', 'Reputation.ComplaintRate', NONE, sumOf('Complaint', grid) / sent, at);
  };

  /** Tells how it is at the end of the minute that has just passed, so that an alarm sees it now. */
  return async (now: number): Promise<void> => {
    const at = Math.floor(now / MINUTE_MS) * MINUTE_MS - 1;
    for (const queueName of queueNames()) tellQueue(queueName, now, at);
    tell('AWS/States', 'OpenExecutionCount', NONE, openExecutions(), at);
    await metrics.flush();
    tellReputation(now, at);
    await metrics.flush();
  };
};
