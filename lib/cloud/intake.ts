/** The queue between a shop's webhook and the sale, with its dead letters. */
import { RemovalPolicy } from 'aws-cdk-lib';
import type { Key } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { consume, durableQueue } from './durable-queue.ts';

export class Intake extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;
  /** `{"<source>": ["<newest secret>", "<older>"]}`; filled in by hand, docs/deploy.md says how. */
  readonly secrets: Secret;

  constructor(scope: Construct, id: string, { key }: { key: Key }) {
    super(scope, id);
    const { queue, deadLetters } = durableQueue(this, key);
    this.queue = queue;
    this.deadLetters = deadLetters;
    this.secrets = new Secret(this, 'WebhookSecrets', {
      description: 'Webhook secrets of the shop, as {"<source>": ["<newest>", "<older>"]}',
      encryptionKey: key,
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }

  consumeWith(consumer: IFunction): void {
    consume(this.queue, consumer, 20);
  }
}
