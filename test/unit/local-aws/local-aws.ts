/** The AWS parts of the runtime on a free port and in a folder of their own, with stock SDK clients for them. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SESClient } from '@aws-sdk/client-ses';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { openDynamodb } from '../../../lib/local/aws/dynamodb.ts';
import { createAwsEndpoint } from '../../../lib/local/aws/endpoint.ts';
import { createInbound } from '../../../lib/local/aws/inbound.ts';
import { createMailPace } from '../../../lib/local/aws/mail-pace.ts';
import { openMailRelay } from '../../../lib/local/aws/mail-relay.ts';
import { openMailbox } from '../../../lib/local/aws/mailbox.ts';
import { createS3 } from '../../../lib/local/aws/s3.ts';
import { createSecretsManager } from '../../../lib/local/aws/secrets-manager.ts';
import { createSes } from '../../../lib/local/aws/ses.ts';
import { createPublisher } from '../../../lib/local/aws/ses-publisher.ts';
import { createSns } from '../../../lib/local/aws/sns.ts';
import { createSqs } from '../../../lib/local/aws/sqs.ts';
import { createMeter } from '../../../lib/local/meter.ts';
import { openStore } from '../../../lib/local/store.ts';
import { createTimekeeper } from '../../../lib/local/time.ts';

const region = 'eu-west-1';
const accountId = '000000000000';

export const clientConfig = (endpoint: string) => ({
  endpoint,
  region,
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  maxAttempts: 1,
});

export const newFolder = async () => {
  const path = await mkdtemp(join(tmpdir(), 'aftercare-aws-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
};

export const startLocalAws = async (folder: string, { smtpUrl }: { smtpUrl?: string } = {}) => {
  const store = openStore(join(folder, 'runtime.db'));
  const time = createTimekeeper(store);
  const meter = createMeter();
  const sqs = createSqs({ store, time, meter, region, accountId, baseUrl: () => endpoint.url });
  const dynamodb = await openDynamodb({ store, path: join(folder, 'dynamodb'), meter, region, accountId });
  const mailbox = openMailbox({ directory: join(folder, 'mail'), store });
  const sns = createSns({ store, time, meter, sqs });
  const s3 = createS3({ directory: join(folder, 's3'), store, time, sqs, region, accountId });
  s3.onDeleted((bucket, key) => mailbox.forgetObject(`${bucket}/${key}`));
  const inbound = createInbound({ s3, mailbox, time, region });
  const publisher = createPublisher({ store, sns, sqs, region, accountId });
  const ses = createSes({
    ...{ mailbox, publisher, time, meter, region, inbound },
    pace: createMailPace(undefined),
    relay: await openMailRelay(smtpUrl),
  });
  const secretsManager = createSecretsManager({
    secrets: new Map([['shop/standard', () => 'local-secret']]),
    region,
    accountId,
  });
  const endpoint = createAwsEndpoint({ services: { sqs, dynamodb, ses, sns, s3, secretsManager } });
  await endpoint.listen(0);
  time.start();
  const config = clientConfig(endpoint.url);
  const clients = {
    sqs: new SQSClient(config),
    dynamodb: new DynamoDBClient(config),
    ses: new SESClient(config),
    sns: new SNSClient(config),
    s3: new S3Client(config),
  };
  const stop = async () => {
    for (const client of Object.values(clients)) client.destroy();
    await endpoint.close();
    sqs.pause();
    await time.whenIdle();
    time.stop();
    await dynamodb.close();
    store.close();
  };
  const parts = { store, time, meter, sqs, dynamodb, mailbox, inbound, publisher, ses, sns, s3 };
  return { ...parts, endpoint, clients, stop };
};

export type LocalAws = Awaited<ReturnType<typeof startLocalAws>>;
