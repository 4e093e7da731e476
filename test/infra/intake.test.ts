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
  ScalingConfig: z.object({ MaximumConcurrency: z.number() }),
});
const QueuePolicy = z.object({
  Queues: z.array(z.string()),
  PolicyDocument: z.object({ Statement: z.array(z.unknown()) }),
});
const Timed = z.object({ Timeout: z.number() });

const FOURTEEN_DAYS = 14 * 86_400;

const template = readTemplate(synthesized().template);
const queues = new Map(
  template
    .of('AWS::SQS::Queue')
    .map(([id, { Properties }]) => [template.nameOf(id), template.read(Queue, Properties)] as const),
);
const queue = queues.get('IntakeQueue');
const mappings = template
  .of('AWS::Lambda::EventSourceMapping')
  .map(([, { Properties }]) => template.read(Mapping, Properties));

describe('the intake', () => {
  it('puts a message aside after five failures, and keeps it for fourteen days', () => {
    expect(queue?.RedrivePolicy).toEqual({ deadLetterTargetArn: '<IntakeDeadLetters>', maxReceiveCount: 5 });
    expect(queues.get('IntakeDeadLetters')?.MessageRetentionPeriod).toBe(FOURTEEN_DAYS);
  });

  it('hides a message for six runs of its consumer at least', () => {
    const [consumer] = template
      .of('AWS::Lambda::Function')
      .filter(([id]) => template.nameOf(id) === 'start-follow-up')
      .map(([, { Properties }]) => template.read(Timed, Properties));

    expect(queue?.VisibilityTimeout).toBeGreaterThanOrEqual(6 * (consumer?.Timeout ?? Number.NaN));
  });

  it('is consumed by start-follow-up, by its alias, message by message', () => {
    expect(mappings).toEqual([
      {
        EventSourceArn: '<IntakeQueue>',
        FunctionName: '<start-follow-up>:live',
        BatchSize: 10,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        ScalingConfig: { MaximumConcurrency: 20 },
      },
    ]);
  });

  it('encrypts messages with the key of the stack', () => {
    expect([...queues.values()].map(({ KmsMasterKeyId }) => KmsMasterKeyId)).toEqual(['<Key>', '<Key>']);
  });

  it('refuses whoever does not use TLS', () => {
    const policies = template
      .of('AWS::SQS::QueuePolicy')
      .map(([, { Properties }]) => template.read(QueuePolicy, Properties));

    expect(policies.flatMap(({ Queues }) => Queues).sort()).toEqual(['<IntakeDeadLetters>', '<IntakeQueue>']);
    for (const { Queues, PolicyDocument } of policies) {
      expect(PolicyDocument.Statement).toContainEqual({
        Effect: 'Deny',
        Action: 'sqs:*',
        Principal: { AWS: '*' },
        Resource: Queues[0],
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      });
    }
  });

  it('holds webhook secrets encrypted with the same key, and none of them in the template', () => {
    const secrets = template.of('AWS::SecretsManager::Secret').map(([, { Properties }]) => Properties);

    expect(secrets.map((secret) => template.plain(secret['KmsKeyId']))).toEqual(['<Key>']);
    expect(secrets.filter((secret) => 'SecretString' in secret)).toEqual([]);
  });
});
