import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { shopConfig } from '../fixtures/shop-config.ts';
import { synthesized } from '../fixtures/synthesized.ts';
import { readTemplate } from './read-template.ts';

const Texts = z.union([z.string().transform((one) => [one]), z.array(z.string())]);
const Statement = z.strictObject({
  Effect: z.literal('Allow'),
  Action: Texts,
  Resource: Texts,
  Condition: z.unknown().optional(),
});
type Statement = z.output<typeof Statement>;
const Policy = z.object({
  PolicyDocument: z.object({ Statement: z.array(Statement) }),
  Roles: z.array(z.string()),
});
const WithRole = z.object({ Role: z.string() });

const template = readTemplate(synthesized().template);
const policies = template
  .of('AWS::IAM::Policy')
  .map(([, { Properties }]) => template.read(Policy, Properties));
const statementsOf = (role: string): Statement[] =>
  policies
    .filter(({ Roles }) => Roles.includes(role))
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement);

const roleOf = (Properties: unknown) => template.read(WithRole, Properties).Role;
const functions = template
  .of('AWS::Lambda::Function')
  .map(([id, { Properties }]) => ({ name: template.nameOf(id), role: roleOf(Properties) }));

/** `action on resource`, one line each. */
const linesOf = (statements: readonly Statement[]) =>
  statements
    .flatMap(({ Action, Resource }) => Action.flatMap((action) => Resource.map((to) => `${action} on ${to}`)))
    .sort();

const on = (resource: string, ...actions: string[]) => actions.map((action) => `${action} on ${resource}`);
const machineArn = (name: string) => `arn:aws:states:<region>:<account>:stateMachine:Aftercare-${name}`;

const KEY = on('<Key>', 'kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey');
const SALES = on(
  '<StorageSales>',
  ...['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
);
const LINKS = on('<StorageLinks>', 'dynamodb:GetItem', 'dynamodb:PutItem');
const ASK_TO_FORGET = on('<ForgetQueue>', 'sqs:SendMessage');
const PARKED = on('<StorageParked>', 'dynamodb:PutItem');
const SIGNAL = ['FollowUp', 'Promise'].flatMap((name) =>
  on(machineArn(name), 'states:SendTaskFailure', 'states:SendTaskSuccess'),
);
const start = (name: string) => [
  ...on(machineArn(name), 'states:StartExecution'),
  ...on(`${machineArn(name)}:live`, 'states:StartExecution'),
];
const MAIL = [
  'configuration-set/<Mail>',
  'configuration-set/<StaffMail>',
  'identity/care@corner.example',
  'identity/corner.example',
].flatMap((resource) => on(`arn:aws:ses:<region>:<account>:${resource}`, 'ses:SendRawEmail'));

const CANARY_SECRET = on('<CanarySecret>', 'secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue');
const SENDER = ['care@corner.example', 'corner.example'].map(
  (identity) => `arn:aws:ses:<region>:<account>:identity/${identity}`,
);

/** Of the Promise machine only; their names are known at run time. */
const EXECUTIONS = 'arn:aws:states:<region>:<account>:execution:Aftercare-Promise:*';

const consumes = (queue: string) =>
  on(
    queue,
    'sqs:ChangeMessageVisibility',
    'sqs:DeleteMessage',
    'sqs:GetQueueAttributes',
    'sqs:GetQueueUrl',
    'sqs:ReceiveMessage',
  );

const STEP = [...SALES, ...LINKS, ...KEY, ...SIGNAL];
const START = [...start('FollowUp'), ...start('Promise')];

/** Everything a function may do besides writing its own log. */
const MAY: Record<string, string[]> = {
  'receive-webhook': [
    ...on('<IntakeQueue>', 'sqs:SendMessage'),
    ...on('<IntakeWebhookSecrets>', 'secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'),
    ...CANARY_SECRET,
    ...KEY,
  ],
  /* Comes from outside, as a shop and a customer do: it may look at sales and make itself a link. */
  canary: [...SALES, ...LINKS, ...KEY, ...CANARY_SECRET],
  /* Before anything is made. */
  'check-sender': [
    ...on('<AWS::StackId>', 'cloudformation:DescribeStacks'),
    ...on('*', 'ses:GetAccount'),
    ...SENDER.flatMap((identity) => on(identity, 'ses:GetEmailIdentity')),
  ],
  'receive-promise': [
    ...STEP,
    ...START,
    ...on('<StorageSales>/index/Open', 'dynamodb:Query'),
    ...on('<IntakeWebhookSecrets>', 'secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'),
  ],
  'start-follow-up': [
    ...STEP,
    /* To forget people; and the rows that find a sale, in the partitions of the search and no others. */
    ...on('<StorageSales>', 'dynamodb:BatchWriteItem', 'dynamodb:DeleteItem'),
    ...PARKED,
    ...START,
    ...ASK_TO_FORGET,
    ...consumes('<IntakeQueue>'),
  ],
  'wait-for-day': STEP,
  'ask-customer': [...STEP, ...MAIL],
  'make-promise': [...STEP, ...MAIL, ...start('Promise')],
  'ask-for-review': [...STEP, ...MAIL],
  'keep-promise': [...STEP, ...MAIL, ...on('<Pages>', 'sns:Publish')],
  'raise-promise': [...STEP, ...start('Promise')],
  'assume-kept': [...STEP, ...START],
  'receive-reply': [...STEP, ...START],
  'receive-verdict': [...STEP, ...START, ...ASK_TO_FORGET],
  'act-on-promise': [...STEP, ...START],
  'stop-asking': [...STEP, ...START],
  sweep: [
    ...STEP,
    ...START,
    ...MAIL,
    ...on('<StorageSales>/index/Open', 'dynamodb:Query', 'dynamodb:Scan'),
    ...on(EXECUTIONS, 'states:DescribeExecution'),
  ],
  /* Reads sales, and writes only how far each shop was asked: test/infra/pull.test.ts. */
  'pull-orders': [
    ...on('<StorageSales>', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'),
    ...on('<IntakeQueue>', 'sqs:SendMessage'),
    ...on('<PullShopCredentials>', 'secretsmanager:GetSecretValue'),
    ...KEY,
  ],
  watch: [
    ...STEP,
    ...START,
    ...on('<StorageSales>/index/Due', 'dynamodb:Query'),
    ...on('*', 'ses:GetAccountSendingEnabled', 'ses:GetSendQuota'),
  ],
  /* It deletes rows of the partitions held#00 to held#15 and no others. */
  'wake-held': [...STEP, ...START, ...MAIL, ...on('<StorageSales>', 'dynamodb:DeleteItem')],
  'receive-mail': [
    ...STEP,
    ...START,
    ...MAIL,
    ...PARKED,
    ...on('<InboundMails>/mail/*', 's3:GetObject'),
    ...consumes('<InboundQueue>'),
  ],
  'hear-of-mail': [...STEP, ...START, ...MAIL, ...PARKED, ...consumes('<MailEventsQueue>')],
  /* With start-follow-up the only ones that ever delete. */
  'forget-person': [
    ...STEP,
    ...START,
    ...on('<StorageSales>', 'dynamodb:DeleteItem', 'dynamodb:Scan'),
    ...on('<StorageLinks>', 'dynamodb:DeleteItem'),
    ...on('<StorageParked>', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:DeleteItem'),
    ...on('<InboundMails>/mail/*', 's3:GetObject', 's3:DeleteObject'),
    ...ASK_TO_FORGET,
    ...consumes('<ForgetQueue>'),
  ],
  'staff-desk': [
    ...STEP,
    ...START,
    ...MAIL,
    ...ASK_TO_FORGET,
    ...on('<StorageSales>/index/Open', 'dynamodb:Query'),
    ...on('<StorageParked>', 'dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:DeleteItem'),
  ],
  /* Shows one mail, and so reads and never writes. */
  'read-mail': [
    ...on('<StorageSales>', 'dynamodb:GetItem', 'dynamodb:Query'),
    ...on('<StorageLinks>', 'dynamodb:GetItem'),
    ...on('<StorageParked>', 'dynamodb:GetItem'),
    ...on('<InboundMails>/mail/*', 's3:GetObject'),
    ...KEY,
  ],
};

const CALLED_BY: Record<string, string[]> = {
  FollowUp: ['ask-customer', 'ask-for-review', 'make-promise', 'wait-for-day'],
  Promise: ['assume-kept', 'keep-promise', 'raise-promise'],
};

describe('what the stack may do', () => {
  it.each(functions)('$name may do what its ports need, and nothing else', ({ name, role }) => {
    const log = role.replace(/Role>$/, 'Logs>');

    expect(linesOf(statementsOf(role))).toEqual(
      [...(MAY[name] ?? []), ...on(log, 'logs:CreateLogStream', 'logs:PutLogEvents')].sort(),
    );
  });

  it('gives every function a role of its own', () => {
    expect(new Set(functions.map(({ role }) => role)).size).toBe(functions.length);
    expect(functions.map(({ name }) => name).sort()).toEqual(Object.keys(MAY).sort());
  });

  it('gives roles to Lambda, Step Functions and CodeDeploy only, without managed policies', () => {
    const Role = z.object({
      AssumeRolePolicyDocument: z.object({
        Statement: z.tuple([z.object({ Principal: z.object({ Service: z.string() }) })]),
      }),
      ManagedPolicyArns: z.undefined().optional(),
    });
    const services = template
      .of('AWS::IAM::Role')
      .map(
        ([, { Properties }]) =>
          template.read(Role, Properties).AssumeRolePolicyDocument.Statement[0].Principal.Service,
      );

    expect(new Set(services)).toEqual(
      new Set(['codedeploy.amazonaws.com', 'lambda.amazonaws.com', 'states.amazonaws.com']),
    );
  });

  it('reads no table as a whole but to forget somebody, else only the index of open promises, and deletes nothing but what finds a person', () => {
    const actions = linesOf(policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement));
    const broad = actions.filter((line) => /^dynamodb:\S*(Scan|Delete|PartiQL|Batch|Transact)/.test(line));

    const batches = policies
      .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
      .filter(({ Action }) => Action.includes('dynamodb:BatchWriteItem'));

    expect(batches.map(({ Condition }) => Condition)).toEqual([
      { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['name#*', 'number#*', 'person#*'] } },
    ]);
    expect([...new Set(broad)]).toEqual([
      'dynamodb:BatchWriteItem on <StorageSales>',
      'dynamodb:DeleteItem on <StorageLinks>',
      'dynamodb:DeleteItem on <StorageParked>',
      'dynamodb:DeleteItem on <StorageSales>',
      'dynamodb:Scan on <StorageSales>',
      'dynamodb:Scan on <StorageSales>/index/Open',
    ]);
  });

  it('sends mail from the address of the shop only', () => {
    const sending = policies
      .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
      .filter(({ Action }) => Action.some((action) => action.startsWith('ses:Send')));

    expect(sending.map(({ Condition }) => Condition)).toEqual(
      sending.map(() => ({ StringEquals: { 'ses:FromAddress': shopConfig.shop.mailFrom } })),
    );
    expect(sending).toHaveLength(9);
  });

  it.each(Object.entries(CALLED_BY))(
    'the %s machine may call its functions by their alias and start itself, and no other',
    (name, called) => {
      const lines = linesOf(statementsOf(`<${name}MachineRole>`)).filter((line) => !line.startsWith('logs:'));

      expect(lines).toEqual([...called.map((fn) => `lambda:InvokeFunction on <${fn}:live>`), ...start(name)]);
    },
  );
});
