/**
 * What a function is told is the same whether its clients are answered at once or send requests: two worlds are asked the
 * same in the same order, by the clients of the product, bundled and minified as for Lambda.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ConnectionLost } from '../../../lib/local/aws/aws-error.ts';
import { createAwsEndpoint } from '../../../lib/local/aws/endpoint.ts';
import { createSecretsManager } from '../../../lib/local/aws/secrets-manager.ts';
import { createLogFiles } from '../../../lib/local/lambda/log-files.ts';
import { createLambdaRunner } from '../../../lib/local/lambda/runner.ts';
import { createStepFunctions } from '../../../lib/local/step-functions/step-functions.ts';
import { newFolder, startLocalAws } from './local-aws.ts';

const PLACE = { region: 'eu-west-1', accountId: '000000000000' };
const MACHINE = 'arn:aws:states:eu-west-1:000000000000:stateMachine:Wait';

/** A function that sends what its event says, and tells what came back down to the last field of an error. */
const SOURCE = `
  import * as dynamodb from '@aws-sdk/client-dynamodb';
  import * as secrets from '@aws-sdk/client-secrets-manager';
  import * as ses from '@aws-sdk/client-ses';
  import * as sfn from '@aws-sdk/client-sfn';
  import * as sqs from '@aws-sdk/client-sqs';
  import * as made from '../../../functions/adapters/clients.ts';

  const clients = {
    dynamodb: [dynamodb, made.dynamodbClient], mail: [ses, made.mailClient], ses: [ses, made.sesClient],
    secrets: [secrets, made.secretsClient], sfn: [sfn, made.sfnClient], sqs: [sqs, made.sqsClient],
  };

  const shown = (value) => {
    if (value instanceof Uint8Array) return { bytes: Buffer.from(value).toString('hex') };
    if (value instanceof Date) return { date: value.toISOString() };
    if (Array.isArray(value)) return value.map(shown);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, shown(one)]));
  };
  const given = (value) => {
    if (typeof value?.bytes === 'string') return new Uint8Array(Buffer.from(value.bytes, 'hex'));
    if (Array.isArray(value)) return value.map(given);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, given(one)]));
  };
  const thrown = (error, commands) => ({
    ...shown(error), name: error.name, message: error.message,
    isOfItsClass: commands[error.name] === undefined ? 'it has none' : error instanceof commands[error.name],
  });

  export const handler = async (calls) => {
    const answers = [];
    for (const [name, command, input] of calls) {
      const [commands, clientOf] = clients[name];
      answers.push(await clientOf().send(new commands[command + 'Command'](given(input))).then(shown, (error) => thrown(error, commands)));
    }
    return answers;
  };
`;

type Asked = [client: string, command: string, input: object];

const folder = await newFolder();
const bundle = join(folder.path, 'sender');

const openWorld = async (isDirect: boolean, threads: number) => {
  const home = join(folder.path, `${isDirect}-${threads}`);
  mkdirSync(home);
  const aws = await startLocalAws(home);
  const { store, time, meter } = aws;
  const invokeLambda = async ({ payload }: { payload: unknown }) => ({ ok: true, payload }) as const;
  const states = createStepFunctions({ store, time, meter, invokeLambda, ...PLACE });
  const secrets = new Map([['shop/standard', () => 'local-secret']]);
  const secretsManager = createSecretsManager({ secrets, ...PLACE });
  const { dynamodb, ses, sqs } = aws;
  const endpoint = createAwsEndpoint({ services: { dynamodb, ses, sqs, states, secretsManager } });
  await endpoint.listen(0);
  const requests = vi.fn(endpoint.answer);
  const questions = vi.fn(endpoint.ask);
  sqs.createQueue({ name: 'orders' });
  await dynamodb.createTable({
    TableName: 'Sales',
    AttributeDefinitions: ['sale', 'item'].map((name) => ({ AttributeName: name, AttributeType: 'S' })),
    KeySchema: [
      { AttributeName: 'sale', KeyType: 'HASH' },
      { AttributeName: 'item', KeyType: 'RANGE' },
    ],
  });
  const waiting = {
    QueryLanguage: 'JSONata',
    StartAt: 'W',
    States: { W: { Type: 'Wait', Seconds: 60, End: true } },
  };
  const roleArn = 'arn:aws:iam::000000000000:role/none';
  await states.call('CreateStateMachine', { name: 'Wait', definition: JSON.stringify(waiting), roleArn });
  const logs = createLogFiles(join(home, 'logs'), meter);
  const runner = createLambdaRunner({
    functions: [
      {
        ...{ logicalId: 'Sender', name: 'sender', logGroup: '/aws/lambda/sender', assetDir: bundle },
        ...{ arn: 'arn:aws:lambda:eu-west-1:000000000000:function:sender', handler: 'index.handler' },
        ...{ environment: {}, timeoutSeconds: 20, memoryMb: 256, qualifiers: new Map([['$LATEST', '1']]) },
      },
    ],
    host: {
      ...{ region: PLACE.region, awsUrl: endpoint.url, answer: requests },
      ...(isDirect && { ask: questions }),
    },
    ...{ meter, logs, threads },
  });
  const ask = async (calls: readonly Asked[]): Promise<unknown> => {
    const result = await runner.invoke({ functionArn: 'sender', payload: calls });
    return result.ok ? result.payload : result;
  };
  const stop = async () => {
    await runner.close();
    await endpoint.close();
    await aws.stop();
  };
  return { ...{ aws, endpoint, requests, questions, ask, stop }, units: () => meter.read() };
};
type World = Awaited<ReturnType<typeof openWorld>>;

/** What differs from one world to the next: chance, ports and the hour. */
const alike = (answer: unknown): unknown =>
  JSON.parse(
    JSON.stringify(answer)
      .replaceAll(/[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/g, '<id>')
      .replaceAll(/"[\da-f]{16}-<id>/g, '"<mail>')
      .replaceAll(/"date":"[^"]*"/g, '"date":"<date>"')
      .replaceAll(/127\.0\.0\.1:\d+/g, '<endpoint>'),
  );

const key = { sale: { S: 'shop/1' }, item: { S: 'record' } };
const TableName = 'Sales';
const everything = {
  ...{ text: { S: 'Grüezi 👋' }, number: { N: '12.5' }, yes: { BOOL: true }, nothing: { NULL: true } },
  ...{
    list: { L: [{ S: 'a' }, { M: { b: { N: '1' } } }] },
    words: { SS: ['a', 'b'] },
    numbers: { NS: ['1'] },
  },
  ...{ bytes: { B: { bytes: '00ff10' } }, manyBytes: { BS: [{ bytes: '01' }, { bytes: '02' }] } },
  // As an attribute may be called, too.
  ...{ B: { M: { B: { S: 'no bytes' } } }, BS: { L: [{ M: { x: { S: 'none either' } } }] } },
};
const unmet = { ConditionExpression: 'attribute_not_exists(sale)' };
const query = {
  ...{ TableName, KeyConditionExpression: '#p = :p', ConsistentRead: true },
  ...{ ExpressionAttributeNames: { '#p': 'sale' }, ExpressionAttributeValues: { ':p': { S: 'shop/1' } } },
};

const ON_TABLES: Asked[] = [
  ['dynamodb', 'PutItem', { TableName, Item: { ...key, ...everything } }],
  ['dynamodb', 'GetItem', { TableName, Key: key, ConsistentRead: true }],
  ['dynamodb', 'GetItem', { TableName, Key: { ...key, item: { S: 'none' } } }],
  ['dynamodb', 'PutItem', { TableName, Item: key, ...unmet }],
  ['dynamodb', 'PutItem', { TableName, Item: key, ...unmet, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }],
  [
    'dynamodb',
    'UpdateItem',
    {
      ...{ TableName, Key: key, UpdateExpression: 'SET #t = :t', ReturnValues: 'ALL_NEW' },
      ...{ ExpressionAttributeNames: { '#t': 'text' }, ExpressionAttributeValues: { ':t': { S: 'new' } } },
    },
  ],
  [
    'dynamodb',
    'UpdateItem',
    {
      TableName,
      Key: key,
      UpdateExpression: 'SET a = :a',
      ExpressionAttributeValues: { ':a': { B: { bytes: '' } } },
    },
  ],
  [
    'dynamodb',
    'BatchWriteItem',
    { RequestItems: { [TableName]: [{ PutRequest: { Item: { ...key, item: { S: 'b' } } } }] } },
  ],
  ['dynamodb', 'BatchGetItem', { RequestItems: { [TableName]: { Keys: [key] } } }],
  ['dynamodb', 'Query', { ...query, Limit: 1, ReturnConsumedCapacity: 'TOTAL' }],
  ['dynamodb', 'Query', query],
  ['dynamodb', 'Query', { ...query, ProjectionExpression: '#p', ScanIndexForward: false }],
  ['dynamodb', 'Scan', { TableName, Limit: 5 }],
  ['dynamodb', 'DeleteItem', { TableName, Key: key, ReturnValues: 'ALL_OLD' }],
  ['dynamodb', 'DeleteItem', { TableName, Key: { sale: { S: 'shop/1' } } }],
  ['dynamodb', 'GetItem', { TableName: 'Nowhere', Key: key }],
  ['dynamodb', 'PutItem', { TableName, Item: { ...key, wrong: { N: 'no number' } } }],
  ['dynamodb', 'TransactWriteItems', { TransactItems: [{ Put: { TableName, Item: key } }] }],
];

const RawMessage = (to: string) => {
  const text = `From: us@shop.example\r\nTo: ${to}\r\nSubject: Hello\r\nMIME-Version: 1.0\r\n\r\nHow is it going?\r\n`;
  return { Data: { bytes: Buffer.from(text).toString('hex') } };
};
const execution = `${MACHINE.replace('stateMachine', 'execution')}:one`;

const onTheRest = (endpoint: string): Asked[] => [
  ['sqs', 'SendMessage', { QueueUrl: `${endpoint}/000000000000/orders`, MessageBody: 'one <&> 👋' }],
  ['sqs', 'SendMessage', { QueueUrl: `${endpoint}/000000000000/none`, MessageBody: 'two' }],
  ['secrets', 'GetSecretValue', { SecretId: 'shop/standard' }],
  ['secrets', 'GetSecretValue', { SecretId: 'shop/none' }],
  ['sfn', 'StartExecution', { stateMachineArn: MACHINE, name: 'one', input: '{"a":1}' }],
  ['sfn', 'StartExecution', { stateMachineArn: MACHINE, name: 'one', input: '{"a":2}' }],
  ['sfn', 'StartExecution', { stateMachineArn: `${MACHINE}s`, name: 'one', input: '{}' }],
  ['sfn', 'DescribeExecution', { executionArn: execution }],
  ['sfn', 'DescribeExecution', { executionArn: `${execution}s` }],
  ['sfn', 'SendTaskSuccess', { taskToken: 'nobody', output: '{}' }],
  ['sfn', 'SendTaskFailure', { taskToken: 'nobody', error: 'E', cause: '{}' }],
  [
    'mail',
    'SendRawEmail',
    {
      ...{
        Source: 'us@shop.example',
        Destinations: ['lea@example.org'],
        RawMessage: RawMessage('lea@example.org'),
      },
      ...{ ConfigurationSetName: 'mail', Tags: [{ Name: 'sale', Value: 'shop_1' }] },
    },
  ],
  ['mail', 'SendRawEmail', { RawMessage: RawMessage('nobody') }],
  ['mail', 'SendRawEmail', { RawMessage: { Data: { bytes: '00' } } }],
  ['ses', 'GetSendQuota', {}],
];

beforeAll(() => {
  mkdirSync(bundle);
  buildSync({
    stdin: { contents: SOURCE, resolveDir: import.meta.dirname },
    ...{ outfile: join(bundle, 'index.js'), bundle: true, minify: true, platform: 'node', format: 'cjs' },
    ...{ target: 'node24', logLevel: 'warning', mainFields: ['module', 'main'] },
  });
});
afterAll(() => folder.remove());

describe.each([
  ['in the same thread', 0],
  ['in a thread of its own', 1],
])('a function %s', (_where, threads) => {
  let direct: World;
  let byRequests: World;
  beforeAll(async () => {
    direct = await openWorld(true, threads);
    byRequests = await openWorld(false, threads);
  });
  afterAll(async () => {
    await direct.stop();
    await byRequests.stop();
  });

  it('is told of tables what the SDK reads from an answer, bytes and errors included', async () => {
    const answers = alike(await direct.ask(ON_TABLES));

    expect(answers).toEqual(alike(await byRequests.ask(ON_TABLES)));
    expect(answers).toMatchObject({
      1: { Item: { bytes: { B: { bytes: '00ff10' } } } },
      3: { name: 'ConditionalCheckFailedException', isOfItsClass: true },
    });
  });

  it('is told the same by all other services', async () => {
    const answers = alike(await direct.ask(onTheRest(direct.endpoint.url)));

    expect(answers).toEqual(alike(await byRequests.ask(onTheRest(byRequests.endpoint.url))));
    expect(answers).toMatchObject({
      1: { name: 'QueueDoesNotExist', isOfItsClass: true },
      5: { name: 'ExecutionAlreadyExists', isOfItsClass: true },
      7: { startDate: { date: '<date>' } },
    });
  });

  it('makes requests only for what is not known to be asked directly', () => {
    const targets = direct.requests.mock.calls.map(
      ([{ headers, body }]) => headers['x-amz-target'] ?? String(body),
    );

    expect(targets).toEqual([
      'DynamoDB_20120810.TransactWriteItems',
      expect.stringContaining('Action=GetSendQuota'),
    ]);
    expect(byRequests.questions).not.toHaveBeenCalled();
  });

  it('is counted the same: calls, units and mails', () => {
    expect(direct.endpoint.calls()).toBe(byRequests.endpoint.calls());
    expect(direct.units()).toEqual({ ...byRequests.units(), lambdaMs: expect.any(Number) });
  });

  it.each(['throttle', 'reject', 'error', 'timeout-after-accept'] as const)(
    'is refused a mail in the same way: %s',
    async (failure) => {
      const calls: Asked[] = [['mail', 'SendRawEmail', { RawMessage: RawMessage('lea@example.org') }]];
      const [one, other] = [direct, byRequests];
      for (const world of [one, other]) world.aws.ses.failNext(failure);

      const answer = alike(await one.ask(calls));

      expect(answer).toEqual(alike(await other.ask(calls)));
      expect(answer).toMatchObject([{ name: expect.any(String), $metadata: { attempts: 1 } }]);
    },
  );

  it('tries again, as the SDK does, when the connection was lost', async () => {
    direct.questions.mockImplementationOnce(() => Promise.reject(new ConnectionLost('test')));
    const before = direct.requests.mock.calls.length;

    const answers = await direct.ask([['dynamodb', 'GetItem', { TableName, Key: key }]]);

    expect(answers).toMatchObject([{ $metadata: { httpStatusCode: 200 } }]);
    expect(direct.requests.mock.calls.length).toBe(before + 1);
  });
});
