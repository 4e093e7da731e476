/** SQS on one machine: standard queues in the runtime's SQLite file, spoken to by the AWS API. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Meter } from '../meter.ts';
import type { Store } from '../store.ts';
import type { Timekeeper } from '../time.ts';
import { AwsError } from './aws-error.ts';
import type { AwsService } from './service.ts';
import { createSqsActions } from './sqs-actions.ts';
import { createPump, type EventSource, type Pump } from './sqs-event-source.ts';
import { type Depth, openMessages, type Queue } from './sqs-messages.ts';

export type Sqs = AwsService & {
  /** Known from now on under this name; messages of an earlier run are still there. */
  createQueue(definition: {
    name: string;
    visibilitySeconds?: number;
    retentionSeconds?: number;
    delaySeconds?: number;
    redrive?: { deadLetterArn: string; maxReceiveCount: number };
  }): { url: string; arn: string };
  /** Deliveries wait for `resume`, since a function may need what is not up yet. */
  attach(source: EventSource): void;
  /** Puts a message there as another AWS service does. Call it inside a write to the store, and `wake` after it. */
  insert(queueArn: string, body: string, delaySeconds?: number): void;
  wake(): void;
  pause(): void;
  resume(): void;
  depth(queueName: string): Depth;
};

const DEFAULT_VISIBILITY_SECONDS = 30;
const DEFAULT_RETENTION_SECONDS = 4 * 86_400;

const nameIn = (urlOrArn: string) => urlOrArn.split(/[/:]/).at(-1) ?? urlOrArn;

export const createSqs = ({
  store,
  time,
  meter,
  region,
  accountId,
  baseUrl,
}: {
  store: Store;
  time: Timekeeper;
  meter: Meter;
  region: string;
  accountId: string;
  /** Where the AWS endpoint listens: SDKs send to the host of a queue's URL. */
  baseUrl(): string;
}): Sqs => {
  const messages = openMessages(store.db, time.now());
  const queues = new Map<string, Queue>();
  const pumps: Pump[] = [];
  const arrivals = new Set<() => void>();
  let isPaused = true;

  const urlOf = (name: string) => `${baseUrl()}/${accountId}/${name}`;
  const arnOf = (name: string) => `arn:aws:sqs:${region}:${accountId}:${name}`;

  const queueAt = (urlOrArn: string): Queue => {
    const queue = queues.get(nameIn(urlOrArn));
    if (queue === undefined) {
      throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
    }
    return queue;
  };

  /** Something may be deliverable now: event sources and long polls look again. */
  const changed = () => {
    for (const wake of arrivals) wake();
    for (const pump of pumps) void pump.run();
    time.touch();
  };

  const movedToDeadLetters = ({ redrive }: Queue) => {
    const QueueName = redrive?.deadLetterQueue;
    if (QueueName !== undefined) {
      const { visible } = messages.depth(queueAt(QueueName), time.now());
      meter.observe('AWS/SQS', 'ApproximateNumberOfMessagesVisible', { QueueName }, visible);
    }
    changed();
  };

  const nextArrival = async (longestMs: number) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    arrivals.add(resolve);
    const timer = new AbortController();
    await Promise.race([promise, sleep(longestMs, undefined, { signal: timer.signal })]);
    arrivals.delete(resolve);
    timer.abort();
  };

  const service = createSqsActions({
    store,
    time,
    meter,
    messages,
    queues,
    queueAt,
    urlOf,
    arnOf,
    changed,
    movedToDeadLetters,
    nextArrival,
  });

  time.register({
    name: 'sqs',
    nextDueAt: () => {
      const due = pumps.map((pump) => pump.nextDueAt() ?? Number.POSITIVE_INFINITY);
      const first = Math.min(...due);
      return first === Number.POSITIVE_INFINITY ? undefined : first;
    },
    runDue: async () => {
      const taken = await Promise.all(pumps.map((pump) => pump.run()));
      return taken.reduce((sum, count) => sum + count, 0);
    },
  });

  return {
    call: service.call,
    createQueue: (definition) => {
      const { name, redrive } = definition;
      queues.set(name, {
        name,
        visibilitySeconds: definition.visibilitySeconds ?? DEFAULT_VISIBILITY_SECONDS,
        retentionSeconds: definition.retentionSeconds ?? DEFAULT_RETENTION_SECONDS,
        delaySeconds: definition.delaySeconds ?? 0,
        ...(redrive && {
          redrive: {
            deadLetterQueue: nameIn(redrive.deadLetterArn),
            maxReceiveCount: redrive.maxReceiveCount,
          },
        }),
      });
      return { url: urlOf(name), arn: arnOf(name) };
    },
    attach: (source) => {
      const queue = queueAt(source.queueArn);
      pumps.push(
        createPump({
          ...{ queue, source, region, messages, store, time, meter },
          isPaused: () => isPaused,
          onMoved: () => movedToDeadLetters(queue),
        }),
      );
      changed();
    },
    insert: (queueArn, body, delaySeconds = 0) => {
      const { name: QueueName } = queueAt(queueArn);
      messages.insert(QueueName, { body, attributes: {}, delaySeconds, now: time.now() });
      meter.observe('AWS/SQS', 'NumberOfMessagesSent', { QueueName }, 1);
    },
    wake: changed,
    pause: () => {
      isPaused = true;
    },
    resume: () => {
      isPaused = false;
      changed();
    },
    depth: (queueName) => messages.depth(queueAt(queueName), time.now()),
  };
};
