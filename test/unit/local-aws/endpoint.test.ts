import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { ListStateMachinesCommand, SFNClient } from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AwsError } from '../../../lib/local/aws/aws-error.ts';
import { createAwsEndpoint } from '../../../lib/local/aws/endpoint.ts';
import { readForm } from '../../../lib/local/aws/form.ts';
import { clientConfig, type LocalAws, newFolder, startLocalAws } from './local-aws.ts';

let folder: Awaited<ReturnType<typeof newFolder>>;
let aws: LocalAws;

beforeEach(async () => {
  folder = await newFolder();
  aws = await startLocalAws(folder.path);
});

afterEach(async () => {
  await aws.stop();
  await folder.remove();
});

const SIGNED = { authorization: 'AWS4-HMAC-SHA256 Credential=local' };

const post = (headers: Record<string, string>, body: string) =>
  fetch(aws.endpoint.url, { method: 'POST', headers, body });

const form = (fields: Record<string, string>) =>
  post(
    { ...SIGNED, 'content-type': 'application/x-www-form-urlencoded' },
    new URLSearchParams(fields).toString(),
  );

describe('the AWS endpoint', () => {
  it('listens on the loopback address only', () => {
    expect(aws.endpoint.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  it('turns away a request that no AWS client made', async () => {
    const response = await post({ 'x-amz-target': 'AmazonSQS.ListQueues' }, '{}');

    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ __type: 'MissingAuthenticationToken' });
  });

  it('names what it does not know', async () => {
    const ask = async (target: string) => (await post({ ...SIGNED, 'x-amz-target': target }, '{}')).json();

    expect(await ask('AmazonSQS.AddPermission')).toMatchObject({
      __type: 'UnknownOperationException',
      message: expect.stringContaining('AddPermission'),
    });
    expect(await ask('AmazonSQS.toString')).toMatchObject({ __type: 'UnknownOperationException' });
    expect(await ask('AWSStepFunctions.ListStateMachines')).toMatchObject({
      __type: 'UnknownOperationException',
      message: expect.stringContaining('AWSStepFunctions'),
    });
  });

  it('answers broken JSON and too large a body as a client error', async () => {
    const broken = await post({ ...SIGNED, 'x-amz-target': 'AmazonSQS.ListQueues' }, '{');
    const large = await post(
      { ...SIGNED, 'x-amz-target': 'AmazonSQS.ListQueues' },
      'x'.repeat(33 * 1024 * 1024),
    );

    expect([broken.status, large.status]).toEqual([400, 413]);
  });

  it('carries a service of another part, whose errors have the same three fields', async () => {
    const states = {
      call: async () => {
        throw Object.assign(new Error('gone'), { name: 'StateMachineDoesNotExist', httpStatus: 400 });
      },
    };
    const endpoint = createAwsEndpoint({ services: { states } });
    await endpoint.listen(0);
    const client = new SFNClient(clientConfig(endpoint.url));

    await expect(client.send(new ListStateMachinesCommand({}))).rejects.toMatchObject({
      name: 'StateMachineDoesNotExist',
      message: 'gone',
      $metadata: { httpStatusCode: 400, requestId: expect.any(String) },
    });
    client.destroy();
    await endpoint.close();
  });

  it('hides the reason of its own failure from the caller', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const endpoint = createAwsEndpoint({
      services: {
        sqs: { call: () => Promise.reject(new Error('disk on fire')) },
        secretsManager: { call: () => Promise.reject(new AwsError('X', 'known', { httpStatus: 500 })) },
      },
    });
    await endpoint.listen(0);
    const ask = (target: string) =>
      fetch(endpoint.url, { method: 'POST', headers: { ...SIGNED, 'x-amz-target': target }, body: '{}' });

    const unknown = await ask('AmazonSQS.ListQueues');
    const known = await ask('secretsmanager.GetSecretValue');

    expect(unknown.status).toBe(500);
    expect(await unknown.text()).not.toContain('fire');
    expect(log).toHaveBeenCalledOnce();
    expect(await known.json()).toEqual({ __type: 'X', message: 'known' });
    log.mockRestore();
    await endpoint.close();
  });
});

describe('Secrets Manager', () => {
  it('gives the secrets that the runtime has and no others', async () => {
    const client = new SecretsManagerClient(clientConfig(aws.endpoint.url));

    const known = await client.send(new GetSecretValueCommand({ SecretId: 'shop/standard' }));
    const unknown = client.send(new GetSecretValueCommand({ SecretId: 'other' }));

    expect(known).toMatchObject({ Name: 'shop/standard', SecretString: 'local-secret' });
    await expect(unknown).rejects.toBeInstanceOf(ResourceNotFoundException);
    client.destroy();
  });
});

describe('the Query protocol', () => {
  it('reads numbered lists and nested fields', () => {
    const fields = readForm(
      'A.member.2=b&A.member.1=a&B.1.Name=n&B.1.Value.StringValue=v&C=%C3%BC+1&__proto__.x=1',
    );

    expect(fields).toEqual(
      Object.assign(Object.create(null), {
        A: ['a', 'b'],
        B: [{ Name: 'n', Value: { StringValue: 'v' } }],
        C: 'ü 1',
        ['__proto__']: { x: '1' },
      }),
    );
    expect(Object.hasOwn(Object.prototype, 'x')).toBe(false);
  });

  it('serves SQS to clients that speak nothing else', async () => {
    const { url } = aws.sqs.createQueue({ name: 'intake' });
    const version = { Version: '2012-11-05', QueueUrl: url };

    const sent = await form({
      ...version,
      Action: 'SendMessage',
      MessageBody: '<a & b>',
      'MessageAttribute.1.Name': 'shop',
      'MessageAttribute.1.Value.DataType': 'String',
      'MessageAttribute.1.Value.StringValue': 'woo',
    });
    const received = await form({
      ...version,
      Action: 'ReceiveMessage',
      MaxNumberOfMessages: '10',
      'AttributeName.1': 'ApproximateReceiveCount',
      'MessageAttributeName.1': 'All',
    });
    const missing = await form({ ...version, Action: 'PurgeQueue', QueueUrl: `${url}-other` });

    expect(await sent.text()).toMatch(/<SendMessageResult><MessageId>[0-9a-f-]{36}<\/MessageId>/);
    expect(await received.text()).toContain(
      '<Body>&lt;a &amp; b&gt;</Body><Attribute><Name>ApproximateReceiveCount</Name><Value>1</Value></Attribute>' +
        '<MessageAttribute><Name>shop</Name><Value><DataType>String</DataType><StringValue>woo</StringValue></Value></MessageAttribute>',
    );
    expect(missing.status).toBe(400);
    expect(await missing.text()).toContain('<Code>AWS.SimpleQueueService.NonExistentQueue</Code>');
  });

  it('refuses a version that no service here has', async () => {
    const response = await form({ Action: 'DescribeStacks', Version: '2010-05-15' });

    expect(response.status).toBe(400);
    expect(await response.text()).toContain('<Code>NoSuchVersion</Code>');
  });
});
