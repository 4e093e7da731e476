import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { Context, ScheduledEvent, SQSEvent } from 'aws-lambda';

type Ask = { ask: string; token: string };
type Work = SQSEvent | ScheduledEvent | Ask;

const dynamodb = new DynamoDBClient({});
const sfn = new SFNClient({});

const keep = (pk: string, token: string) =>
  dynamodb.send(
    new PutItemCommand({
      TableName: process.env['TABLE_NAME'],
      Item: { pk: { S: pk }, token: { S: token } },
    }),
  );

export const handler = async (event: Work, context: Context) => {
  if ('ask' in event) {
    await keep(event.ask, event.token);
    return {};
  }
  if ('Records' in event) {
    for (const { body } of event.Records)
      await sfn.send(
        new StartExecutionCommand({
          stateMachineArn: process.env['MACHINE_ARN'],
          name: body,
          input: JSON.stringify({ orderId: body }),
        }),
      );
    return { batchItemFailures: [] };
  }
  await keep(`tick ${event.time}`, context.invokedFunctionArn);
  return {};
};
