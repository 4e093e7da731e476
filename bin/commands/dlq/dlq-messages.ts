/** Messages among the dead letters: taken in hand, put back, sent on, deleted. */
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import * as z from 'zod';

/** Long enough to be looked at, short enough that a command that dies hides nothing for long. */
const HOLD_SECONDS = 120;
const AT_ONCE = 10;

const Received = z.object({
  MessageId: z.string(),
  ReceiptHandle: z.string(),
  Body: z.string(),
  Attributes: z.object({
    SentTimestamp: z.coerce.number(),
    ApproximateReceiveCount: z.coerce.number(),
  }),
});

export type Letter = {
  id: string;
  handle: string;
  body: string;
  /** When it was sent to its queue first, in epoch milliseconds. */
  sentAt: number;
  /** How often it was received, this time included. */
  received: number;
  /** As the sender gave them. */
  attributes: NonNullable<Message['MessageAttributes']>;
};

const letterOf = (message: Message): Letter => {
  const { MessageId, ReceiptHandle, Body, Attributes } = Received.parse(message);
  return {
    id: MessageId,
    handle: ReceiptHandle,
    body: Body,
    sentAt: Attributes.SentTimestamp,
    received: Attributes.ApproximateReceiveCount,
    attributes: message.MessageAttributes ?? {},
  };
};

export type Tray = ReturnType<typeof openTray>;

/** The dead letters of one queue. `waitSeconds`: AWS keeps a queue on many servers and asks all only who waits. */
export const openTray = (sqs: SQSClient, url: string, waitSeconds: number) => {
  /** Up to ten; nobody else sees them until they are put back, or two minutes have passed. */
  const take = async (most = AT_ONCE): Promise<Letter[]> => {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: url,
        MaxNumberOfMessages: Math.min(most, AT_ONCE),
        VisibilityTimeout: HOLD_SECONDS,
        WaitTimeSeconds: waitSeconds,
        MessageSystemAttributeNames: ['All'],
        MessageAttributeNames: ['All'],
      }),
    );
    return Messages.map(letterOf);
  };

  const putBack = async (letters: readonly Letter[]): Promise<void> => {
    await Promise.all(
      letters.map(({ handle }) =>
        sqs.send(
          new ChangeMessageVisibilityCommand({ QueueUrl: url, ReceiptHandle: handle, VisibilityTimeout: 0 }),
        ),
      ),
    );
  };

  return {
    take,
    putBack,
    /** Looks at up to so many, oldest first, and puts back every one before it answers. */
    look: async (most: number): Promise<Letter[]> => {
      const seen = new Map<string, Letter>();
      try {
        while (seen.size < most) {
          const letters = await take(most - seen.size);
          if (letters.length === 0) break;
          for (const letter of letters) seen.set(letter.id, letter);
        }
      } finally {
        await putBack([...seen.values()]);
      }
      return [...seen.values()].toSorted((a, b) => a.sentAt - b.sentAt);
    },
    remove: async ({ handle }: Letter): Promise<void> => {
      await sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: handle }));
    },
    /** To the queue it came from, as it was: the copy first, so that nothing can be lost in between. */
    sendOn: async ({ body, attributes, handle }: Letter, queueUrl: string): Promise<void> => {
      await sqs.send(
        new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: body, MessageAttributes: attributes }),
      );
      await sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: handle }));
    },
  };
};
