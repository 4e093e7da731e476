import { createServer } from 'node:http';
import { DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import {
  DescribeActiveReceiptRuleSetCommand,
  GetAccountSendingEnabledCommand,
  GetIdentityVerificationAttributesCommand,
  GetSendQuotaCommand,
  SESClient,
} from '@aws-sdk/client-ses';
import { GetAccountCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { ListSubscriptionsByTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { marshall } from '@aws-sdk/util-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import config from '../../../aftercare.config.ts';
import type { Check } from '../../../bin/commands/doctor/doctor-check.ts';
import { MAIL_CHECKS } from '../../../bin/commands/doctor/doctor-mail.ts';
import { SHOP_CHECKS } from '../../../bin/commands/doctor/doctor-shops.ts';
import { WORK_CHECKS } from '../../../bin/commands/doctor/doctor-work.ts';
import { checkConfiguration } from '../../../functions/core/configuration.ts';
import { awsTarget, NOW } from './aws-target.ts';

const ses = mockClient(SESClient);
const sesV2 = mockClient(SESv2Client);
const sns = mockClient(SNSClient);
const lambda = mockClient(LambdaClient);
const secrets = mockClient(SecretsManagerClient);
const dynamodb = mockClient(DynamoDBClient);
const mocks = [ses, sesV2, sns, lambda, secrets, dynamodb];
beforeEach(() => {
  for (const mock of mocks) mock.reset();
});
/* Files of tests share what they import. */
afterAll(() => {
  for (const mock of mocks) mock.restore();
});

const PARTS = [
  { logicalId: 'InboundRules', type: 'AWS::SES::ReceiptRuleSet', id: 'Aftercare-Rules' },
  { logicalId: 'Pages0A1B2C3D', type: 'AWS::SNS::Topic', id: 'arn:aws:sns:eu-central-1:1:Pages' },
  {
    logicalId: 'OperationsAlarmsTopic0A1B2C3D',
    type: 'AWS::SNS::Topic',
    id: 'arn:aws:sns:eu-central-1:1:Alarms',
  },
  { logicalId: 'MailEventsTopic0A1B2C3D', type: 'AWS::SNS::Topic', id: 'arn:aws:sns:eu-central-1:1:Events' },
  { logicalId: 'FunctionsReceiveReply0A1B2C3D', type: 'AWS::Lambda::Function', id: 'reply' },
  { logicalId: 'IntakeWebhookSecrets0A1B2C3D', type: 'AWS::SecretsManager::Secret', id: 'secret' },
  { logicalId: 'StorageSales0A1B2C3D', type: 'AWS::DynamoDB::Table', id: 'sales' },
];

const look = async (name: string) => {
  const all: readonly Check[] = [...SHOP_CHECKS, ...MAIL_CHECKS, ...WORK_CHECKS];
  const check = all.find((one) => one.name === name);
  if (check === undefined) throw new Error(`The doctor does not check ${name}`);
  const findings = await check.look({
    config: checkConfiguration(config),
    target: awsTarget(PARTS),
    now: NOW,
  });
  return findings.map(({ state, says }) => `${state}: ${says}`);
};

describe('The mail service of a deployed stack', () => {
  it.each([
    [{ 'shop.example': { VerificationStatus: 'Success' as const } }, /^ok: shop\.example is verified/],
    [{ 'hello@shop.example': { VerificationStatus: 'Success' as const } }, /^ok: hello@shop\.example/],
    [{ 'shop.example': { VerificationStatus: 'Pending' as const } }, /^bad: No mail can be sent/],
    [{}, /^bad: No mail can be sent/],
  ])('with the identities %j is judged', async (VerificationAttributes, said) => {
    ses.on(GetIdentityVerificationAttributesCommand).resolves({ VerificationAttributes });

    expect(await look('sender')).toEqual([expect.stringMatching(said)]);
  });

  it.each([
    [true, /^ok/],
    [false, /^bad: .*sandbox/],
  ])('with production access %s is judged', async (ProductionAccessEnabled, said) => {
    sesV2.on(GetAccountCommand).resolves({ ProductionAccessEnabled });

    expect(await look('sandbox')).toEqual([expect.stringMatching(said)]);
  });

  it.each([
    [true, /^ok/],
    [false, /^bad: SES sends nothing/],
  ])('that sends (%s) is judged', async (Enabled, said) => {
    ses.on(GetAccountSendingEnabledCommand).resolves({ Enabled });

    expect(await look('sending')).toEqual([expect.stringMatching(said)]);
  });

  it.each([
    [100, 79, /^ok: 79 of 100/],
    [100, 80, /^warn: 80 of 100/],
    [100, 100, /^bad: No more mail leaves today/],
    [-1, 5000, /^ok/],
  ])('with a quota of %i of which %i are used is judged', async (Max24HourSend, SentLast24Hours, said) => {
    ses.on(GetSendQuotaCommand).resolves({ Max24HourSend, SentLast24Hours });

    expect(await look('mail quota')).toEqual([expect.stringMatching(said)]);
  });

  it.each([
    ['Aftercare-Rules', /^ok/],
    ['of-somebody-else', /^bad: .*Aftercare-Rules is not the active one/],
    [undefined, /^bad: .*Aftercare-Rules is not the active one/],
  ])('whose active rule set is %s is judged', async (Name, said) => {
    ses.on(DescribeActiveReceiptRuleSetCommand).resolves(Name === undefined ? {} : { Metadata: { Name } });

    expect(await look('mail in')).toEqual([expect.stringMatching(said)]);
  });
});

describe('Whoever would hear of an alarm', () => {
  it('has to have said yes', async () => {
    const subscription = (SubscriptionArn: string) => ({ Subscriptions: [{ SubscriptionArn }] });
    sns
      .on(ListSubscriptionsByTopicCommand, { TopicArn: PARTS[1]?.id })
      .resolves(subscription('arn:aws:sns:eu-central-1:1:Pages:x'));
    sns
      .on(ListSubscriptionsByTopicCommand, { TopicArn: PARTS[2]?.id })
      .resolves(subscription('PendingConfirmation'));

    expect(await look('listeners')).toEqual([
      'ok: 1 listener would hear of a promise that reached the end of the ladder.',
      'bad: Nobody would hear of an alarm: its topic has no confirmed subscription.',
    ]);
  });
});

describe('The pages of a deployed stack', () => {
  const serving = async (status: number): Promise<string> => {
    const server = createServer((_request, response) => response.writeHead(status).end());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      server.close();
      server.closeAllConnections();
    });
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('The stub listens on no port');
    return `http://127.0.0.1:${address.port}`;
  };

  it.each([
    [404, /^ok/],
    [503, /^bad: Customers see an error: .* answers 503/],
  ])('that answer %i are judged', async (status, said) => {
    const PUBLIC_URL = await serving(status);
    lambda.on(GetFunctionConfigurationCommand).resolves({ Environment: { Variables: { PUBLIC_URL } } });

    expect(await look('pages')).toEqual([expect.stringMatching(said)]);
  });

  it('that nobody answers are bad', async () => {
    const PUBLIC_URL = 'http://127.0.0.1:9';
    lambda.on(GetFunctionConfigurationCommand).resolves({ Environment: { Variables: { PUBLIC_URL } } });

    expect(await look('pages')).toEqual([expect.stringMatching(/^bad: Customers cannot open any page/)]);
  });
});

describe('The shops', () => {
  it('each need a secret, which is counted and never shown', async () => {
    const SecretString = JSON.stringify({ shopify: ['very-secret', 'older'], stripe: [] });
    secrets.on(GetSecretValueCommand).resolves({ SecretString });

    const said = await look('webhook secrets');

    expect(said).toContain('ok: shopify has 2 secrets.');
    expect(said).toContain('bad: Every webhook of stripe is refused: it has no secret.');
    expect(said.join()).not.toContain('very-secret');
  });

  it('cannot be checked with a secret of another form, which is not quoted', async () => {
    secrets.on(GetSecretValueCommand).resolves({ SecretString: 'very-secret' });

    const said = await look('webhook secrets');

    expect(said).toEqual([expect.stringMatching(/^bad: No webhook can be checked/)]);
    expect(said.join()).not.toContain('very-secret');
  });

  it('that fell silent are bad, that never spoke a warning, and the others well', async () => {
    const days = [{ day: '2031-02-20', longestGapSeconds: 7200 }];
    const seen = (item: string, lastAt: string) =>
      marshall({ sale: 'sources-seen', item, firstAt: '2031-02-01T00:00:00.000Z', lastAt, days });
    dynamodb.on(QueryCommand).resolves({
      Items: [seen('shopify', '2031-03-03T07:00:00.000Z'), seen('stripe', '2031-03-02T07:00:00.000Z')],
    });

    const said = await look('webhooks');

    expect(said).toContain('ok: shopify was last heard of at 2031-03-03T07:00:00.000Z.');
    expect(said).toContainEqual(expect.stringMatching(/^bad: stripe has been silent/));
    expect(said).toContain('warn: Nothing ever came from woocommerce.');
  });
});
