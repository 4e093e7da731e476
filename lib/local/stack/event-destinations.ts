import * as z from 'zod';
import type { ResourceReader } from './properties.ts';

const EVENT_TYPES = {
  bounce: 'Bounce',
  complaint: 'Complaint',
  delivery: 'Delivery',
  deliveryDelay: 'DeliveryDelay',
  reject: 'Reject',
  send: 'Send',
} as const;
export type MailEventType = (typeof EVENT_TYPES)[keyof typeof EVENT_TYPES];

const TypeName = z.enum(
  ['bounce', 'complaint', 'delivery', 'deliveryDelay', 'reject', 'send'],
  'opens, clicks, subscriptions and rendering failures are not played',
);

const Properties = z.strictObject({
  ConfigurationSetName: z.string(),
  EventDestination: z.strictObject({
    Name: z.string().optional(),
    Enabled: z.boolean().default(false),
    MatchingEventTypes: z.array(TypeName),
    SnsDestination: z.strictObject({ TopicARN: z.string() }, 'the only destination played is an SNS topic'),
  }),
});

/** What becomes of mails sent with a configuration set is published to a topic. */
export type EventDestination = {
  readonly logicalId: string;
  readonly configurationSet: string;
  readonly topicArn: string;
  readonly types: ReadonlySet<MailEventType>;
};

export const readEventDestinations = (reader: ResourceReader): EventDestination[] =>
  reader.idsOf('AWS::SES::ConfigurationSetEventDestination').flatMap((logicalId) => {
    const properties = reader.readWhole(logicalId, Properties);
    const { Enabled, MatchingEventTypes, SnsDestination } = properties.EventDestination;
    if (!Enabled) return [];
    return [
      {
        logicalId,
        configurationSet: properties.ConfigurationSetName,
        topicArn: SnsDestination.TopicARN,
        types: new Set(MatchingEventTypes.map((type) => EVENT_TYPES[type])),
      },
    ];
  });
