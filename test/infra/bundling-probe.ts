/** Runs twice, from the packages as they are and from a bundle: it must tell the same. */
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
import { SendTaskSuccessCommand, SFNClient } from '@aws-sdk/client-sfn';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { Configuration } from '../../functions/core/configuration.ts';
import { noteEvent } from '../../functions/middleware/log-line.ts';
import { measure } from '../../functions/middleware/measure.ts';

type Sent = {
  method: string;
  hostname: string;
  path: string;
  headers: Record<string, string>;
  body?: unknown;
};
type Answer = { statusCode: number; headers: Record<string, string>; body: string };

/** What differs from run to run, or says which version of what calls. */
const PASSING = /^(authorization|x-amz-date|user-agent|x-amz-user-agent|amz-sdk-invocation-id)$/;

const told: unknown[] = [];

const clientSettings = (answer: Answer) => ({
  region: 'eu-west-1',
  credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  maxAttempts: 1,
  requestHandler: {
    metadata: { handlerProtocol: 'http/1.1' },
    handle: async ({ method, hostname, path, headers, body }: Sent) => {
      const kept = Object.entries(headers).filter(([name]) => !PASSING.test(name.toLowerCase()));
      told.push({ method, hostname, path, headers: kept.sort(), body: String(body ?? '') });
      return { response: { ...answer, body: new TextEncoder().encode(answer.body) } };
    },
  },
});

const failure = (type: string, statusCode: number): Answer => ({
  statusCode,
  headers: { 'content-type': 'application/x-amz-json-1.0' },
  body: JSON.stringify({ __type: `com.amazonaws.any#${type}`, message: `because of ${type}` }),
});
const mailFailure = (code: string): Answer => ({
  statusCode: 400,
  headers: { 'content-type': 'text/xml' },
  body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>because of ${code}</Message></Error><RequestId>r</RequestId></ErrorResponse>`,
});
const success = (body: string, type = 'application/x-amz-json-1.0'): Answer => ({
  statusCode: 200,
  headers: { 'content-type': type },
  body,
});

const tell = async (call: Promise<object>): Promise<void> => {
  try {
    const { $metadata, Body, ...output } = z.looseObject({}).parse(await call);
    told.push(JSON.parse(JSON.stringify(output)));
  } catch (error) {
    const known = z.looseObject({ name: z.string(), message: z.string() }).parse(error);
    const { name, message } = known;
    told.push({ name, message, fault: known['$fault'], isRetryable: known['$retryable'] });
  }
};

const Item = { sale: { S: 'standard/1' }, data: { M: { n: { N: '1' }, list: { L: [{ BOOL: true }] } } } };
const put = new PutItemCommand({ TableName: 'sales', Item, ConditionExpression: 'attribute_not_exists(#k)' });

for (const [type, status] of [
  ['ConditionalCheckFailedException', 400],
  ['ProvisionedThroughputExceededException', 400],
  ['ThrottlingException', 400],
  ['ResourceNotFoundException', 400],
  ['InternalServerError', 500],
  ['AccessDeniedException', 400],
] as const)
  await tell(new DynamoDBClient(clientSettings(failure(type, status))).send(put));
const found = success(JSON.stringify({ Item, ConsumedCapacity: { TableName: 'sales', CapacityUnits: 1 } }));
await tell(
  new DynamoDBClient(clientSettings(found)).send(new GetItemCommand({ TableName: 'sales', Key: {} })),
);
const success1 = new SendTaskSuccessCommand({ taskToken: 't', output: '{}' });
for (const type of ['TaskTimedOut', 'InvalidToken', 'KmsThrottlingException'])
  await tell(new SFNClient(clientSettings(failure(type, 400))).send(success1));
const mail = new SendRawEmailCommand({ RawMessage: { Data: new TextEncoder().encode('Subject: ü') } });
for (const code of ['MessageRejected', 'ConfigurationSetDoesNotExist', 'Throttling'])
  await tell(new SESClient(clientSettings(mailFailure(code))).send(mail));
const taken =
  '<SendRawEmailResponse><SendRawEmailResult><MessageId>m1</MessageId></SendRawEmailResult></SendRawEmailResponse>';
await tell(new SESClient(clientSettings(success(taken, 'text/xml'))).send(mail));
const page = new PublishCommand({ TopicArn: 'arn:aws:sns:eu-west-1:1:t', Message: 'ring' });
await tell(new SNSClient(clientSettings(mailFailure('InvalidClientTokenId'))).send(page));
const QueueUrl = 'https://sqs.eu-west-1.amazonaws.com/1/q';
const message = new SendMessageCommand({ QueueUrl, MessageBody: 'body' });
await tell(new SQSClient(clientSettings(failure('QueueDoesNotExist', 400))).send(message));
const object = new GetObjectCommand({ Bucket: 'our-mails', Key: 'in/1' });
await tell(new S3Client(clientSettings(mailFailure('NoSuchKey'))).send(object));

told.push(
  Configuration.safeParse({ shop: { name: '', mailFrom: 'x' }, staff: [{ level: 7 }] }).error?.issues,
);
noteEvent('probed', { sale: 'standard/1', did: 3, isIt: true });
measure('2026-03-02T09:00:00.000Z', { values: { TokenMisses: 1 }, details: { why: 'it was asked' } });

console.log(JSON.stringify(told, null, 1));
