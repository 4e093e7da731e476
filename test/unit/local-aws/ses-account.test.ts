import { DescribeActiveReceiptRuleSetCommand, GetAccountSendingEnabledCommand } from '@aws-sdk/client-ses';
import { GetAccountCommand, ListEmailIdentitiesCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { ListSubscriptionsByTopicCommand } from '@aws-sdk/client-sns';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { clientConfig, type LocalAws, newFolder, startLocalAws } from './local-aws.ts';

let folder: Awaited<ReturnType<typeof newFolder>>;
let aws: LocalAws;
let v2: SESv2Client;

beforeAll(async () => {
  folder = await newFolder();
  aws = await startLocalAws(folder.path);
  v2 = new SESv2Client(clientConfig(aws.endpoint.url));
});

afterAll(async () => {
  v2.destroy();
  await aws.stop();
  await folder.remove();
});

it('The account may send, to anybody, as both APIs tell', async () => {
  const enabled = await aws.clients.ses.send(new GetAccountSendingEnabledCommand({}));
  const account = await v2.send(new GetAccountCommand({}));

  expect(enabled.Enabled).toBe(true);
  expect(account).toMatchObject({
    ProductionAccessEnabled: true,
    SendingEnabled: true,
    SendQuota: { Max24HourSend: 50_000, SentLast24Hours: 0 },
  });
});

it('A rule set is active once the stack has a rule for mail that comes in', async () => {
  const before = await aws.clients.ses.send(new DescribeActiveReceiptRuleSetCommand({}));
  aws.inbound.useRules([{ logicalId: 'Rule', recipients: ['reply.shop.example'], puts: [] }]);
  const after = await aws.clients.ses.send(new DescribeActiveReceiptRuleSetCommand({}));

  expect(before.Metadata).toBeUndefined();
  expect(after.Metadata?.Name).toBe('local');
});

it('What else the newer API can do is refused by name', async () => {
  await expect(v2.send(new ListEmailIdentitiesCommand({}))).rejects.toMatchObject({
    name: 'NotFoundException',
    message: expect.stringContaining('it knows GetAccount'),
  });
});

it('Topics list the queues that hear them', async () => {
  const topic = 'arn:aws:sns:eu-west-1:000000000000:Pages';
  const queueArn = 'arn:aws:sqs:eu-west-1:000000000000:Heard';
  aws.sns.createTopic(topic);
  aws.sns.subscribe({ topicArn: topic, queueArn, isRaw: true });

  const { Subscriptions } = await aws.clients.sns.send(
    new ListSubscriptionsByTopicCommand({ TopicArn: topic }),
  );

  expect(Subscriptions).toMatchObject([{ Protocol: 'sqs', Endpoint: queueArn, TopicArn: topic }]);
});
