/** The queue between a shop's webhook and the sale, with its dead letters. */
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { Key } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { FUNCTION_TIMEOUT } from './functions.ts';

/** A message that fails this often goes to the dead letters, where an alarm looks. */
const MOST_RECEIVES = 5;
/** AWS's advice: six times the function's timeout. */
const VISIBILITY = Duration.seconds(6 * FUNCTION_TIMEOUT.toSeconds());

export class Intake extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;
  /** `{"<source>": ["<newest secret>", "<older>"]}`; filled in by hand, docs/deploy.md says how. */
  readonly secrets: Secret;

  constructor(scope: Construct, id: string, { key }: { key: Key }) {
    super(scope, id);
    const common = {
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: key,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      /* What lies here was answered with 2xx: no deploy may drop it. */
      removalPolicy: RemovalPolicy.RETAIN,
    };
    this.deadLetters = new Queue(this, 'DeadLetters', common);
    this.queue = new Queue(this, 'Queue', {
      ...common,
      visibilityTimeout: VISIBILITY,
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: MOST_RECEIVES },
    });
    this.secrets = new Secret(this, 'WebhookSecrets', {
      description: 'Webhook secrets of the shop, as {"<source>": ["<newest>", "<older>"]}',
      encryptionKey: key,
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }

  consumeWith(consumer: IFunction): void {
    consumer.addEventSource(
      new SqsEventSource(this.queue, { batchSize: 10, reportBatchItemFailures: true, maxConcurrency: 20 }),
    );
  }
}
