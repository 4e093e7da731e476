import { createServer } from 'node:http';
import { CloudFormationClient, ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openTarget } from '../../../bin/commands/target.ts';

const answering = async (status: number, body: unknown): Promise<string> => {
  const server = createServer((request, response) => {
    response.writeHead(request.url === '/_local/stack' ? status : 404).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The stub listens on no port');
  return `http://127.0.0.1:${address.port}`;
};

const QUEUE = 'AWS::SQS::Queue';
const queue = (logicalId: string) => ({ logicalId, type: QUEUE, id: `http://127.0.0.1:1/0/${logicalId}` });
const PARTS = [
  queue('ForgetQueue0A1B2C3D'),
  queue('ForgetQueueDeadLetters0A1B2C3D'),
  { logicalId: 'Mail', type: 'AWS::SES::ConfigurationSet', id: 'Aftercare-Mail' },
  queue('OddOne1'),
  queue('OddOther1'),
];

describe('The stack on this machine', () => {
  const opened = async () =>
    openTarget({ url: await answering(200, { awsUrl: 'http://127.0.0.1:8788', parts: PARTS }) });

  it('is reached at the AWS address that the runtime names', async () => {
    const target = await opened();

    expect(target.isLocal).toBe(true);
    expect(target.name).toMatch(/^this machine \(http:\/\/127\.0\.0\.1:\d+\)$/);
    expect(target.client).toMatchObject({ endpoint: 'http://127.0.0.1:8788', region: 'us-east-1' });
  });

  it('gives a part by the path of its construct, and not another whose path begins the same', async () => {
    const target = await opened();

    expect(await target.part(QUEUE, 'ForgetQueue')).toEqual(PARTS[0]);
    expect(await target.part('AWS::SES::ConfigurationSet', 'Mail')).toEqual(PARTS[2]);
    expect(await target.parts(QUEUE)).toHaveLength(4);
  });

  it('says which part it lacks, and which of several could be meant', async () => {
    const target = await opened();

    await expect(target.part(QUEUE, 'Intake')).rejects.toThrow('has no Intake (AWS::SQS::Queue)');
    await expect(target.part(QUEUE, 'Odd')).rejects.toThrow(
      'begins with Odd (AWS::SQS::Queue): OddOne1, OddOther1',
    );
  });

  it.each([
    [503, {}, 'is still starting'],
    [404, { error: 'no' }, 'not this version of it (it answered 404)'],
    [200, { parts: [] }, 'not this version of it (it answered 200)'],
  ])('that answers %i %j is told apart', async (status, body, said) => {
    const url = await answering(status, body);

    await expect(openTarget({ url })).rejects.toMatchObject({
      name: 'CommandMistake',
      exitCode: 1,
      message: expect.stringContaining(said),
    });
  });

  it('that is not running is said how to start', async () => {
    await expect(openTarget({ url: 'http://127.0.0.1:9' })).rejects.toThrow(/npm start.*--url.*--aws/);
  });
});

describe('The deployed stack', () => {
  const formation = () => {
    const mock = mockClient(CloudFormationClient);
    onTestFinished(() => mock.restore());
    return mock;
  };
  const summary = (LogicalResourceId: string, PhysicalResourceId?: string) => ({
    LogicalResourceId,
    PhysicalResourceId,
    ResourceType: QUEUE,
    LastUpdatedTimestamp: new Date(0),
    ResourceStatus: 'CREATE_COMPLETE' as const,
  });

  it('is read once, to its last page, leaving out what is not made yet', async () => {
    const mock = formation();
    mock.on(ListStackResourcesCommand, { StackName: 'Aftercare' }).resolves({
      StackResourceSummaries: [summary('IntakeQueue0A1B2C3D', 'https://sqs/1')],
      NextToken: 'more',
    });
    mock.on(ListStackResourcesCommand, { StackName: 'Aftercare', NextToken: 'more' }).resolves({
      StackResourceSummaries: [summary('ForgetQueue0A1B2C3D', 'https://sqs/2'), summary('Unmade')],
    });

    const target = await openTarget({ aws: true, region: 'eu-central-1' });
    const part = await target.part(QUEUE, 'ForgetQueue');

    expect(target).toMatchObject({
      name: 'the stack Aftercare in eu-central-1',
      isLocal: false,
      client: { region: 'eu-central-1' },
    });
    expect(part.id).toBe('https://sqs/2');
    expect(await target.parts(QUEUE)).toHaveLength(2);
    expect(mock.calls()).toHaveLength(2);
  });

  it.each([
    ['Stack with id Other does not exist', 'ValidationError', 'Name it with --stack'],
    ['User x may not', 'AccessDenied', 'the words of AWS name the permission'],
    ['The token is old', 'ExpiredToken', 'Sign in'],
  ])('that answers "%s" is told with what helps', async (message, name, advice) => {
    const mock = formation();
    const error = Object.assign(new Error(message), { name, $metadata: {} });
    mock.on(ListStackResourcesCommand).rejects(error);

    await expect(openTarget({ aws: true, region: 'eu-central-1', stack: 'Other' })).rejects.toMatchObject({
      name: 'CommandMistake',
      exitCode: 1,
      message: expect.stringContaining(advice),
    });
  });

  it('is acted on only when it is asked for in so many words', async () => {
    await expect(openTarget({ stack: 'Other' })).rejects.toMatchObject({ exitCode: 2 });
    await expect(openTarget({ region: 'eu-central-1' })).rejects.toThrow('Add --aws');
    await expect(openTarget({ aws: true, url: 'http://localhost:1' })).rejects.toThrow('Give one of them');
  });
});
