import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
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
