import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readAssembly } from '../../../lib/local/stack/assembly.ts';
import { readStack, type Stack } from '../../../lib/local/stack/model.ts';
import { Template } from '../../../lib/local/stack/template.ts';
import { synthesizeFixture } from './fixture-stack/stack.ts';

const place = {
  region: 'us-east-1',
  accountId: '000000000000',
  awsUrl: 'http://127.0.0.1:8788',
  publicUrl: 'http://localhost:8787',
};
const folder = mkdtempSync(join(tmpdir(), 'stack-test-'));

afterAll(() => rmSync(folder, { recursive: true }));

describe('a synthesized stack', () => {
  let stack: Stack;

  beforeAll(() => {
    const outdir = synthesizeFixture(join(folder, 'cdk.out'), join(folder, 'bundles'));
    stack = readStack(readAssembly(outdir), place);
  }, 120_000);

  const functionNamed = (part: string) => stack.functions.find(({ name }) => name.includes(part));

  it('gives each function its bundle, environment and aliases', () => {
    const worker = functionNamed('Worker');

    expect(worker?.assetDir).toContain(join('cdk.out', 'asset.'));
    expect(worker?.handler).toBe('index.handler');
    expect(worker?.timeoutSeconds).toBe(10);
    expect([...(worker?.qualifiers ?? [])]).toEqual([
      ['$LATEST', '$LATEST'],
      ['1', '1'],
      ['live', '1'],
    ]);
  });

  it('lists its parts by the id that Ref gives', () => {
    const idOf = (type: string) => stack.parts.filter((part) => part.type === type).map(({ id }) => id);

    expect(idOf('AWS::SQS::Queue')).toContainEqual(
      expect.stringMatching(/^http:\/\/127\.0\.0\.1:8788\/000000000000\/Fixture-Queue/),
    );
    expect(idOf('AWS::StepFunctions::StateMachine')).toEqual(stack.stateMachines.map(({ arn }) => arn));
    expect(idOf('AWS::Lambda::Function').toSorted()).toEqual(
      stack.functions.map(({ name }) => name).toSorted(),
    );
    expect(idOf('AWS::StepFunctions::StateMachineVersion')).toEqual([]);
  });

  it('resolves environment variables to what the local parts answer at', () => {
    const environment = functionNamed('Intake')?.environment;

    expect(environment?.['QUEUE_URL']).toMatch(/^http:\/\/127\.0\.0\.1:8788\/000000000000\/Fixture-Queue/);
    expect(environment?.['TABLE_NAME']).toBe(stack.tables[0]?.name);
    expect(environment?.['SECRET_ARN']).toBe(stack.secrets[0]?.arn);
    expect(environment?.['MACHINE_ARN']).toBe(`${stack.stateMachines[0]?.arn}:live`);
    expect(environment?.['BASE_URL']).toBe('http://localhost:8787');
  });

  it('gives tables their keys, indexes and TTL', () => {
    expect(stack.tables).toMatchObject([
      {
        keys: [{ AttributeName: 'pk', KeyType: 'HASH' }],
        indexes: [{ IndexName: 'by-token', Projection: { ProjectionType: 'ALL' } }],
        ttlAttribute: 'expiresAt',
      },
    ]);
  });

  it('puts dead-letter queues before the queues that name them', () => {
    const [letters, queue] = stack.queues;

    expect(letters).toMatchObject({ redrive: undefined, retentionSeconds: 14 * 86_400 });
    expect(queue).toMatchObject({
      visibilityTimeoutSeconds: 60,
      redrive: { deadLetterArn: letters?.arn, maxReceiveCount: 3 },
    });
  });

  it('tells how a queue feeds a function', () => {
    expect(stack.eventSources).toMatchObject([
      {
        queueArn: stack.queues[1]?.arn,
        functionArn: functionNamed('Worker')?.name,
        batchSize: 5,
        maximumConcurrency: 2,
        reportsBatchItemFailures: true,
      },
    ]);
  });

  it('spells out the definition of a state machine with its version and alias', () => {
    const [machine] = stack.stateMachines;

    expect(machine).toMatchObject({ name: 'Fixture-Machine', isVersioned: true, aliases: ['live'] });
    expect(machine?.definition).toContain(`"FunctionName":"${functionNamed('Worker')?.arn}:live"`);
  });

  it('lists the routes of the HTTP API with their functions', () => {
    const functionArn = functionNamed('Intake')?.arn;

    expect(stack.httpApi?.routes).toEqual([
      { key: 'POST /webhooks/{source}', functionArn, timeoutMs: 30_000 },
      { key: 'POST /answers/{orderId}', functionArn, timeoutMs: 30_000 },
    ]);
  });

  it('keeps schedules with what they call', () => {
    const functionArn = functionNamed('Worker')?.arn;

    expect(stack.schedules).toMatchObject([{ expression: 'rate(1 day)', timeZone: 'UTC', functionArn }]);
  });
});

describe('what cannot be played', () => {
  const read = (Resources: Record<string, unknown>) =>
    readStack(
      { stackName: 'S', template: Template.parse({ Resources }), assetDirOf: () => undefined },
      place,
    );

  it.each([
    [
      'an unknown type',
      { Box: { Type: 'AWS::EC2::Instance' }, Cache: { Type: 'AWS::ElastiCache::CacheCluster' } },
      'One machine cannot play Box (AWS::EC2::Instance), Cache (AWS::ElastiCache::CacheCluster).',
    ],
    [
      'inline code',
      {
        Fn: {
          Type: 'AWS::Lambda::Function',
          Properties: { Code: { ZipFile: 'x' }, Handler: 'index.handler', Runtime: 'nodejs24.x' },
        },
      },
      'only code from an asset folder can run here',
    ],
    [
      'another language',
      {
        Fn: {
          Type: 'AWS::Lambda::Function',
          Properties: { Code: { S3Key: 'x.zip' }, Handler: 'a.b', Runtime: 'python3.13' },
        },
      },
      'only Node.js functions can run here',
    ],
    [
      'a bundle that is not in the assembly',
      {
        Fn: {
          Type: 'AWS::Lambda::Function',
          Properties: { Code: { S3Key: 'x.zip' }, Handler: 'a.b', Runtime: 'nodejs24.x' },
        },
      },
      'Fn (AWS::Lambda::Function) cannot be played: the assembly has no folder for the asset x.zip',
    ],
    [
      'a FIFO queue',
      { Q: { Type: 'AWS::SQS::Queue', Properties: { FifoQueue: true } } },
      'FIFO queues are not played',
    ],
    [
      'a stream as event source',
      {
        M: {
          Type: 'AWS::Lambda::EventSourceMapping',
          Properties: { EventSourceArn: 'arn:aws:dynamodb:x', FunctionName: 'f' },
        },
      },
      'only SQS queues can feed a function here',
    ],
    [
      'an express workflow',
      {
        M: {
          Type: 'AWS::StepFunctions::StateMachine',
          Properties: { DefinitionString: '{}', StateMachineType: 'EXPRESS' },
        },
      },
      'express workflows are not durable',
    ],
    [
      'an event pattern',
      { R: { Type: 'AWS::Events::Rule', Properties: { EventPattern: {}, Targets: [] } } },
      'rules for event patterns are not played',
    ],
    [
      'a second HTTP API',
      { A: { Type: 'AWS::ApiGatewayV2::Api' }, B: { Type: 'AWS::ApiGatewayV2::Api' } },
      'B (AWS::ApiGatewayV2::Api) cannot be played: one machine has one port',
    ],
    [
      'a bucket with versions',
      { B: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'b-1', VersioningConfiguration: {} } } },
      'B (AWS::S3::Bucket) cannot be played: one machine does not know its VersioningConfiguration.',
    ],
    [
      'a bucket whose name is none',
      { B: { Type: 'AWS::S3::Bucket', Properties: { BucketName: '../mails' } } },
      '"../mails" is no name for a bucket',
    ],
    [
      'a bucket that tells of what is deleted',
      {
        B: {
          Type: 'AWS::S3::Bucket',
          Properties: {
            BucketName: 'b-1',
            NotificationConfiguration: { QueueConfigurations: [{ Event: 's3:ObjectRemoved:*', Queue: 'q' }] },
          },
        },
      },
      'only s3:ObjectCreated:* is played',
    ],
    [
      'a receipt rule that bounces',
      {
        R: {
          Type: 'AWS::SES::ReceiptRule',
          Properties: { RuleSetName: 's', Rule: { Enabled: true, Actions: [{ BounceAction: {} }] } },
        },
      },
      'R (AWS::SES::ReceiptRule) cannot be played',
    ],
    [
      'an event destination for clicks',
      {
        D: {
          Type: 'AWS::SES::ConfigurationSetEventDestination',
          Properties: {
            ConfigurationSetName: 's',
            EventDestination: {
              Enabled: true,
              MatchingEventTypes: ['click'],
              SnsDestination: { TopicARN: 't' },
            },
          },
        },
      },
      'opens, clicks, subscriptions and rendering failures are not played',
    ],
    [
      'a subscription that filters',
      {
        S: {
          Type: 'AWS::SNS::Subscription',
          Properties: { TopicArn: 't', Protocol: 'sqs', Endpoint: 'q', FilterPolicy: {} },
        },
      },
      'S (AWS::SNS::Subscription) cannot be played: one machine does not know its FilterPolicy.',
    ],
  ])('%s stops with a message that names it', (_what, resources, message) => {
    expect(() => read(resources)).toThrow(message);
  });

  it('reads how mail comes in and where it is told what becomes of mails', () => {
    const stack = read({
      B: {
        Type: 'AWS::S3::Bucket',
        Properties: {
          BucketName: 'b-1',
          LifecycleConfiguration: {
            Rules: [
              { Status: 'Enabled', ExpirationInDays: 3, Prefix: 'mail/' },
              { Status: 'Disabled', ExpirationInDays: 1 },
            ],
          },
          NotificationConfiguration: {
            QueueConfigurations: [
              {
                Event: 's3:ObjectCreated:*',
                Queue: 'q',
                Filter: { S3Key: { Rules: [{ Name: 'Suffix', Value: '.eml' }] } },
              },
            ],
          },
        },
      },
      R: {
        Type: 'AWS::SES::ReceiptRule',
        Properties: {
          RuleSetName: 's',
          Rule: {
            Enabled: true,
            Recipients: ['Reply.Shop.Example'],
            Actions: [{ S3Action: { BucketName: { Ref: 'B' }, ObjectKeyPrefix: 'mail/' } }],
          },
        },
      },
      Off: { Type: 'AWS::SES::ReceiptRule', Properties: { RuleSetName: 's', Rule: { Actions: [] } } },
      D: {
        Type: 'AWS::SES::ConfigurationSetEventDestination',
        Properties: {
          ConfigurationSetName: 's',
          EventDestination: {
            Enabled: true,
            MatchingEventTypes: ['bounce', 'deliveryDelay'],
            SnsDestination: { TopicARN: 't' },
          },
        },
      },
      S: {
        Type: 'AWS::SNS::Subscription',
        Properties: { TopicArn: 't', Protocol: 'sqs', Endpoint: 'q', RawMessageDelivery: true },
      },
      Phone: {
        Type: 'AWS::SNS::Subscription',
        Properties: { TopicArn: 't', Protocol: 'sms', Endpoint: '+41', FilterPolicy: {} },
      },
    });

    expect(stack.buckets).toMatchObject([
      {
        name: 'b-1',
        arn: 'arn:aws:s3:::b-1',
        expiries: [{ prefix: 'mail/', days: 3 }],
        notifications: [{ queueArn: 'q', prefix: '', suffix: '.eml' }],
      },
    ]);
    expect(stack.receiptRules).toMatchObject([
      { recipients: ['reply.shop.example'], puts: [{ bucket: 'b-1', prefix: 'mail/' }] },
    ]);
    expect(stack.eventDestinations).toMatchObject([
      { configurationSet: 's', topicArn: 't', types: new Set(['Bounce', 'DeliveryDelay']) },
    ]);
    expect(stack.subscriptions).toMatchObject([{ topicArn: 't', queueArn: 'q', isRaw: true }]);
  });

  it('what permission, observation and delivery need is left out', () => {
    const left = [
      'IAM::Role',
      'Logs::LogGroup',
      'CodeDeploy::Application',
      'KMS::Key',
      'SNS::TopicPolicy',
      'SES::EmailIdentity',
    ];

    const stack = read(
      Object.fromEntries(left.map((type, index) => [`R${index}`, { Type: `AWS::${type}` }])),
    );

    expect(stack.functions).toEqual([]);
  });

  it('a resource whose condition does not hold is not there', () => {
    const template = Template.parse({
      Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } },
      Resources: { Q: { Type: 'AWS::SQS::Queue', Condition: 'Never' } },
    });

    const stack = readStack({ stackName: 'S', template, assetDirOf: () => undefined }, place);

    expect(stack.queues).toEqual([]);
  });
});

describe('a folder that is no cloud assembly', () => {
  it('is refused with its name', () => {
    expect(() => readAssembly(join(folder, 'nowhere'))).toThrow('Is ');
    expect(() => readAssembly(join(folder, 'nowhere'))).toThrow('a folder written by cdk synth?');
  });

  it('with several stacks asks for the one to play', () => {
    const artifact = { type: 'aws:cloudformation:stack', properties: {} };
    writeFileSync(
      join(folder, 'manifest.json'),
      JSON.stringify({ artifacts: { One: artifact, Two: artifact } }),
    );

    expect(() => readAssembly(folder)).toThrow('holds several stacks (One, Two): name the one to play.');
    expect(() => readAssembly(folder, 'Three')).toThrow('holds no stack Three (it has: One, Two).');
  });
});
