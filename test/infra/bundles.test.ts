import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { functionNames } from '../../lib/cloud/bundle.ts';
import { createLogFiles } from '../../lib/local/lambda/log-files.ts';
import { createLambdaRunner, type LambdaRunner } from '../../lib/local/lambda/runner.ts';
import { createMeter } from '../../lib/local/meter.ts';
import type { LambdaFunction } from '../../lib/local/stack/functions.ts';
import { synthesized } from '../fixtures/synthesized.ts';
import { type LocalAws, startLocalAws } from '../unit/local-aws/local-aws.ts';

const folder = mkdtempSync(join(tmpdir(), 'bundles-test-'));
let aws: LocalAws;
let runner: LambdaRunner;

const functionOf = (name: string): LambdaFunction => ({
  logicalId: name,
  name,
  arn: `arn:aws:lambda:eu-west-1:000000000000:function:${name}`,
  assetDir: join(synthesized().bundles, name),
  handler: 'index.handler',
  environment: {
    SALES_TABLE: 'sales',
    LINKS_TABLE: 'links',
    PAGES_TOPIC_ARN: 'arn:aws:sns:eu-west-1:000000000000:pages',
    PARKED_TABLE: 'parked',
    INTAKE_QUEUE_URL: `${aws.endpoint.url}/000000000000/none`,
    FORGET_QUEUE_URL: `${aws.endpoint.url}/000000000000/none`,
    MAIL_BUCKET: 'none',
    SECRETS_ID: 'shop/standard',
    CANARY_SECRET_ID: 'shop/canary',
    SHOP_CREDENTIALS_ID: 'shop/credentials',
    FOLLOW_UP_ARN: 'arn:aws:states:eu-west-1:000000000000:stateMachine:FollowUp:live',
    PROMISE_ARN: 'arn:aws:states:eu-west-1:000000000000:stateMachine:Promise:live',
    CONFIGURATION_SET: 'mail',
    PUBLIC_URL: 'https://care.corner.example',
  },
  timeoutSeconds: 30,
  memoryMb: 512,
  logGroup: `/aws/lambda/${name}`,
  qualifiers: new Map([['live', '1']]),
});

const createTable = (TableName: string, ...keys: string[]) =>
  aws.clients.dynamodb.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: keys.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: keys.map((AttributeName, at) => ({ AttributeName, KeyType: at === 0 ? 'HASH' : 'RANGE' })),
    }),
  );

beforeAll(async () => {
  mkdirSync(join(folder, 'aws'));
  aws = await startLocalAws(join(folder, 'aws'));
  await createTable('sales', 'sale', 'item');
  await createTable('links', 'digest');
  const meter = createMeter();
  const logs = createLogFiles(join(folder, 'logs'), meter, () => undefined);
  const host = { region: 'eu-west-1', awsUrl: aws.endpoint.url };
  runner = createLambdaRunner({ functions: functionNames().map(functionOf), host, meter, logs });
});
afterAll(async () => {
  await aws.stop();
  rmSync(folder, { recursive: true });
});

const page = (method: string, path: string, token: string) => ({
  version: '2.0',
  routeKey: `${method} ${path}/{token}`,
  rawPath: `${path}/${token}`,
  rawQueryString: '',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  pathParameters: { token },
  requestContext: { timeEpoch: 1_770_000_000_000, http: { method, path: `${path}/${token}` } },
  isBase64Encoded: false,
  body: '',
});

const step = {
  now: '2026-03-02T09:00:00.000Z',
  retry: 0,
  token: 'token-of-the-task',
  position: 'use',
  plan: {
    v: 1,
    saleId: 'standard#1001',
    round: 1,
    seconds: { use: 60, answer: 60, again: 60, promise: 60, review: 60 },
  },
};

const call = (name: string, payload: unknown) => runner.invoke({ functionArn: `${name}:live`, payload });

/** Minified kB that a cold start reads. */
const MOST_KB = 330;

/**
 * Functions that write mails, pages or whole stories carry more of our own code than the limit leaves room for beside
 * the SDK and zod (docs/adr/0008-bundling.md). Measured 2026-11-22; one that grows by a thirtieth fails here.
 */
const LARGER_KB: Record<string, number> = {
  'act-on-promise': 377,
  'ask-customer': 399,
  'ask-for-review': 394,
  'forget-person': 412,
  'hear-of-mail': 407,
  'keep-promise': 405,
  'make-promise': 388,
  'read-mail': 375,
  'receive-mail': 538,
  'receive-promise': 363,
  'receive-reply': 350,
  'receive-verdict': 390,
  'staff-desk': 493,
  'start-follow-up': 390,
  'stop-asking': 339,
  sweep: 385,
  'wake-held': 413,
  watch: 348,
};
const ROOM = 1.03;
/** It answers shops that wait for it. */
const WEBHOOK_KB = 235;

/** By the name that each client gives itself; every function on sales has DynamoDB and Step Functions. */
const FOR_SALES = ['DynamoDB', 'SFN'];
const FOR_MAILS = [...FOR_SALES, 'SES'];
const SERVICES: Record<string, string[]> = {
  'act-on-promise': FOR_SALES,
  'ask-customer': FOR_MAILS,
  'ask-for-review': FOR_MAILS,
  'assume-kept': FOR_SALES,
  canary: ['DynamoDB', 'Secrets Manager'],
  'check-sender': ['CloudFormation', 'SESv2'],
  'forget-person': [...FOR_SALES, 'S3', 'SQS'],
  'hear-of-mail': FOR_MAILS,
  'keep-promise': [...FOR_MAILS, 'SNS'],
  'make-promise': FOR_MAILS,
  'pull-orders': ['DynamoDB', 'SQS', 'Secrets Manager'],
  'raise-promise': FOR_SALES,
  'read-mail': ['DynamoDB', 'S3'],
  'receive-mail': [...FOR_MAILS, 'S3'],
  'receive-promise': [...FOR_SALES, 'Secrets Manager'],
  'receive-reply': FOR_SALES,
  'receive-verdict': [...FOR_SALES, 'SQS'],
  'receive-webhook': ['SQS', 'Secrets Manager'],
  'staff-desk': [...FOR_MAILS, 'SQS'],
  'start-follow-up': [...FOR_SALES, 'SQS'],
  'stop-asking': FOR_SALES,
  sweep: FOR_MAILS,
  'wait-for-day': FOR_SALES,
  'wake-held': FOR_MAILS,
  watch: FOR_MAILS,
};

const textOf = (name: string) => readFileSync(join(synthesized().bundles, name, 'index.js'), 'utf8');
const kbOf = (name: string) => statSync(join(synthesized().bundles, name, 'index.js')).size / 1000;

describe('what is in the bundles', () => {
  it('is written down for every function', () => {
    expect(Object.keys(SERVICES).sort()).toEqual(functionNames());
  });

  it.each(functionNames())('%s is as small as it was', (name) => {
    const larger = LARGER_KB[name];

    expect(kbOf(name)).toBeLessThanOrEqual(larger === undefined ? MOST_KB : larger * ROOM);
  });

  it('the intake of webhooks is smaller still', () => {
    expect(kbOf('receive-webhook')).toBeLessThanOrEqual(WEBHOOK_KB);
  });

  it.each(functionNames())('%s has the clients it uses and no other', (name) => {
    const services = [...textOf(name).matchAll(/serviceId:[\w$]+\?\.serviceId\?\?"([^"]+)"/g)];

    expect(services.map(([, service]) => service).sort()).toEqual(SERVICES[name]?.toSorted());
  });

  it.each([
    ['JSON Schema', 'json-schema.org'],
    ['credentials of containers', 'AWS_CONTAINER_CREDENTIALS'],
    ['questions to a virtual machine', 'latest/meta-data'],
    ['the table of partitions', 'cn-northwest-1'],
    ['Temporal', 'PlainMonthDay'],
    ['the reader of templates', 'LiquidTag'],
    ['all of undici, which import() of node:http would load', 'import("node:http")'],
  ])('no bundle begins with %s', (_, text) => {
    expect(functionNames().filter((name) => textOf(name).includes(text))).toEqual([]);
  });
});

/** What esbuild left out must not be missed: neither when a function is loaded nor when it first calls AWS. */
describe('the bundles, as they deploy', () => {
  it.each(functionNames())('%s loads', async (name) => {
    const result = await call(name, {});

    expect(result.ok ? '' : result.error).not.toMatch(/^Runtime\.|ReferenceError|SyntaxError/);
    expect(JSON.stringify(result)).not.toMatch(
      /Cannot find (module|package)|is not a constructor|Environment variable/,
    );
  });

  it.each(['receive-reply', 'receive-verdict', 'act-on-promise', 'stop-asking'])(
    '%s looks a link up in DynamoDB',
    async (name) => {
      const before = aws.meter.read().readUnits;

      const result = await call(name, page('GET', '/u', 'a'.repeat(32)));

      expect(result).toMatchObject({ ok: true, payload: { statusCode: 404 } });
      expect(aws.meter.read().readUnits).toBeGreaterThan(before);
    },
  );

  it('wait-for-day writes its task token to DynamoDB', async () => {
    const result = await call('wait-for-day', step);

    const stored = await aws.dynamodb.call('Query', {
      TableName: 'sales',
      KeyConditionExpression: 'sale = :sale',
      ExpressionAttributeValues: { ':sale': { S: 'standard#1001' } },
    });
    expect(JSON.stringify(stored)).toContain('token-of-the-task');
    expect(result).toMatchObject({ ok: false, error: 'BadInput' });
  });
});
