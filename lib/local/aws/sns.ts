/** SNS on one machine: keeps what is published to the topics of the stack. Nobody can subscribe; the console shows it. */
import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Meter } from '../meter.ts';
import type { Store } from '../store.ts';
import type { Timekeeper } from '../time.ts';
import { AwsError } from './aws-error.ts';
import { type AwsService, action, createService } from './service.ts';

/** What would have reached the phones, the pager or the chat of whoever subscribes. */
export type PublishedPage = { at: string; topic: string; subject: string | null; text: string };

export type Sns = AwsService & {
  createTopic(arn: string): void;
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

export const createSns = ({
  store,
  time,
  meter,
}: {
  store: Store;
  time: Pick<Timekeeper, 'now'>;
  meter: Meter;
}): Sns => {
  store.db.exec(SCHEMA);
  const topics = new Set<string>();
  const insert = store.db.prepare('INSERT INTO pages (at, topic, subject, text) VALUES (?, ?, ?, ?)');
  const newest = store.db.prepare(
    'SELECT at, topic, subject, text FROM (SELECT * FROM pages ORDER BY seq DESC LIMIT ?) ORDER BY seq',
  );

  const service = createService('SNS', {
    Publish: action(Publish, 'InvalidParameter', async ({ TopicArn, Subject, Message }) => {
      if (!topics.has(TopicArn)) throw new AwsError('NotFound', 'Topic does not exist');
      const at = time.now();
      const topic = TopicArn.slice(TopicArn.lastIndexOf(':') + 1);
      await store.write(() => insert.run(at, topic, Subject ?? null, Message));
      meter.add('pages', 1);
      return { MessageId: randomUUID() };
    }),
  });

  return {
    call: service.call,
    createTopic: (arn) => {
      topics.add(arn);
    },
    pages: () => z.array(Row).parse(newest.all(NEWEST)),
  };
};
