/** What SQS calls carry. Numbers may come as text, since the Query protocol has nothing else. */
import * as z from 'zod';

export const MAX_BATCH = 10;
export const MAX_MESSAGE_BYTES = 1_048_576;

const Seconds = (max: number) => z.coerce.number().pipe(z.int().min(0).max(max));
const QueueUrl = z.string().min(1);
const Id = z.string().regex(/^[\w-]{1,80}$/);

export const MessageAttributes = z.record(
  z.string(),
  z.object({
    DataType: z.string().regex(/^(String|Number|Binary)/),
    StringValue: z.string().optional(),
    BinaryValue: z.string().optional(),
  }),
);
export type MessageAttributes = z.output<typeof MessageAttributes>;

const Message = z.object({
  MessageBody: z.string().min(1),
  DelaySeconds: Seconds(900).optional(),
  MessageAttributes: MessageAttributes.default({}),
});
export type Message = z.output<typeof Message>;

export const SendMessage = Message.extend({ QueueUrl });
export const SendMessageBatch = z.object({ QueueUrl, Entries: z.array(Message.extend({ Id })) });
export const DeleteMessage = z.object({ QueueUrl, ReceiptHandle: z.string() });
export const DeleteMessageBatch = z.object({
  QueueUrl,
  Entries: z.array(z.object({ Id, ReceiptHandle: z.string() })),
});
export const ChangeMessageVisibility = z.object({
  QueueUrl,
  ReceiptHandle: z.string(),
  VisibilityTimeout: Seconds(43_200),
});
export const ReceiveMessage = z.object({
  QueueUrl,
  MaxNumberOfMessages: z.coerce.number().pipe(z.int().min(1).max(MAX_BATCH)).default(1),
  VisibilityTimeout: Seconds(43_200).optional(),
  WaitTimeSeconds: Seconds(20).default(0),
  AttributeNames: z.array(z.string()).default([]),
  MessageSystemAttributeNames: z.array(z.string()).default([]),
  MessageAttributeNames: z.array(z.string()).default([]),
});
export type ReceiveMessage = z.output<typeof ReceiveMessage>;
export const OneQueue = z.object({ QueueUrl });
export const QueueName = z.object({ QueueName: z.string() });
export const QueueAttributes = z.object({ QueueUrl, AttributeNames: z.array(z.string()).default(['All']) });
export const ListQueues = z.object({ QueueNamePrefix: z.string().default('') });
export const MoveTask = z.object({ SourceArn: z.string(), DestinationArn: z.string().optional() });
