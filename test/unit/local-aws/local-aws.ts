/** The AWS parts of the runtime on a free port and in a folder of their own, with stock SDK clients for them. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SESClient } from '@aws-sdk/client-ses';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { openDynamodb } from '../../../lib/local/aws/dynamodb.ts';
import { createAwsEndpoint } from '../../../lib/local/aws/endpoint.ts';
import { openMailRelay } from '../../../lib/local/aws/mail-relay.ts';
import { openMailbox } from '../../../lib/local/aws/mailbox.ts';
import { createSecretsManager } from '../../../lib/local/aws/secrets-manager.ts';
import { createSes } from '../../../lib/local/aws/ses.ts';
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

export const startLocalAws = async (
  folder: string,
  { smtpUrl, onInbound }: { smtpUrl?: string; onInbound?: (mail: { id: string }) => void } = {},
) => {
  const store = openStore(join(folder, 'runtime.db'));
  const time = createTimekeeper(store);
  const meter = createMeter();
  const sqs = createSqs({ store, time, meter, region, accountId, baseUrl: () => endpoint.url });
  const dynamodb = await openDynamodb({ path: join(folder, 'dynamodb'), meter, region, accountId });
  const mailbox = openMailbox({
    directory: join(folder, 'mail'),
    store,
    time,
    ...(onInbound && { onInbound }),
  });
  const ses = createSes({ mailbox, time, meter, region, relay: await openMailRelay(smtpUrl) });
  const sns = createSns({ store, time, meter });
  const secretsManager = createSecretsManager({
    secrets: new Map([['shop/standard', () => 'local-secret']]),
    region,
    accountId,
  });
  const endpoint = createAwsEndpoint({ services: { sqs, dynamodb, ses, sns, secretsManager } });
  await endpoint.listen(0);
  time.start();
  const config = clientConfig(endpoint.url);
  const clients = {
    sqs: new SQSClient(config),
    dynamodb: new DynamoDBClient(config),
    ses: new SESClient(config),
    sns: new SNSClient(config),
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
  return { store, time, meter, sqs, dynamodb, mailbox, ses, sns, endpoint, clients, stop };
};

export type LocalAws = Awaited<ReturnType<typeof startLocalAws>>;
