import {
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  PurgeQueueCommand,
  QueueDoesNotExist,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LocalAws, newFolder, startLocalAws } from './local-aws.ts';

let folder: Awaited<ReturnType<typeof newFolder>>;
let aws: LocalAws;
let url: string;
let deadUrl: string;

const createQueues = () => {
  const dead = aws.sqs.createQueue({ name: 'intake-dead' });
  const intake = aws.sqs.createQueue({
    name: 'intake',
    visibilitySeconds: 60,
    redrive: { deadLetterArn: dead.arn, maxReceiveCount: 2 },
  });
  deadUrl = dead.url;
  url = intake.url;
};

beforeEach(async () => {
  folder = await newFolder();
  aws = await startLocalAws(folder.path);
  createQueues();
});

afterEach(async () => {
  await aws.stop();
  await folder.remove();
});

const send = (body: string, extra: object = {}) =>
  aws.clients.sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: body, ...extra }));

const receive = async (queueUrl = url, extra: object = {}) => {
  const { Messages = [] } = await aws.clients.sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: queueUrl,
      MaxNumberOfMessages: 10,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
      ...extra,
    }),
  );
  return Messages;
};

const advance = (seconds: number) => aws.time.advanceTo(aws.time.now() + seconds * 1000);

describe('the SQS API', () => {
  it('gives a sent message back with checksums that the SDK accepts', async () => {
    const before = aws.time.now();
    const sent = await send('Grüße 🌷', {
      MessageAttributes: {
        shop: { DataType: 'String', StringValue: 'woo' },
        raw: { DataType: 'Binary', BinaryValue: new Uint8Array([0, 255]) },
      },
    });

    const [message] = await receive();

    expect(message).toMatchObject({
      MessageId: sent.MessageId,
      Body: 'Grüße 🌷',
      MD5OfMessageAttributes: sent.MD5OfMessageAttributes,
      MessageAttributes: { shop: { DataType: 'String', StringValue: 'woo' } },
      Attributes: { ApproximateReceiveCount: '1' },
    });
    expect(message?.MessageAttributes?.['raw']?.BinaryValue).toEqual(new Uint8Array([0, 255]));
    expect(Number(message?.Attributes?.['SentTimestamp'])).toBeGreaterThanOrEqual(before);
  });

  it('digests attributes as the developer guide describes it', async () => {
    // Expected value computed outside this project: md5 of lengths in four bytes, texts and a type byte.
    const sent = await send('x', { MessageAttributes: { a: { DataType: 'String', StringValue: 'b' } } });

    expect(sent.MD5OfMessageAttributes).toBe('bef8bf215374a0a228d67533b1a488be');
  });

  it('hides a received message until its visibility timeout ends, then counts the next receive', async () => {
    await send('one');
    const [first] = await receive();

    const whileHidden = await receive();
    await advance(60);
    const [second] = await receive();

    expect(whileHidden).toEqual([]);
    expect(second?.MessageId).toBe(first?.MessageId);
    expect(second?.ReceiptHandle).not.toBe(first?.ReceiptHandle);
    expect(second?.Attributes?.['ApproximateReceiveCount']).toBe('2');
    expect(second?.Attributes?.['ApproximateFirstReceiveTimestamp']).toBe(
      first?.Attributes?.['ApproximateFirstReceiveTimestamp'],
    );
  });

  it('deletes with the newest receipt handle and not with an outdated one', async () => {
    await send('one');
    const [first] = await receive();
    await advance(60);
    const [second] = await receive();

    const remove = (ReceiptHandle: string | undefined) =>
      aws.clients.sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle }));
    await remove(first?.ReceiptHandle);
    const afterOutdated = aws.sqs.depth('intake');
    await remove(second?.ReceiptHandle);
    const afterNewest = aws.sqs.depth('intake');

    expect(afterOutdated).toMatchObject({ inFlight: 1 });
    expect(afterNewest).toMatchObject({ visible: 0, inFlight: 0, delayed: 0 });
    await expect(remove('made-up')).rejects.toMatchObject({ name: 'ReceiptHandleIsInvalid' });
  });

  it('keeps a delayed message back', async () => {
    await send('later', { DelaySeconds: 90 });

    const early = await receive();
    await advance(90);
    const due = await receive();

    expect(early).toEqual([]);
    expect(due).toHaveLength(1);
  });

  it('moves a message received too often to the dead letters, and back on request', async () => {
    await send('poison');
    for (let attempt = 0; attempt < 2; attempt += 1) {
      await receive();
      await advance(60);
    }

    const third = await receive();
    const [dead] = await receive(deadUrl, { VisibilityTimeout: 0 });
    await advance(1);
    await aws.clients.sqs.send(
      new StartMessageMoveTaskCommand({ SourceArn: 'arn:aws:sqs:eu-west-1:000000000000:intake-dead' }),
    );
    const [again] = await receive();

    expect(third).toEqual([]);
    expect(dead).toMatchObject({
      Body: 'poison',
      Attributes: { DeadLetterQueueSourceArn: 'arn:aws:sqs:eu-west-1:000000000000:intake' },
    });
    expect(again).toMatchObject({ Body: 'poison', Attributes: { ApproximateReceiveCount: '1' } });
  });

  it('drops a message when its retention is over', async () => {
    await send('old');

    await advance(4 * 86_400 - 1);
    const before = aws.sqs.depth('intake');
    await advance(2);
    const after = aws.sqs.depth('intake');
    const messages = await receive();

    expect(messages).toEqual([]);
    expect([before.visible, after.visible]).toEqual([1, 0]);
    expect(after.oldestSentAt).toBeUndefined();
  });

  it('sends and deletes batches entry by entry', async () => {
    const sent = await aws.clients.sqs.send(
      new SendMessageBatchCommand({
        QueueUrl: url,
        Entries: [
          { Id: 'a', MessageBody: 'A' },
          { Id: 'b', MessageBody: 'B' },
        ],
      }),
    );
    const messages = await receive();
    const deleted = await aws.clients.sqs.send(
      new DeleteMessageBatchCommand({
        QueueUrl: url,
        Entries: [
          { Id: 'good', ReceiptHandle: messages[0]?.ReceiptHandle },
          { Id: 'bad', ReceiptHandle: 'made-up' },
        ],
      }),
    );

    expect(sent.Successful?.map(({ Id }) => Id)).toEqual(['a', 'b']);
    expect(deleted.Successful).toEqual([{ Id: 'good' }]);
    expect(deleted.Failed).toMatchObject([{ Id: 'bad', Code: 'ReceiptHandleIsInvalid', SenderFault: true }]);
    expect(aws.sqs.depth('intake').inFlight).toBe(1);
  });

  it('refuses batches that SQS refuses', async () => {
    const batch = (ids: string[]) =>
      aws.clients.sqs.send(
        new SendMessageBatchCommand({
          QueueUrl: url,
          Entries: ids.map((Id) => ({ Id, MessageBody: 'x' })),
        }),
      );

    await expect(batch([])).rejects.toMatchObject({ name: 'EmptyBatchRequest' });
    await expect(batch(['a', 'a'])).rejects.toMatchObject({ name: 'BatchEntryIdsNotDistinct' });
    await expect(batch([...'abcdefghijk'])).rejects.toMatchObject({ name: 'TooManyEntriesInBatchRequest' });
  });

  it('makes a message visible at once when its visibility is changed to zero', async () => {
    await send('one');
    const [first] = await receive();

    await aws.clients.sqs.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: url,
        ReceiptHandle: first?.ReceiptHandle,
        VisibilityTimeout: 0,
      }),
    );
    const [second] = await receive();

    expect(second?.MessageId).toBe(first?.MessageId);
  });

  it('ends a long poll as soon as a message is sent', async () => {
    const poll = receive(url, { WaitTimeSeconds: 20 });

    await send('now');
    const messages = await poll;

    expect(messages).toHaveLength(1);
  });

  it('lists, describes and purges queues', async () => {
    await send('one');

    const { QueueUrls } = await aws.clients.sqs.send(new ListQueuesCommand({ QueueNamePrefix: 'intake' }));
    const { QueueUrl } = await aws.clients.sqs.send(new GetQueueUrlCommand({ QueueName: 'intake' }));
    const { Attributes } = await aws.clients.sqs.send(
      new GetQueueAttributesCommand({
        QueueUrl: url,
        AttributeNames: ['ApproximateNumberOfMessages', 'RedrivePolicy'],
      }),
    );
    await aws.clients.sqs.send(new PurgeQueueCommand({ QueueUrl: url }));

    expect(QueueUrls).toEqual([url, deadUrl]);
    expect(QueueUrl).toBe(url);
    expect(Attributes).toEqual({
      ApproximateNumberOfMessages: '1',
      RedrivePolicy: expect.stringContaining('"maxReceiveCount":2'),
    });
    expect(aws.sqs.depth('intake').visible).toBe(0);
  });

  it('names an unknown queue, a body too large and a bad parameter as SQS does', async () => {
    const unknown = aws.clients.sqs.send(
      new SendMessageCommand({ QueueUrl: `${url}-other`, MessageBody: 'x' }),
    );

    await expect(unknown).rejects.toBeInstanceOf(QueueDoesNotExist);
    await expect(send('x'.repeat(1_048_577))).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    await expect(send('x', { DelaySeconds: 901 })).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  });

  it('bills each 64 KB sent as a call', async () => {
    await send('x'.repeat(100_000));

    expect(aws.meter.read().queueCalls).toBe(2);
  });
});

describe('a restart', () => {
  it('keeps messages, and makes those in flight visible at once', async () => {
    await send('held');
    await send('delayed', { DelaySeconds: 600 });
    await receive();
    await aws.stop();

    aws = await startLocalAws(folder.path);
    createQueues();
    const messages = await receive();

    expect(messages.map(({ Body }) => Body)).toEqual(['held']);
    expect(messages[0]?.Attributes?.['ApproximateReceiveCount']).toBe('2');
    expect(aws.sqs.depth('intake').delayed).toBe(1);
  });
});
