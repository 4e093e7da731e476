/** A queue that loses nothing: encrypted, kept when the stack goes, with dead letters where an alarm looks. */
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { Key } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { FUNCTION_TIMEOUT } from './function-timeout.ts';

/** A message that fails this often goes to the dead letters. */
const MOST_RECEIVES = 5;
/** AWS's advice: six times the function's timeout. */
const VISIBILITY = Duration.seconds(6 * FUNCTION_TIMEOUT.toSeconds());

export type DurableQueue = { readonly queue: Queue; readonly deadLetters: Queue };

/** Makes `Queue` and `DeadLetters` in `scope`. */
export const durableQueue = (scope: Construct, key: Key): DurableQueue => {
  const common = {
    encryption: QueueEncryption.KMS,
    encryptionMasterKey: key,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
    /* What lies here was taken and answered: no deploy may drop it. */
    removalPolicy: RemovalPolicy.RETAIN,
  };
  const deadLetters = new Queue(scope, 'DeadLetters', common);
  const queue = new Queue(scope, 'Queue', {
    ...common,
    visibilityTimeout: VISIBILITY,
    deadLetterQueue: { queue: deadLetters, maxReceiveCount: MOST_RECEIVES },
  });
  return { queue, deadLetters };
};

/** The consumer answers for each message by itself; at most `atOnce` of it run at a time. */
export const consume = (queue: Queue, consumer: IFunction, atOnce: number): void =>
  consumer.addEventSource(
    new SqsEventSource(queue, { batchSize: 10, reportBatchItemFailures: true, maxConcurrency: atOnce }),
  );
