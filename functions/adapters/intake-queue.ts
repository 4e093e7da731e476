import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { IntakeQueue } from './ports.ts';

export const createIntakeQueue = (url: string, client = new SQSClient({})): IntakeQueue => ({
  send: async (body) => {
    await client.send(new SendMessageCommand({ QueueUrl: url, MessageBody: body }));
  },
});
