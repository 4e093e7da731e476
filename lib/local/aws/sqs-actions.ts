/** The calls of the SQS API, each on the messages of one queue. */
import { randomUUID } from 'node:crypto';
import type { Meter } from '../meter.ts';
import type { Store } from '../store.ts';
import type { Timekeeper } from '../time.ts';
import { AwsError } from './aws-error.ts';
import { type AwsService, action, createService } from './service.ts';
import { forEachEntry, pick, toMessage } from './sqs-answers.ts';
import { digestOfAttributes, digestOfBody } from './sqs-digest.ts';
import { type Messages, messageIdOf, type Queue } from './sqs-messages.ts';
import * as requests from './sqs-requests.ts';

/** AWS bills each 64 KB of a message as a call of its own. */
const BILLED_CHUNK_BYTES = 65_536;

const INVALID = 'InvalidParameterValue';

export const createSqsActions = ({
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
}: {
  store: Store;
  time: Timekeeper;
  meter: Meter;
  messages: Messages;
  queues: ReadonlyMap<string, Queue>;
  /** Throws QueueDoesNotExist. */
  queueAt(urlOrArn: string): Queue;
  urlOf(name: string): string;
  arnOf(name: string): string;
  /** Something may be deliverable now. */
  changed(): void;
  /** Some messages of the queue went to its dead letters. */
  movedToDeadLetters(queue: Queue): void;
  /** Resolves when something was sent, at the latest after so many real milliseconds. */
  nextArrival(longestMs: number): Promise<void>;
}): AwsService => {
  const send = async (queue: Queue, message: requests.Message) => {
    const { MessageBody: body, MessageAttributes: attributes } = message;
    const { DelaySeconds: delaySeconds = queue.delaySeconds } = message;
    const size = sizeOf(message);
    if (size > requests.MAX_MESSAGE_BYTES) {
      throw new AwsError(
        'InvalidParameterValue',
        `A message has at most ${requests.MAX_MESSAGE_BYTES} bytes; this one has ${size}.`,
      );
    }
    const MessageId = await store.write(() =>
      messages.insert(queue.name, { body, attributes, delaySeconds, now: time.now() }),
    );
    meter.observe('AWS/SQS', 'NumberOfMessagesSent', { QueueName: queue.name }, 1);
    const MD5OfMessageAttributes = digestOfAttributes(attributes);
    return {
      MessageId,
      MD5OfMessageBody: digestOfBody(body),
      ...(MD5OfMessageAttributes && { MD5OfMessageAttributes }),
    };
  };

  const remove = async (queue: Queue, receiptHandle: string) => {
    if (messageIdOf(receiptHandle) === undefined) {
      throw new AwsError('ReceiptHandleIsInvalid', 'The receipt handle is not one that this queue gave out.');
    }
    await store.write(() => messages.remove(queue.name, receiptHandle));
    store.leftOldBytes();
    return {};
  };

  const receive = async (request: requests.ReceiveMessage) => {
    const queue = queueAt(request.QueueUrl);
    // Long polls wait in real time whatever the clock says; only people and tools outside use them.
    const until = Date.now() + request.WaitTimeSeconds * 1000;
    for (;;) {
      meter.add('queueCalls', 1);
      const { held, moved } = await store.write(() =>
        messages.hold(queue, {
          max: request.MaxNumberOfMessages,
          visibilitySeconds: request.VisibilityTimeout ?? queue.visibilitySeconds,
          now: time.now(),
        }),
      );
      if (moved > 0) movedToDeadLetters(queue);
      const wait = until - Date.now();
      if (held.length > 0) time.touch();
      if (held.length > 0 || wait <= 0) {
        return { Messages: held.map((message) => toMessage(message, request, arnOf(queue.name))) };
      }
      const visibleAt = messages.nextVisibleAt(queue.name) ?? Number.POSITIVE_INFINITY;
      await nextArrival(Math.max(1, Math.min(wait, visibleAt - time.now())));
    }
  };

  const attributesOf = (queue: Queue): Record<string, string> => {
    const { visible, inFlight, delayed } = messages.depth(queue, time.now());
    return {
      QueueArn: arnOf(queue.name),
      ApproximateNumberOfMessages: String(visible),
      ApproximateNumberOfMessagesNotVisible: String(inFlight),
      ApproximateNumberOfMessagesDelayed: String(delayed),
      VisibilityTimeout: String(queue.visibilitySeconds),
      MessageRetentionPeriod: String(queue.retentionSeconds),
      MaximumMessageSize: String(requests.MAX_MESSAGE_BYTES),
      DelaySeconds: String(queue.delaySeconds),
      ReceiveMessageWaitTimeSeconds: '0',
      ...(queue.redrive && {
        RedrivePolicy: JSON.stringify({
          deadLetterTargetArn: arnOf(queue.redrive.deadLetterQueue),
          maxReceiveCount: queue.redrive.maxReceiveCount,
        }),
      }),
    };
  };

  return createService('SQS', {
    SendMessage: action(requests.SendMessage, INVALID, async ({ QueueUrl, ...message }) => {
      meter.add('queueCalls', billedCalls([message]));
      const answer = await send(queueAt(QueueUrl), message);
      changed();
      return answer;
    }),
    SendMessageBatch: action(requests.SendMessageBatch, INVALID, async ({ QueueUrl, Entries }) => {
      const queue = queueAt(QueueUrl);
      meter.add('queueCalls', billedCalls(Entries));
      const answer = await forEachEntry(Entries, (entry) => send(queue, entry));
      changed();
      return answer;
    }),
    ReceiveMessage: action(requests.ReceiveMessage, INVALID, receive),
    DeleteMessage: action(requests.DeleteMessage, INVALID, ({ QueueUrl, ReceiptHandle }) => {
      meter.add('queueCalls', 1);
      return remove(queueAt(QueueUrl), ReceiptHandle);
    }),
    DeleteMessageBatch: action(requests.DeleteMessageBatch, INVALID, ({ QueueUrl, Entries }) => {
      meter.add('queueCalls', 1);
      const queue = queueAt(QueueUrl);
      return forEachEntry(Entries, ({ ReceiptHandle }) => remove(queue, ReceiptHandle));
    }),
    ChangeMessageVisibility: action(requests.ChangeMessageVisibility, INVALID, async (request) => {
      meter.add('queueCalls', 1);
      const { name } = queueAt(request.QueueUrl);
      const now = time.now();
      const visibleAt = now + request.VisibilityTimeout * 1000;
      const isChanged = await store.write(() =>
        messages.changeVisibility(name, request.ReceiptHandle, visibleAt, now),
      );
      if (!isChanged) throw new AwsError('MessageNotInflight', 'The message is not in flight.');
      changed();
      return {};
    }),
    GetQueueUrl: action(requests.QueueName, INVALID, ({ QueueName }) => ({
      QueueUrl: urlOf(queueAt(QueueName).name),
    })),
    GetQueueAttributes: action(requests.QueueAttributes, INVALID, ({ QueueUrl, AttributeNames }) => ({
      Attributes: pick(attributesOf(queueAt(QueueUrl)), AttributeNames),
    })),
    ListQueues: action(requests.ListQueues, INVALID, ({ QueueNamePrefix }) => ({
      QueueUrls: [...queues.keys()]
        .filter((name) => name.startsWith(QueueNamePrefix))
        .toSorted()
        .map(urlOf),
    })),
    PurgeQueue: action(requests.OneQueue, INVALID, async ({ QueueUrl }) => {
      const { name } = queueAt(QueueUrl);
      await store.write(() => messages.purge(name));
      store.leftOldBytes();
      return {};
    }),
    StartMessageMoveTask: action(requests.MoveTask, INVALID, async ({ SourceArn, DestinationArn }) => {
      const source = queueAt(SourceArn);
      const destination = DestinationArn && queueAt(DestinationArn).name;
      await store.write(() => messages.moveBack(source.name, destination, time.now()));
      changed();
      return { TaskHandle: randomUUID() };
    }),
  });
};

const sizeOf = ({ MessageBody, MessageAttributes }: requests.Message): number =>
  Buffer.byteLength(MessageBody) + Buffer.byteLength(JSON.stringify(MessageAttributes));

const billedCalls = (messages: readonly requests.Message[]): number =>
  Math.ceil(messages.reduce((sum, message) => sum + sizeOf(message), 0) / BILLED_CHUNK_BYTES);
