import { SendMessageBatchCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EventSource, SqsRecord } from '../../../lib/local/aws/sqs-event-source.ts';
import { type LocalAws, newFolder, startLocalAws } from './local-aws.ts';

let folder: Awaited<ReturnType<typeof newFolder>>;
let aws: LocalAws;
let queue: { url: string; arn: string };

beforeEach(async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  folder = await newFolder();
  aws = await startLocalAws(folder.path);
  const dead = aws.sqs.createQueue({ name: 'intake-dead' });
  queue = aws.sqs.createQueue({
    name: 'intake',
    visibilitySeconds: 60,
    redrive: { deadLetterArn: dead.arn, maxReceiveCount: 3 },
  });
});

afterEach(async () => {
  await aws.stop();
  await folder.remove();
  vi.restoreAllMocks();
});

const send = (body: string) =>
  aws.clients.sqs.send(new SendMessageCommand({ QueueUrl: queue.url, MessageBody: body }));

const sendAll = (bodies: string[]) =>
  aws.clients.sqs.send(
    new SendMessageBatchCommand({
      QueueUrl: queue.url,
      Entries: bodies.map((MessageBody, index) => ({ Id: String(index), MessageBody })),
    }),
  );

const advance = (seconds: number) => aws.time.advanceTo(aws.time.now() + seconds * 1000);

const attach = (invoke: EventSource['invoke'], extra: Partial<EventSource> = {}) => {
  aws.sqs.attach({ queueArn: queue.arn, batchSize: 10, invoke, ...extra });
  aws.sqs.resume();
};

/** Remembers the bodies of each batch, and answers with what `answer` says. */
const recorder = (answer: (records: SqsRecord[]) => unknown = () => undefined) => {
  const batches: string[][] = [];
  const invoke: EventSource['invoke'] = async ({ Records }) => {
    batches.push(Records.map(({ body }) => body));
    return answer(Records);
  };
  return { batches, invoke };
};

describe('an SQS event source', () => {
  it('hands a message over at once, in the shape that Lambda sees', async () => {
    const seen: SqsRecord[] = [];
    attach(async ({ Records }) => {
      seen.push(...Records);
    });

    const sent = await aws.clients.sqs.send(
      new SendMessageCommand({
        QueueUrl: queue.url,
        MessageBody: '{"order":"1001"}',
        MessageAttributes: { source: { DataType: 'String', StringValue: 'woo' } },
      }),
    );
    await aws.time.whenIdle();

    expect(seen).toEqual([
      {
        messageId: sent.MessageId,
        receiptHandle: expect.any(String),
        body: '{"order":"1001"}',
        attributes: {
          ApproximateReceiveCount: '1',
          SentTimestamp: expect.stringMatching(/^\d{13}$/),
          SenderId: '000000000000',
          ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
        },
        messageAttributes: {
          source: { stringValue: 'woo', stringListValues: [], binaryListValues: [], dataType: 'String' },
        },
        md5OfBody: sent.MD5OfMessageBody,
        eventSource: 'aws:sqs',
        eventSourceARN: queue.arn,
        awsRegion: 'eu-west-1',
      },
    ]);
    expect(aws.sqs.depth('intake')).toMatchObject({ visible: 0, inFlight: 0 });
  });

  it('waits for resume with what was sent before', async () => {
    const { batches, invoke } = recorder();
    aws.sqs.attach({ queueArn: queue.arn, batchSize: 10, invoke });
    await send('early');
    await aws.time.whenIdle();

    const before = batches.length;
    aws.sqs.resume();
    await aws.time.whenIdle();

    expect(before).toBe(0);
    expect(batches).toEqual([['early']]);
  });

  it('redelivers only the messages reported as failed, after the visibility timeout', async () => {
    let isBroken = true;
    const { batches, invoke } = recorder((records) => ({
      batchItemFailures: records
        .filter(({ body }) => isBroken && body === 'bad')
        .map(({ messageId }) => ({ itemIdentifier: messageId })),
    }));
    attach(invoke);
    await sendAll(['good', 'bad']);
    await aws.time.whenIdle();
    isBroken = false;

    await advance(59);
    const early = batches.length;
    await advance(1);

    expect(early).toBe(1);
    expect(batches).toEqual([['good', 'bad'], ['bad']]);
    expect(aws.sqs.depth('intake')).toMatchObject({ visible: 0, inFlight: 0, delayed: 0 });
  });

  it.each([
    ['an unknown item', { batchItemFailures: [{ itemIdentifier: 'nobody' }] }],
    ['an empty identifier', { batchItemFailures: [{ itemIdentifier: '' }] }],
    ['a malformed list', { batchItemFailures: 'all' }],
  ])('takes %s in the answer as the failure of the whole batch', async (_, answer) => {
    const { batches, invoke } = recorder(() => answer);
    attach(invoke);
    await sendAll(['a', 'b']);
    await aws.time.whenIdle();

    await advance(60);

    expect(batches).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ]);
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['text', 'done'],
    ['an empty list', { batchItemFailures: [] }],
  ])('takes %s in the answer as success', async (_, answer) => {
    const { invoke } = recorder(() => answer);
    attach(invoke);

    await send('a');
    await aws.time.whenIdle();

    expect(aws.sqs.depth('intake')).toMatchObject({ visible: 0, inFlight: 0 });
  });

  it('sends a batch whose function throws to the dead letters after the last attempt', async () => {
    let attempts = 0;
    attach(async () => {
      attempts += 1;
      throw new Error('broken');
    });
    await send('poison');

    const { fired } = await advance(600);

    expect(attempts).toBe(3);
    expect(fired).toBe(3);
    expect(aws.sqs.depth('intake')).toMatchObject({ visible: 0, inFlight: 0, delayed: 0 });
    expect(aws.sqs.depth('intake-dead').visible).toBe(1);
  });

  it('keeps the wait of a failed message across a restart', async () => {
    attach(async () => {
      throw new Error('broken');
    });
    await send('again');
    await aws.time.whenIdle();
    await aws.stop();

    aws = await startLocalAws(folder.path);
    queue = aws.sqs.createQueue({ name: 'intake', visibilitySeconds: 60 });
    const { batches, invoke } = recorder();
    attach(invoke);
    await aws.time.whenIdle();
    const atOnce = batches.length;
    await advance(60);

    expect(atOnce).toBe(0);
    expect(batches).toEqual([['again']]);
  });

  it('cuts batches to size and runs no more than its concurrency at a time', async () => {
    let running = 0;
    let most = 0;
    let handled = 0;
    await sendAll([...'abcdefghij']);
    attach(
      async ({ Records }) => {
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setTimeout(resolve, 5));
        handled += Records.length;
        running -= 1;
      },
      { batchSize: 2, maxConcurrency: 2 },
    );

    await aws.time.whenIdle();

    expect(handled).toBe(10);
    expect(most).toBe(2);
  });

  it('gathers messages for the batch window unless the batch is full', async () => {
    const { batches, invoke } = recorder();
    attach(invoke, { batchSize: 2, batchWindowSeconds: 20 });
    await send('a');
    await aws.time.whenIdle();
    const afterOne = batches.length;

    await send('b');
    await aws.time.whenIdle();
    const afterTwo = batches.length;
    await send('c');
    await advance(20);

    expect(afterOne).toBe(0);
    expect(afterTwo).toBe(1);
    expect(batches).toEqual([['a', 'b'], ['c']]);
  });

  it('delivers a redelivery in real time by itself', async () => {
    const quick = aws.sqs.createQueue({ name: 'quick', visibilitySeconds: 1 });
    let attempts = 0;
    const second = Promise.withResolvers<void>();
    aws.sqs.attach({
      queueArn: quick.arn,
      batchSize: 1,
      invoke: async () => {
        attempts += 1;
        if (attempts === 1) throw new Error('broken');
        second.resolve();
      },
    });
    aws.sqs.resume();

    await aws.clients.sqs.send(new SendMessageCommand({ QueueUrl: quick.url, MessageBody: 'x' }));
    await second.promise;
    await aws.time.whenIdle();

    expect(attempts).toBe(2);
    expect(aws.sqs.depth('quick')).toMatchObject({ visible: 0, inFlight: 0 });
  });

  it('holds the clock while a function runs', async () => {
    const gate = Promise.withResolvers<void>();
    attach(() => gate.promise);
    await send('slow');

    const before = aws.time.now();
    let isThere = false;
    const moved = advance(3600).then(() => {
      isThere = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
    const whileRunning = { isThere, movedBy: aws.time.now() - before };
    gate.resolve();
    await moved;

    expect(whileRunning.isThere).toBe(false);
    expect(whileRunning.movedBy).toBeLessThan(1000);
    expect(aws.time.now() - before).toBeGreaterThanOrEqual(3_600_000);
  });
});
