import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { sqsClient } from './clients.ts';
import type { IntakeQueue } from './ports.ts';

export const createIntakeQueue = (url: string, client = sqsClient()): IntakeQueue => ({
  send: async (body) => {
    await client.send(new SendMessageCommand({ QueueUrl: url, MessageBody: body }));
  },
});
