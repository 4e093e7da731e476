/** Who is to be forgotten, one message a sale: an erasure outlives the request that asked for it. */
import type { Key } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { consume, durableQueue } from './durable-queue.ts';

export class Forget extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, { key }: { key: Key }) {
    super(scope, id);
    const { queue, deadLetters } = durableQueue(this, key);
    this.queue = queue;
    this.deadLetters = deadLetters;
  }

  consumeWith(consumer: IFunction): void {
    consume(this.queue, consumer, 5);
  }
}
