import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { sqsClient } from './clients.ts';
import type { ForgetQueue } from './forget-ports.ts';

export const createForgetQueue = (url: string, client = sqsClient()): ForgetQueue => ({
  send: async (task) => {
    await client.send(new SendMessageCommand({ QueueUrl: url, MessageBody: JSON.stringify(task) }));
  },
});
