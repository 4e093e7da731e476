import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { afterAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { checkConfiguration } from '../../functions/core/configuration.ts';
import { canReceiveMail } from '../../lib/cloud/inbound.ts';
import { AftercareStack } from '../../lib/cloud/stack.ts';
import { shopConfig } from '../fixtures/shop-config.ts';
import { synthesized } from '../fixtures/synthesized.ts';
import { readTemplate } from './read-template.ts';

const template = readTemplate(synthesized().template);
const Properties = z.record(z.string(), z.unknown());
const only = (type: string, name?: string) => {
  const found = template.of(type).filter(([id]) => name === undefined || template.nameOf(id) === name);
  expect(found.map(([id]) => id)).toHaveLength(1);
  const [[id, resource] = ['', { Properties: {} }]] = found;
  return { id, resource, properties: template.read(Properties, resource.Properties) };
};

describe('mail that comes in', () => {
  it('is taken for the reply domain, over TLS, scanned, and put into the bucket', () => {
    const { properties } = only('AWS::SES::ReceiptRule');

    expect(properties['Rule']).toEqual({
      Name: 'replies',
      Enabled: true,
      Recipients: ['reply.corner.example'],
      ScanEnabled: true,
      TlsPolicy: 'Require',
      /* Without a key of its own: SES would encrypt on its side, and no function could read the mail. */
      Actions: [{ S3Action: { BucketName: '<InboundMails>', ObjectKeyPrefix: 'mail/' } }],
    });
  });

  it('lies where nobody else can read it, encrypted with the key of the stack', () => {
    const { properties } = only('AWS::S3::Bucket');

    expect(properties).toMatchObject({
      BucketName: 'aftercare-mail-<account>-<region>',
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          {
            BucketKeyEnabled: true,
            ServerSideEncryptionByDefault: { KMSMasterKeyID: '<Key>', SSEAlgorithm: 'aws:kms' },
          },
        ],
      },
    });
  });

  it('is deleted after ninety days, and what is deleted is gone', () => {
    const { properties } = only('AWS::S3::Bucket');

    expect(properties['LifecycleConfiguration']).toEqual({
      Rules: [
        { Prefix: 'mail/', ExpirationInDays: 90, Status: 'Enabled' },
        { AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 }, Status: 'Enabled' },
      ],
    });
    expect(properties).not.toHaveProperty('VersioningConfiguration');
    expect(properties).not.toHaveProperty('ObjectLockEnabled');
  });

  it('stays when the stack goes, and is not in the way of a second deploy when the first fails', () => {
    const { resource } = only('AWS::S3::Bucket');

    expect(resource).toMatchObject({
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
    });
  });

  it('is told to the queue, once the queue lets the bucket in', () => {
    const { resource, properties } = only('AWS::S3::Bucket');

    expect(properties['NotificationConfiguration']).toEqual({
      QueueConfigurations: [
        {
          Event: 's3:ObjectCreated:*',
          Queue: '<InboundQueue>',
          Filter: { S3Key: { Rules: [{ Name: 'prefix', Value: 'mail/' }] } },
        },
      ],
    });
    expect(JSON.stringify(resource)).toContain('InboundQueuePolicy');
  });

  it('is written by SES for this one rule, and by nobody without TLS', () => {
    const { properties } = only('AWS::S3::BucketPolicy');

    expect(properties['PolicyDocument']).toMatchObject({
      Statement: [
        {
          Effect: 'Deny',
          Action: 's3:*',
          Principal: { AWS: '*' },
          Resource: ['<InboundMails>', '<InboundMails>/*'],
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        },
        {
          Effect: 'Allow',
          Action: 's3:PutObject',
          Principal: { Service: 'ses.amazonaws.com' },
          Resource: '<InboundMails>/mail/*',
          Condition: {
            StringEquals: {
              'aws:SourceAccount': '<account>',
              'aws:SourceArn':
                'arn:aws:ses:<region>:<account>:receipt-rule-set/<InboundRules>:receipt-rule/replies',
            },
          },
        },
      ],
    });
  });

  it('names the DNS record that brings it here', () => {
    const { Outputs } = synthesized().template;
    const records = Object.entries(Outputs).filter(([id]) => id.startsWith('InboundMxRecord'));

    expect(records.map(([, { Value }]) => template.plain(Value))).toEqual([
      'reply.corner.example MX 10 inbound-smtp.<region>.amazonaws.com',
    ]);
  });
});

describe('what becomes of a mail', () => {
  it('is published for bounces, complaints, deliveries, delays and rejects, and never for who opens or clicks', () => {
    const { properties } = only('AWS::SES::ConfigurationSetEventDestination', 'MailEventsDestination');

    expect(properties).toEqual({
      ConfigurationSetName: '<Mail>',
      EventDestination: {
        Enabled: true,
        MatchingEventTypes: ['bounce', 'complaint', 'delivery', 'deliveryDelay', 'reject'],
        SnsDestination: { TopicARN: '<MailEventsTopic>' },
      },
    });
  });

  it('to staff is published when it comes back, and not when it arrives', () => {
    const { properties } = only('AWS::SES::ConfigurationSetEventDestination', 'MailEventsStaffDestination');

    expect(properties).toEqual({
      ConfigurationSetName: '<StaffMail>',
      EventDestination: {
        Enabled: true,
        MatchingEventTypes: ['bounce', 'complaint', 'reject'],
        SnsDestination: { TopicARN: '<MailEventsTopic>' },
      },
    });
  });

  it('goes to the queue as it is, and to its dead letters when it cannot', () => {
    const { properties } = only('AWS::SNS::Subscription', 'MailEventsSubscription');

    expect(properties).toEqual({
      TopicArn: '<MailEventsTopic>',
      Protocol: 'sqs',
      Endpoint: '<MailEventsQueue>',
      RawMessageDelivery: true,
      RedrivePolicy: { deadLetterTargetArn: '<MailEventsDeadLetters>' },
    });
  });

  it('is published by SES for our configuration set only, to an encrypted topic', () => {
    const { properties } = only('AWS::SNS::TopicPolicy', 'MailEventsTopicPolicy');
    const topic = only('AWS::SNS::Topic', 'MailEventsTopic').properties;

    expect(topic['KmsMasterKeyId']).toBe('<Key>');
    expect(properties['PolicyDocument']).toMatchObject({
      Statement: [
        { Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
        {
          Effect: 'Allow',
          Action: 'sns:Publish',
          Principal: { Service: 'ses.amazonaws.com' },
          Resource: '<MailEventsTopic>',
          Condition: {
            StringEquals: {
              'aws:SourceAccount': '<account>',
              'aws:SourceArn': [
                'arn:aws:ses:<region>:<account>:configuration-set/<Mail>',
                'arn:aws:ses:<region>:<account>:configuration-set/<StaffMail>',
              ],
            },
          },
        },
      ],
    });
  });
});

describe('the key of the stack', () => {
  it('lets CloudWatch, S3, SES and SNS write what it encrypts, for this account only', () => {
    const { properties } = only('AWS::KMS::Key');
    const Policy = z.object({
      Statement: z.array(
        z.looseObject({ Principal: z.looseObject({ Service: z.unknown() }), Condition: z.unknown() }),
      ),
    });

    const { Statement } = Policy.parse({
      Statement: [
        ...z
          .object({ Statement: z.array(z.looseObject({ Principal: z.looseObject({}) })) })
          .parse(properties['KeyPolicy']).Statement,
      ].filter(({ Principal }) => 'Service' in Principal),
    });

    expect(Statement).toEqual([
      {
        Effect: 'Allow',
        Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
        Principal: {
          Service: ['cloudwatch.amazonaws.com', 's3.amazonaws.com', 'ses.amazonaws.com', 'sns.amazonaws.com'],
        },
        Resource: '*',
        Condition: { StringEquals: { 'aws:SourceAccount': '<account>' } },
      },
    ]);
  });
});

describe('a stack without mail coming in', () => {
  const folder = mkdtempSync(join(tmpdir(), 'no-inbound-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const code = join(folder, 'code');
  mkdirSync(code);
  writeFileSync(join(code, 'index.js'), 'exports.handler = async () => undefined;');

  const inboundIn = (shop: object, region?: string) => {
    const app = new App({ outdir: mkdtempSync(join(folder, 'out-')) });
    const config = checkConfiguration({ ...shopConfig, shop: { ...shopConfig.shop, ...shop } });
    const env = region === undefined ? {} : { env: { region, account: '111122223333' } };
    const stack = new AftercareStack(app, 'Aftercare', {
      config,
      bundles: { print: 'none', folderOf: () => code },
      ...env,
    });
    return stack.node.findAll().filter(({ node }) => /^Inbound$|^ReceiveMail$/.test(node.id));
  };

  it.each([
    ['the shop has no reply domain', { replyDomain: undefined }, undefined],
    ['the region cannot receive', {}, 'eu-north-1'],
  ])('is what it is when %s', (_, shop, region) => {
    expect(inboundIn(shop, region)).toEqual([]);
  });

  it('is not what it is where the region can receive', () => {
    expect(inboundIn({}, 'eu-central-1')).toHaveLength(2);
    expect(canReceiveMail('eu-west-1')).toBe(true);
  });
});
