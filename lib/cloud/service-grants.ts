/** What AWS services may do with our key and queues on behalf of this account, and of no other. */
import { Stack } from 'aws-cdk-lib';
import { type Condition, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import type { Queue } from 'aws-cdk-lib/aws-sqs';

/** Without it the service could be made to act for somebody else's account: the confused deputy. */
const ofThisAccount = (scope: Key | Queue): Condition => ({ 'aws:SourceAccount': Stack.of(scope).account });

/** To write to something that the key encrypts. */
export const letEncrypt = (key: Key, service: string): void => {
  key.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal(service)],
      actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
      resources: ['*'],
      conditions: { StringEquals: ofThisAccount(key) },
    }),
  );
};

/** To put messages on the queue, for the one thing named by its ARN. */
export const letSend = (queue: Queue, service: string, sourceArn: string): void => {
  queue.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal(service)],
      actions: ['sqs:SendMessage'],
      resources: [queue.queueArn],
      conditions: { ArnEquals: { 'aws:SourceArn': sourceArn }, StringEquals: ofThisAccount(queue) },
    }),
  );
};
