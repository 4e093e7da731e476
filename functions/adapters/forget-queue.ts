import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { ForgetQueue } from './forget-ports.ts';

export const createForgetQueue = (url: string, client = new SQSClient({})): ForgetQueue => ({
  send: async (task) => {
    await client.send(new SendMessageCommand({ QueueUrl: url, MessageBody: JSON.stringify(task) }));
  },
});
