/** What becomes of the mails we send: SES tells a topic, the topic a queue, the queue a function. */
import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { type CfnConfigurationSet, CfnConfigurationSetEventDestination } from 'aws-cdk-lib/aws-ses';
import { CfnSubscription, Topic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { consume, durableQueue } from './durable-queue.ts';
import { letEncrypt, letSend } from './service-grants.ts';

/** No opens and no clicks: nobody is watched while they read. */
const CUSTOMER_EVENTS = ['bounce', 'complaint', 'delivery', 'deliveryDelay', 'reject'];
/** Of a note to staff nobody needs to hear that it arrived: hearing of it costs three calls of the queue and a Lambda. */
const STAFF_EVENTS = ['bounce', 'complaint', 'reject'];

type Props = { key: Key; customers: CfnConfigurationSet; staff: CfnConfigurationSet };

export class MailEvents extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, { key, customers, staff }: Props) {
    super(scope, id);
    const { queue, deadLetters } = durableQueue(this, key);
    this.queue = queue;
    this.deadLetters = deadLetters;
    const topic = new Topic(this, 'Topic', { masterKey: key, enforceSSL: true });
    topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('ses.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: {
          StringEquals: {
            'aws:SourceAccount': Stack.of(this).account,
            'aws:SourceArn': [customers, staff].map(({ ref }) =>
              Stack.of(this).formatArn({ service: 'ses', resource: 'configuration-set', resourceName: ref }),
            ),
          },
        },
      }),
    );
    letEncrypt(key, 'ses.amazonaws.com');
    letEncrypt(key, 'sns.amazonaws.com');
    for (const one of [queue, deadLetters]) letSend(one, 'sns.amazonaws.com', topic.topicArn);
    /* Raw: only this topic may send to the queue, so the envelope and its signature would prove nothing more. */
    const subscription = new CfnSubscription(this, 'Subscription', {
      topicArn: topic.topicArn,
      protocol: 'sqs',
      endpoint: queue.queueArn,
      rawMessageDelivery: true,
      redrivePolicy: { deadLetterTargetArn: deadLetters.queueArn },
    });
    const tell = (name: string, configurationSet: CfnConfigurationSet, events: string[]): void => {
      const destination = new CfnConfigurationSetEventDestination(this, name, {
        configurationSetName: configurationSet.ref,
        eventDestination: {
          enabled: true,
          matchingEventTypes: events,
          snsDestination: { topicArn: topic.topicArn },
        },
      });
      /* SES tries to publish when the destination is made, and refuses it when it may not. */
      destination.node.addDependency(topic, subscription);
    };
    tell('Destination', customers, CUSTOMER_EVENTS);
    tell('StaffDestination', staff, STAFF_EVENTS);
  }

  consumeWith(consumer: IFunction): void {
    consume(this.queue, consumer, 5);
  }
}
