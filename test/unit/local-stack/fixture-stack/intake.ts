import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SendTaskSuccessCommand, SFNClient } from '@aws-sdk/client-sfn';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { APIGatewayProxyEventV2, APIGatewayProxyResultV2 } from 'aws-lambda';

const dynamodb = new DynamoDBClient({});
const sfn = new SFNClient({});
const sqs = new SQSClient({});
const secrets = new SecretsManagerClient({});

const receive = async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyResultV2> => {
  const { SecretString } = await secrets.send(
    new GetSecretValueCommand({ SecretId: process.env['SECRET_ARN'] }),
  );
  if (event.headers['x-secret'] !== SecretString) return { statusCode: 401, body: 'wrong secret' };
  await sqs.send(
    new SendMessageCommand({ QueueUrl: process.env['QUEUE_URL'], MessageBody: event.body ?? '' }),
  );
  return { statusCode: 202, body: '' };
};

const answer = async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyResultV2> => {
  const orderId = event.pathParameters?.['orderId'] ?? '';
  const { Item } = await dynamodb.send(
    new GetItemCommand({ TableName: process.env['TABLE_NAME'], Key: { pk: { S: orderId } } }),
  );
  const taskToken = Item?.['token']?.S;
  if (taskToken === undefined) return { statusCode: 404, body: 'nobody asked' };
  await sfn.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify({ words: event.body }) }));
  return { statusCode: 200, body: 'thanks' };
};

export const handler = (event: APIGatewayProxyEventV2) =>
  event.routeKey === 'POST /answers/{orderId}' ? answer(event) : receive(event);
