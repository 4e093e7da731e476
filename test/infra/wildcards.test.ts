/** Least privilege: whatever a role may do to more than one named thing, and why. A new one fails here. */
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { synthesized } from '../fixtures/synthesized.ts';
import { readTemplate } from './read-template.ts';

const Texts = z.union([z.string().transform((one) => [one]), z.array(z.string())]);
const Policy = z.object({
  PolicyDocument: z.object({ Statement: z.array(z.object({ Action: Texts, Resource: Texts })) }),
  Roles: z.array(z.string()),
});

/** Without an own resource on AWS, or with a name that is only known at run time. */
const REASONS: Record<string, string> = {
  'cloudwatch:DescribeAlarms on *':
    'CodeDeploy and Step Functions look at the alarms of a deploy; alarms are listed, not named',
  'logs:CreateLogDelivery on *': 'log delivery of a state machine takes no resource',
  'logs:DeleteLogDelivery on *': 'as above',
  'logs:DescribeLogGroups on *': 'as above',
  'logs:DescribeResourcePolicies on *': 'as above',
  'logs:GetLogDelivery on *': 'as above',
  'logs:ListLogDeliveries on *': 'as above',
  'logs:PutResourcePolicy on *': 'as above',
  'logs:UpdateLogDelivery on *': 'as above',
  'ses:GetAccount on *': 'the account is no resource',
  'ses:GetSendQuota on *': 'the quota belongs to the account, which is no resource',
  'ses:GetAccountSendingEnabled on *': 'as above',
  'states:DescribeExecution on arn:aws:states:<region>:<account>:execution:Aftercare-Promise:*':
    'executions get their names when they start; only those of this machine',
  's3:GetObject on <InboundMails>/mail/*': 'mails get their names from SES when they arrive',
  's3:DeleteObject on <InboundMails>/mail/*': 'as above; only the function that forgets',
};

const template = readTemplate(synthesized().template);
const wide = template
  .of('AWS::IAM::Policy')
  .map(([, { Properties }]) => template.read(Policy, Properties))
  .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
  .flatMap(({ Action, Resource }) => Action.flatMap((action) => Resource.map((to) => `${action} on ${to}`)))
  .filter((line) => line.includes('*'));

describe('a wildcard', () => {
  it('stands in a policy only with a written reason', () => {
    expect([...new Set(wide)].filter((line) => !Object.hasOwn(REASONS, line))).toEqual([]);
  });

  it('has no reason that nothing needs', () => {
    expect(Object.keys(REASONS).filter((line) => !wide.includes(line))).toEqual([]);
  });

  it('is never in an action', () => {
    expect(wide.filter((line) => line.split(' on ')[0]?.includes('*'))).toEqual([]);
  });
});
