/**
 * SNS on one machine: queues of the stack hear what is published to their topics; what is published to the others is
 * kept, and the console shows it.
 */
import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Meter } from '../meter.ts';
import type { Subscription } from '../stack/topics.ts';
import type { Store } from '../store.ts';
import type { Timekeeper } from '../time.ts';
import { AwsError } from './aws-error.ts';
import { type AwsService, action, createService } from './service.ts';
import type { Sqs } from './sqs.ts';

/** What would have reached the phones, the pager or the chat of whoever subscribes. */
export type PublishedPage = { at: string; topic: string; subject: string | null; text: string };

export type Sns = AwsService & {
  createTopic(arn: string): void;
  subscribe(subscription: Pick<Subscription, 'topicArn' | 'queueArn' | 'isRaw'>): void;
  /** As another AWS service publishes. Call it inside a write to the store, and `sqs.wake` after it. */
  insert(topicArn: string, message: string, delaySeconds?: number, subject?: string): void;
  /** The newest 200, newest last. */
  pages(): PublishedPage[];
};

const NEWEST = 200;
const LONGEST_MESSAGE_BYTES = 262_144;
/** As SNS has it: fewer than 100 characters, begun by a visible one, without line ends and control characters. */
const SUBJECT = /^[!-~][ -~]{0,98}$/;

const notPlayed = (name: string) => z.undefined(`${name} is not played on one machine`).optional();

const Publish = z.object({
  TopicArn: z.string('only topics are published to on one machine'),
  Message: z.string().refine((text) => {
    const bytes = Buffer.byteLength(text);
    return bytes > 0 && bytes <= LONGEST_MESSAGE_BYTES;
  }, 'empty or longer than 256 kB'),
  Subject: z.string().regex(SUBJECT, 'not a subject: up to 99 ASCII characters on one line').optional(),
  TargetArn: notPlayed('TargetArn'),
  PhoneNumber: notPlayed('PhoneNumber'),
  MessageStructure: notPlayed('MessageStructure'),
  MessageAttributes: notPlayed('MessageAttributes'),
  MessageGroupId: notPlayed('MessageGroupId'),
  MessageDeduplicationId: notPlayed('MessageDeduplicationId'),
});

const Row = z.object({
  at: z.number().transform((at) => new Date(at).toISOString()),
  topic: z.string(),
  subject: z.string().nullable(),
  text: z.string(),
});

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS pages (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    topic TEXT NOT NULL,
    subject TEXT,
    text TEXT NOT NULL
  ) STRICT;
`;

const OneTopic = z.object({ TopicArn: z.string() });

type Message = { topicArn: string; text: string; subject?: string | undefined; delaySeconds?: number };

/** What a queue gets that did not ask for the bare message. The signature is nobody's. */
const envelope = ({ topicArn, text, subject }: Message, id: string, at: number): string =>
  JSON.stringify({
    Type: 'Notification',
    MessageId: id,
    TopicArn: topicArn,
    ...(subject === undefined ? {} : { Subject: subject }),
    Message: text,
    Timestamp: new Date(at).toISOString(),
    SignatureVersion: '1',
    Signature: 'local',
    SigningCertURL: 'http://localhost/none',
    UnsubscribeURL: 'http://localhost/none',
  });

export const createSns = ({
  store,
  time,
  meter,
  sqs,
}: {
  store: Store;
  time: Pick<Timekeeper, 'now'>;
  meter: Meter;
  sqs: Pick<Sqs, 'insert' | 'wake'>;
}): Sns => {
  store.db.exec(SCHEMA);
  /** With the queues that hear each. */
  const topics = new Map<string, Pick<Subscription, 'queueArn' | 'isRaw'>[]>();
  const insert = store.db.prepare('INSERT INTO pages (at, topic, subject, text) VALUES (?, ?, ?, ?)');
  const newest = store.db.prepare(
    'SELECT at, topic, subject, text FROM (SELECT * FROM pages ORDER BY seq DESC LIMIT ?) ORDER BY seq',
  );

  const queuesOf = (arn: string) => {
    const queues = topics.get(arn);
    if (queues === undefined) throw new AwsError('NotFound', 'Topic does not exist');
    return queues;
  };

  /** What queues hear is theirs to keep or to forget, so it is shown nowhere else. */
  const publish = (message: Message, id: string) => {
    const queues = queuesOf(message.topicArn);
    const at = time.now();
    const topic = message.topicArn.slice(message.topicArn.lastIndexOf(':') + 1);
    if (queues.length === 0) insert.run(at, topic, message.subject ?? null, message.text);
    for (const { queueArn, isRaw } of queues)
      sqs.insert(queueArn, isRaw ? message.text : envelope(message, id, at), message.delaySeconds);
  };

  const service = createService('SNS', {
    Publish: action(Publish, 'InvalidParameter', async ({ TopicArn, Subject, Message }) => {
      queuesOf(TopicArn);
      const MessageId = randomUUID();
      await store.write(() => publish({ topicArn: TopicArn, text: Message, subject: Subject }, MessageId));
      sqs.wake();
      meter.add('pages', 1);
      return { MessageId };
    }),
    ListSubscriptionsByTopic: action(OneTopic, 'InvalidParameter', ({ TopicArn }) => ({
      Subscriptions: queuesOf(TopicArn).map(({ queueArn }, index) => ({
        SubscriptionArn: `${TopicArn}:${index}`,
        Owner: TopicArn.split(':')[4] ?? '',
        Protocol: 'sqs',
        Endpoint: queueArn,
        TopicArn,
      })),
    })),
  });

  return {
    call: service.call,
    createTopic: (arn) => {
      topics.set(arn, []);
    },
    subscribe: ({ topicArn, queueArn, isRaw }) => {
      queuesOf(topicArn).push({ queueArn, isRaw });
    },
    insert: (topicArn, text, delaySeconds = 0, subject) =>
      publish({ topicArn, text, delaySeconds, subject }, randomUUID()),
    pages: () => z.array(Row).parse(newest.all(NEWEST)),
  };
};
