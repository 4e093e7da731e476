import * as z from 'zod';
import type { ResourceReader } from './properties.ts';

const TopicProperties = z.object({
  FifoTopic: z.literal(false, 'FIFO topics are not played on one machine').optional(),
});

export type Topic = { readonly logicalId: string; readonly arn: string };

export const readTopics = (reader: ResourceReader): Topic[] =>
  reader.idsOf('AWS::SNS::Topic').map((logicalId) => {
    reader.read(logicalId, TopicProperties);
    return { logicalId, arn: reader.names.arn(logicalId) };
  });

const SubscriptionProperties = z.strictObject({
  TopicArn: z.string(),
  Protocol: z.string(),
  Endpoint: z.string(),
  RawMessageDelivery: z.boolean().default(false),
  /** A delivery to a queue of this machine does not fail. */
  RedrivePolicy: z.unknown().optional(),
});

/** A queue that hears whatever is published to a topic. */
export type Subscription = {
  readonly logicalId: string;
  readonly arn: string;
  readonly topicArn: string;
  readonly queueArn: string;
  /** Without it the queue gets the message in SNS's envelope. */
  readonly isRaw: boolean;
};

/** People and web hooks are not told from here; the console shows what they would hear. */
export const readSubscriptions = (reader: ResourceReader): Subscription[] =>
  reader.idsOf('AWS::SNS::Subscription').flatMap((logicalId) => {
    const { Protocol } = reader.read(logicalId, z.object({ Protocol: z.string() }));
    if (Protocol !== 'sqs') return [];
    const properties = reader.readWhole(logicalId, SubscriptionProperties);
    return [
      {
        logicalId,
        arn: `${properties.TopicArn}:${logicalId}`,
        topicArn: properties.TopicArn,
        queueArn: properties.Endpoint,
        isRaw: properties.RawMessageDelivery,
      },
    ];
  });
