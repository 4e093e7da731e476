/** What comes in: webhooks, mails, requests to be forgotten. */

import type { AlarmSpec } from './alarm.ts';
import { aws, FIVE_MINUTES, HOUR, MINUTE, over, own, QUARTER_HOUR, type Stat } from './metric.ts';
import { queuesOf, type Watched } from './watched.ts';

const MOST_SECONDS_IN_QUEUE = 300;
/** A wrong secret at a small shop shows as a few an hour, since shops repeat; a scanner that knocks once does not. */
const REFUSALS_AN_HOUR = 5;

const queueMetric = (queueName: string, name: string, stat: Stat) =>
  aws({ namespace: 'SQS', name, of: { QueueName: queueName } }, { stat, period: MINUTE });

/** SQS tells nothing of a queue that has been idle for hours: nothing lies there. */
const queues = (watched: Watched): AlarmSpec[] => [
  {
    number: '01',
    id: 'DeadLetters',
    says: 'Something that arrived failed five times and waits for a person; nothing is lost.',
    anchor: 'dead-letters',
    metric: over(
      'SUM',
      queuesOf(watched).map(({ deadLetters }) =>
        queueMetric(deadLetters.queueName, 'ApproximateNumberOfMessagesVisible', 'Maximum'),
      ),
      { period: MINUTE, label: 'messages in all dead-letter queues' },
    ),
    is: 'atLeast',
    threshold: 1,
    when: [1, 1],
    missing: 'fine',
  },
  {
    number: '02',
    id: 'QueueIsOld',
    says: 'What arrives has waited for more than five minutes: sales, answers or erasures are late.',
    anchor: 'old-queue',
    metric: over(
      'MAX',
      queuesOf(watched).map(({ queue }) =>
        queueMetric(queue.queueName, 'ApproximateAgeOfOldestMessage', 'Maximum'),
      ),
      { period: MINUTE, label: 'seconds the oldest message waits' },
    ),
    is: 'above',
    threshold: MOST_SECONDS_IN_QUEUE,
    /* For five minutes: a message that failed once is hidden for three and then taken. */
    when: [5, 5],
    missing: 'fine',
  },
];

const address = ({ api }: Watched): AlarmSpec[] => [
  {
    number: '03a',
    id: 'PublicErrors',
    says: 'The public address answered with an error of ours: a webhook or a page failed.',
    anchor: 'public-errors',
    metric: aws(
      { namespace: 'ApiGateway', name: '5xx', of: { ApiId: api.apiId } },
      { stat: 'Sum', period: FIVE_MINUTES },
    ),
    is: 'atLeast',
    threshold: 1,
    when: [1, 1],
    missing: 'fine',
    stopsDeploys: true,
  },
  {
    number: '03b',
    id: 'WebhooksRefused',
    says: 'Webhooks come without a right signature: a secret is wrong, or somebody tries doors.',
    anchor: 'refused-webhooks',
    metric: own('WebhooksRefused', { stat: 'Sum', period: HOUR }),
    is: 'atLeast',
    threshold: REFUSALS_AN_HOUR,
    when: [1, 1],
    missing: 'fine',
  },
];

const shops: AlarmSpec[] = [
  {
    number: '04a',
    id: 'ShopIsSilent',
    says: 'A shop has told us nothing for three times its usual gap: its webhooks may be off.',
    anchor: 'silent-shop',
    metric: own('SourcesSilent', { stat: 'Maximum', period: QUARTER_HOUR }),
    is: 'atLeast',
    threshold: 1,
    when: [1, 1],
    /* That nobody tells it is the business of alarm 08. */
    missing: 'fine',
  },
  {
    number: '04b',
    id: 'PullsFail',
    says: 'For three hours a shop could not be asked for the orders its webhooks may have lost.',
    anchor: 'failed-pulls',
    metric: own('PullsFailed', { stat: 'Sum', period: HOUR }),
    is: 'atLeast',
    threshold: 1,
    /* One hour that fails is made up for by the next: the cursor stays where it was. */
    when: [3, 3],
    missing: 'fine',
  },
];

export const intakeAlarms = (watched: Watched): AlarmSpec[] => [
  ...queues(watched),
  ...address(watched),
  ...shops,
];
