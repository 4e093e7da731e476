/** Hands messages to a Lambda function as an SQS event source mapping does, without ever polling. */
import * as z from 'zod';
import type { Meter } from '../meter.ts';
import type { Store } from '../store.ts';
import type { TimedPart, Timekeeper } from '../time.ts';
import { digestOfBody } from './sqs-digest.ts';
import { type HeldMessage, type Messages, type Queue, systemAttributesOf } from './sqs-messages.ts';
import { createYielding } from './sqs-yielding.ts';

export type SqsRecord = {
  messageId: string;
  receiptHandle: string;
  body: string;
  attributes: Record<string, string>;
  messageAttributes: Record<
    string,
    {
      stringValue?: string;
      binaryValue?: string;
      stringListValues: string[];
      binaryListValues: string[];
      dataType: string;
    }
  >;
  md5OfBody: string;
  eventSource: 'aws:sqs';
  eventSourceARN: string;
  awsRegion: string;
};

export type EventSource = {
  queueArn: string;
  batchSize: number;
  batchWindowSeconds?: number;
  /** Invocations at a time; AWS starts with five. */
  maxConcurrency?: number;
  /** The function's answer, with `batchItemFailures` if it reports them. A rejection fails the whole batch. */
  invoke(event: { Records: SqsRecord[] }): Promise<unknown>;
};

/** Nothing, or a list of failures; any other answer fails the whole batch, as on AWS. */
const BatchResponse = z
  .object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string().min(1) })).nullish() })
  .loose()
  .nullish()
  .or(z.string());

const PAUSE_AFTER_STORE_FAILURE_MS = 1000;

export type Pump = Pick<TimedPart, 'nextDueAt'> & {
  /** Starts whatever can start now; resolves to how many messages left the queue. */
  run(): Promise<number>;
  readonly queue: string;
};

export const createPump = ({
  queue,
  source,
  region,
  messages,
  store,
  time,
  meter,
  isPaused,
  onMoved,
}: {
  queue: Queue;
  source: EventSource;
  region: string;
  messages: Messages;
  store: Store;
  time: Timekeeper;
  meter: Meter;
  isPaused(): boolean;
  /** Some messages went to the dead letters. */
  onMoved(): void;
}): Pump => {
  const { queueArn, batchSize, batchWindowSeconds = 0, maxConcurrency = 5, invoke } = source;
  let running = 0;
  let isTaking = false;
  let blockedUntil = 0;

  const yielding = createYielding({
    requests: () => meter.count('httpRequests'),
    time,
    rested: () => {
      void run();
      time.touch();
    },
  });

  const canStart = () => !isPaused() && !isTaking && running < maxConcurrency && yielding.allows(running);

  /** Undefined while nothing can start, so that the clock does not wake up for it. */
  const nextDueAt = (): number | undefined => {
    if (!canStart()) return undefined;
    const visibleAt = messages.nextVisibleAt(queue.name);
    if (visibleAt === undefined) return undefined;
    const isFull = batchWindowSeconds === 0 || messages.hasVisible(queue.name, batchSize, time.now());
    return Math.max(blockedUntil, isFull ? visibleAt : visibleAt + batchWindowSeconds * 1000);
  };

  const finish = async (batch: readonly HeldMessage[], failed: ReadonlySet<string>) => {
    meter.add('queueCalls', 1);
    await store.write(() => {
      for (const { messageId, receiptHandle } of batch) {
        if (failed.has(messageId)) messages.release(receiptHandle);
        else messages.remove(queue.name, receiptHandle);
      }
    });
    store.leftOldBytes();
  };

  const deliver = async (batch: readonly HeldMessage[]) => {
    const end = time.busy();
    const ended = yielding.begin();
    running += 1;
    try {
      const Records = batch.map((message) => toRecord(message, queueArn, region));
      const failed = await invoke({ Records }).then(
        (answer) => failuresIn(answer, batch),
        (error: unknown) => {
          console.error(`A batch of ${batch.length} from ${queue.name} failed`, error);
          return idsOf(batch);
        },
      );
      await finish(batch, failed);
    } catch (error) {
      console.error(error);
    } finally {
      running -= 1;
      ended({ messages: batch.length, oldestSentAt: Math.min(...batch.map(({ sentAt }) => sentAt)) });
      void run();
      end();
      time.touch();
    }
  };

  /** One batch; undefined when none was due. */
  const take = async (): Promise<number | undefined> => {
    const due = nextDueAt();
    if (due === undefined || due > time.now()) return undefined;
    const end = time.busy();
    isTaking = true;
    try {
      meter.add('queueCalls', 1);
      const { held, moved } = await store.write(() =>
        messages.hold(queue, {
          max: batchSize,
          visibilitySeconds: queue.visibilitySeconds,
          now: time.now(),
        }),
      );
      if (moved > 0) onMoved();
      if (held.length > 0) void deliver(held);
      return held.length + moved;
    } catch (error) {
      console.error(error);
      blockedUntil = time.now() + PAUSE_AFTER_STORE_FAILURE_MS;
      return undefined;
    } finally {
      isTaking = false;
      end();
    }
  };

  const run = async (): Promise<number> => {
    let taken = 0;
    for (;;) {
      const count = await take();
      if (count === undefined) return taken;
      taken += count;
    }
  };

  return { queue: queue.name, nextDueAt, run };
};

const idsOf = (batch: readonly HeldMessage[]) => new Set(batch.map(({ messageId }) => messageId));

const failuresIn = (answer: unknown, batch: readonly HeldMessage[]): ReadonlySet<string> => {
  const all = idsOf(batch);
  const parsed = BatchResponse.safeParse(answer);
  if (!parsed.success) return all;
  const failures = typeof parsed.data === 'object' ? (parsed.data?.batchItemFailures ?? []) : [];
  const ids = failures.map(({ itemIdentifier }) => itemIdentifier);
  return ids.every((id) => all.has(id)) ? new Set(ids) : all;
};

const toRecord = (message: HeldMessage, queueArn: string, region: string): SqsRecord => ({
  messageId: message.messageId,
  receiptHandle: message.receiptHandle,
  body: message.body,
  attributes: systemAttributesOf(message, queueArn),
  messageAttributes: Object.fromEntries(
    Object.entries(message.attributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
      name,
      {
        ...(StringValue !== undefined && { stringValue: StringValue }),
        ...(BinaryValue !== undefined && { binaryValue: BinaryValue }),
        stringListValues: [],
        binaryListValues: [],
        dataType: DataType,
      },
    ]),
  ),
  md5OfBody: digestOfBody(message.body),
  eventSource: 'aws:sqs',
  eventSourceARN: queueArn,
  awsRegion: region,
});
