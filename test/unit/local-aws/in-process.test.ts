/** Functions reach the AWS parts of their own process through the SDKs they bring along, without a socket. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerAws } from '../../../lib/local/aws/answer.ts';
import type { AwsCall, HttpAnswer } from '../../../lib/local/aws/aws-call.ts';
import { ConnectionLost } from '../../../lib/local/aws/aws-error.ts';
import { createLambda } from '../../../lib/local/aws/lambda.ts';
import { createSecretsManager } from '../../../lib/local/aws/secrets-manager.ts';
import { createLogFiles } from '../../../lib/local/lambda/log-files.ts';
import { createLambdaRunner, type LambdaRunner } from '../../../lib/local/lambda/runner.ts';
import type { LambdaFunction } from '../../../lib/local/stack/functions.ts';
import { createStepFunctions } from '../../../lib/local/step-functions/step-functions.ts';
import { type LocalAws, newFolder, startLocalAws } from './local-aws.ts';

const PLACE = { region: 'eu-west-1', accountId: '000000000000' };

/** Nothing listens there: whatever is answered was answered in process. */
const NOWHERE = 'http://127.0.0.1:1';

/** A function that does with the SDK what its event says; the clients are made as the product makes them. */
const SOURCE = `
  import * as dynamodb from '@aws-sdk/client-dynamodb';
  import * as lambda from '@aws-sdk/client-lambda';
  import * as s3 from '@aws-sdk/client-s3';
  import * as secrets from '@aws-sdk/client-secrets-manager';
  import * as ses from '@aws-sdk/client-ses';
  import * as sesv2 from '@aws-sdk/client-sesv2';
  import * as sfn from '@aws-sdk/client-sfn';
  import * as sns from '@aws-sdk/client-sns';
  import * as sqs from '@aws-sdk/client-sqs';
  import { Readable } from 'node:stream';

  const clients = {
    dynamodb: [dynamodb, new dynamodb.DynamoDBClient({ maxAttempts: 1 })],
    lambda: [lambda, new lambda.LambdaClient({ maxAttempts: 1 })],
    s3: [s3, new s3.S3Client({ maxAttempts: 1, forcePathStyle: true })],
    secrets: [secrets, new secrets.SecretsManagerClient({ maxAttempts: 1 })],
    ses: [ses, new ses.SESClient({ maxAttempts: 1 })],
    sesv2: [sesv2, new sesv2.SESv2Client({ maxAttempts: 1 })],
    sfn: [sfn, new sfn.SFNClient({ maxAttempts: 1 })],
    sns: [sns, new sns.SNSClient({ maxAttempts: 1 })],
    sqs: [sqs, new sqs.SQSClient({ maxAttempts: 1 })],
  };

  const send = async ([name, command, input, abortAfter]) => {
    const [commands, client] = clients[name];
    const stop = new AbortController();
    if (abortAfter !== undefined) setTimeout(() => stop.abort(), abortAfter);
    const streamed = input.Stream === undefined ? {} : { Body: Readable.from(input.Stream.map((part) => Buffer.from(part))) };
    const { Stream, RawMessage, Payload, ...given } = input;
    const bytes = RawMessage && { RawMessage: { Data: Buffer.from(RawMessage) } };
    const payload = Payload && { Payload: Buffer.from(Payload) };
    const { $metadata, ...answer } = await client.send(
      new commands[command]({ ...given, ...bytes, ...payload, ...streamed }),
      { abortSignal: stop.signal },
    );
    if (answer.Body !== undefined) answer.Body = await answer.Body.transformToString();
    if (answer.Payload !== undefined) answer.Payload = Buffer.from(answer.Payload).toString();
    return { ...answer, status: $metadata.httpStatusCode };
  };

  export const handler = (calls) =>
    Promise.all(calls.map((call) => send(call).catch(({ name, message, code }) => ({ name, message, code }))));
`;

const folder = await newFolder();
const bundle = join(folder.path, 'all-clients');
let aws: LocalAws;
let runnerOf: (one: LambdaFunction, threads: number) => LambdaRunner;
let runner: LambdaRunner;
let seen: AwsCall[];
/** Stands in for the services while it is there. */
let instead: (() => Promise<HttpAnswer>) | undefined;

const fn: LambdaFunction = {
  ...{ logicalId: 'AllClients', name: 'all-clients', logGroup: '/aws/lambda/all-clients' },
  arn: 'arn:aws:lambda:eu-west-1:000000000000:function:all-clients',
  ...{ assetDir: bundle, handler: 'index.handler', environment: {}, timeoutSeconds: 20, memoryMb: 256 },
  qualifiers: new Map([['$LATEST', '$LATEST']]),
};

beforeAll(async () => {
  mkdirSync(bundle);
  buildSync({
    stdin: { contents: SOURCE, resolveDir: import.meta.dirname },
    ...{ outfile: join(bundle, 'index.js'), bundle: true, minify: true, platform: 'node', format: 'cjs' },
    ...{ target: 'node24', logLevel: 'warning', mainFields: ['module', 'main'] },
  });
  aws = await startLocalAws(folder.path);
  aws.sqs.createQueue({ name: 'orders' });
  aws.s3.createBucket({ name: 'mails', expiries: [], notifications: [] });
  aws.sns.createTopic('arn:aws:sns:eu-west-1:000000000000:pages');
  const { dynamodb, meter, s3, ses, sns, sqs, store, time } = aws;
  const secrets = new Map([['shop/standard', () => 'local-secret']]);
  const secretsManager = createSecretsManager({ secrets, ...PLACE });
  const echo = async ({ payload }: { payload: unknown }) => ({ ok: true, payload }) as const;
  const logs = createLogFiles(join(folder.path, 'logs'), meter);
  const states = createStepFunctions({ store, time, meter, invokeLambda: echo, ...PLACE });
  const lambda = createLambda({ functions: () => [fn], invoke: echo, time });
  const services = { dynamodb, lambda, s3, secretsManager, ses, sns, sqs, states };
  runnerOf = (one, threads) => {
    const answer = (call: AwsCall) => {
      seen.push(call);
      return instead?.() ?? answerAws(services, call);
    };
    const host = { region: PLACE.region, awsUrl: NOWHERE, answer };
    return createLambdaRunner({ functions: [one], host, meter, logs, threads });
  };
});
afterAll(async () => {
  await aws.stop();
  await folder.remove();
});

type Asked = [client: string, command: string, input: object, abortAfterMs?: number];

const ask = async (...calls: Asked[]): Promise<unknown> => {
  seen = [];
  const result = await runner.invoke({ functionArn: 'all-clients', payload: calls });
  return result.ok ? result.payload : result;
};
const key = { TableName: 'Sales', Key: { sale: { S: 'shop/1' } } };

describe.each([
  ['this thread', 0],
  ['a thread of its own', 1],
])('a function in %s', (_where, threads) => {
  beforeAll(() => {
    runner = runnerOf(fn, threads);
  });
  afterAll(() => runner.close());

  it('uses DynamoDB, and is refused what DynamoDB refuses', async () => {
    await aws.dynamodb.createTable({
      TableName: 'Sales',
      AttributeDefinitions: [{ AttributeName: 'sale', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'sale', KeyType: 'HASH' }],
    });
    const Item = { ...key.Key, words: { S: 'Grüezi 👋' } };
    await ask(['dynamodb', 'PutItemCommand', { TableName: 'Sales', Item }]);

    const again = { TableName: 'Sales', Item, ConditionExpression: 'attribute_not_exists(sale)' };
    const answers = await ask(['dynamodb', 'GetItemCommand', key], ['dynamodb', 'PutItemCommand', again]);

    expect(answers).toEqual([
      { Item, status: 200 },
      expect.objectContaining({ name: 'ConditionalCheckFailedException' }),
    ]);
  });

  it('uses SQS, SNS and Secrets Manager', async () => {
    const QueueUrl = `${NOWHERE}/000000000000/orders`;
    const TopicArn = 'arn:aws:sns:eu-west-1:000000000000:pages';

    const answers = await ask(
      ['sqs', 'SendMessageCommand', { QueueUrl, MessageBody: 'one' }],
      ['sns', 'PublishCommand', { TopicArn, Message: 'ring' }],
      ['secrets', 'GetSecretValueCommand', { SecretId: 'shop/standard' }],
    );

    expect(answers).toMatchObject([
      { MessageId: expect.any(String), status: 200 },
      { MessageId: expect.any(String), status: 200 },
      { SecretString: 'local-secret', status: 200 },
    ]);
  });

  it('sends mail by SES, and asks the newer SES about its account', async () => {
    const to = `lea.${threads}@example.org`;
    const RawMessage = `From: us@shop.example\r\nTo: ${to}\r\nSubject: Hello\r\nMIME-Version: 1.0\r\n\r\nHow is it going?\r\n`;

    const answers = await ask(
      ['ses', 'SendRawEmailCommand', { RawMessage }],
      ['sesv2', 'GetAccountCommand', {}],
    );

    expect(answers).toMatchObject([
      { MessageId: expect.any(String), status: 200 },
      { SendQuota: expect.any(Object), status: 200 },
    ]);
    expect(await aws.mailbox.list({ to })).toHaveLength(1);
  });

  it('writes a stream to S3 and reads one, of many chunks too', async () => {
    const big = 'x'.repeat(200_000);
    const streamed = { Bucket: 'mails', Key: 'a b/ü', Stream: ['one ', 'two'], ContentLength: 7 };
    await ask(
      ['s3', 'PutObjectCommand', streamed],
      ['s3', 'PutObjectCommand', { Bucket: 'mails', Key: 'big', Body: big }],
    );

    const answers = await ask(
      ['s3', 'GetObjectCommand', { Bucket: 'mails', Key: 'a b/ü' }],
      ['s3', 'GetObjectCommand', { Bucket: 'mails', Key: 'big' }],
      ['s3', 'HeadObjectCommand', { Bucket: 'mails', Key: 'big' }],
      ['s3', 'GetObjectCommand', { Bucket: 'mails', Key: 'none' }],
    );

    expect(answers).toEqual([
      expect.objectContaining({ Body: 'one two', ContentLength: 7 }),
      expect.objectContaining({ Body: big }),
      expect.objectContaining({ ContentLength: big.length }),
      expect.objectContaining({ name: 'NoSuchKey' }),
    ]);
  });

  it('starts executions and calls other functions', async () => {
    const definition = JSON.stringify({
      ...{ QueryLanguage: 'JSONata', StartAt: 'Done' },
      States: { Done: { Type: 'Succeed' } },
    });
    const name = `sale-${threads}`;
    const roleArn = 'arn:aws:iam::000000000000:role/flow';
    const stateMachineArn = 'arn:aws:states:eu-west-1:000000000000:stateMachine:Flow';
    await ask(['sfn', 'CreateStateMachineCommand', { name: 'Flow', definition, roleArn }]);

    const answers = await ask(
      ['sfn', 'StartExecutionCommand', { stateMachineArn, name }],
      ['lambda', 'InvokeCommand', { FunctionName: 'all-clients', Payload: '{"n":1}' }],
      ['lambda', 'InvokeCommand', { FunctionName: 'nobody' }],
    );

    expect(answers).toMatchObject([
      { executionArn: expect.stringContaining(`:Flow:${name}`) },
      { Payload: '{"n":1}', status: 200 },
      { name: 'ResourceNotFoundException' },
    ]);
  });

  it('sends its requests as it would over the network: signed, addressed and with their length', async () => {
    await ask(['dynamodb', 'GetItemCommand', key]);

    expect(JSON.parse(String(seen[0]?.body))).toEqual(key);
    expect(seen).toEqual([
      {
        method: 'POST',
        url: '/',
        body: expect.anything(),
        headers: expect.objectContaining({
          host: '127.0.0.1:1',
          authorization: expect.stringMatching(/^AWS4-HMAC-SHA256 .*\/dynamodb\/aws4_request/),
          'content-length': String(JSON.stringify(key).length),
          'x-amz-target': 'DynamoDB_20120810.GetItem',
        }),
      },
    ]);
  });

  it('sees a connection that breaks before the answer as one of the network', async () => {
    instead = () => Promise.reject(new ConnectionLost('test'));
    const answers = await ask(['dynamodb', 'GetItemCommand', key]);
    instead = undefined;

    expect(answers).toMatchObject([{ message: 'socket hang up', code: 'ECONNRESET' }]);
  });

  it('gives up when it has waited long enough, and nothing comes of what is answered later', async () => {
    const late = Promise.withResolvers<HttpAnswer>();
    instead = () => late.promise;
    const answers = await ask(['dynamodb', 'GetItemCommand', key, 20]);
    instead = undefined;
    late.resolve({ status: 200, headers: {}, body: '{}' });
    await late.promise;

    expect(answers).toMatchObject([{ name: 'AbortError' }]);
  });

  it('reaches any other address as ever', async () => {
    const environment = { AWS_ENDPOINT_URL_DYNAMODB: aws.endpoint.url };
    const elsewhere = runnerOf({ ...fn, environment }, threads);
    seen = [];

    const result = await elsewhere.invoke({
      functionArn: 'all-clients',
      payload: [['dynamodb', 'GetItemCommand', key]],
    });

    expect(result).toMatchObject({ ok: true, payload: [{ status: 200 }] });
    expect(seen).toEqual([]);
    await elsewhere.close();
  });
});
