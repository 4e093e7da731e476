import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { synthesized } from '../fixtures/synthesized.ts';
import { readTemplate } from './read-template.ts';

const Queue = z.object({
  KmsMasterKeyId: z.string(),
  MessageRetentionPeriod: z.number(),
  VisibilityTimeout: z.number().optional(),
  RedrivePolicy: z.strictObject({ deadLetterTargetArn: z.string(), maxReceiveCount: z.number() }).optional(),
});
const Mapping = z.object({
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  BatchSize: z.number(),
  FunctionResponseTypes: z.array(z.string()),
});
const QueuePolicy = z.object({
  Queues: z.tuple([z.string()]),
  PolicyDocument: z.object({ Statement: z.array(z.record(z.string(), z.unknown())) }),
});
const Timed = z.object({ Timeout: z.number() });

const template = readTemplate(synthesized().template);
const queues = new Map(
  template
    .of('AWS::SQS::Queue')
    .map(([id, { Properties }]) => [`<${template.nameOf(id)}>`, template.read(Queue, Properties)] as const),
);
const policies = template
  .of('AWS::SQS::QueuePolicy')
  .map(([, { Properties }]) => template.read(QueuePolicy, Properties));
const allowedOn = (queue: string) =>
  policies
    .filter(({ Queues }) => Queues[0] === queue)
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement.filter((it) => it['Effect'] === 'Allow'));

const CONSUMERS: Record<string, string> = {
  Intake: 'start-follow-up',
  Inbound: 'receive-mail',
  MailEvents: 'hear-of-mail',
  Forget: 'forget-person',
};
const NAMES = Object.keys(CONSUMERS);

describe('the queues', () => {
  it('are these four, each with its dead letters', () => {
    expect([...queues.keys()].sort()).toEqual(
      NAMES.flatMap((name) => [`<${name}DeadLetters>`, `<${name}Queue>`]).sort(),
    );
  });

  it.each(NAMES)('%s puts a message aside after five failures', (name) => {
    expect(queues.get(`<${name}Queue>`)?.RedrivePolicy).toEqual({
      deadLetterTargetArn: `<${name}DeadLetters>`,
      maxReceiveCount: 5,
    });
  });

  it.each([...queues])(
    '%s keeps messages for fourteen days, encrypted with the key of the stack',
    (_, queue) => {
      expect([queue.MessageRetentionPeriod, queue.KmsMasterKeyId]).toEqual([14 * 86_400, '<Key>']);
    },
  );

  it.each(Object.entries(CONSUMERS))(
    '%s is consumed by %s, by its alias, message by message',
    (name, consumer) => {
      const mappings = template
        .of('AWS::Lambda::EventSourceMapping')
        .map(([, { Properties }]) => template.read(Mapping, Properties))
        .filter(({ EventSourceArn }) => EventSourceArn === `<${name}Queue>`);

      expect(mappings).toEqual([
        {
          EventSourceArn: `<${name}Queue>`,
          FunctionName: `<${consumer}>:live`,
          BatchSize: 10,
          FunctionResponseTypes: ['ReportBatchItemFailures'],
        },
      ]);
    },
  );

  it.each(Object.entries(CONSUMERS))('%s hides a message for six runs of %s at least', (name, consumer) => {
    const [timed] = template
      .of('AWS::Lambda::Function')
      .filter(([id]) => template.nameOf(id) === consumer)
      .map(([, { Properties }]) => template.read(Timed, Properties));

    expect(queues.get(`<${name}Queue>`)?.VisibilityTimeout).toBeGreaterThanOrEqual(
      6 * (timed?.Timeout ?? Number.NaN),
    );
  });

  it.each([...queues.keys()])('%s refuses whoever does not use TLS', (queue) => {
    const statements = policies
      .filter(({ Queues }) => Queues[0] === queue)
      .flatMap(({ PolicyDocument }) => PolicyDocument.Statement);

    expect(statements).toContainEqual({
      Effect: 'Deny',
      Action: 'sqs:*',
      Principal: { AWS: '*' },
      Resource: queue,
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    });
  });

  it.each([
    '<IntakeQueue>',
    '<IntakeDeadLetters>',
    '<ForgetQueue>',
    '<ForgetDeadLetters>',
    '<InboundDeadLetters>',
  ])('%s is open to no AWS service', (queue) => {
    expect(allowedOn(queue)).toEqual([]);
  });

  it('let in S3 for the bucket of mails only', () => {
    expect(allowedOn('<InboundQueue>')).toEqual([
      {
        Effect: 'Allow',
        Action: 'sqs:SendMessage',
        Principal: { Service: 's3.amazonaws.com' },
        Resource: '<InboundQueue>',
        Condition: {
          ArnEquals: { 'aws:SourceArn': 'arn:aws:s3:::aftercare-mail-<account>-<region>' },
          StringEquals: { 'aws:SourceAccount': '<account>' },
        },
      },
    ]);
  });

  it.each(['<MailEventsQueue>', '<MailEventsDeadLetters>'])(
    'let in SNS for the topic of mail events only: %s',
    (queue) => {
      expect(allowedOn(queue)).toEqual([
        {
          Effect: 'Allow',
          Action: 'sqs:SendMessage',
          Principal: { Service: 'sns.amazonaws.com' },
          Resource: queue,
          Condition: {
            ArnEquals: { 'aws:SourceArn': '<MailEventsTopic>' },
            StringEquals: { 'aws:SourceAccount': '<account>' },
          },
        },
      ]);
    },
  );
});
