/** The guard of the deployment as a unit: what lets it pass, what stops it, and what it says then. */
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createHandler, type GuardPorts } from '../../../functions/check-sender/handler.ts';
import type { MailAccount } from '../../../functions/core/operations/sender.ts';

const GOOD: MailAccount = { isVerified: true, isInProduction: true, isSending: true };
const Answer = z.strictObject({
  Status: z.string(),
  Reason: z.string(),
  StackId: z.string(),
  RequestId: z.string(),
  LogicalResourceId: z.string(),
  PhysicalResourceId: z.string(),
});

type Given = {
  type?: string;
  sandbox?: 'yes' | 'no';
  account?: Partial<MailAccount>;
  ports?: Partial<GuardPorts>;
};

const ask = async ({ type = 'Create', sandbox = 'no', account = {}, ports = {} }: Given) => {
  const answers: { url: string; body: string }[] = [];
  const handler = createHandler({
    region: 'eu-central-1',
    account: async () => ({ ...GOOD, ...account }),
    isRollingBack: async () => false,
    answer: async (url, body) => {
      answers.push({ url, body });
    },
    ...ports,
  });
  await handler({
    RequestType: type,
    ResponseURL: 'https://answers.example/here',
    StackId: 'stack-1',
    RequestId: 'request-1',
    LogicalResourceId: 'SenderGuardCheck',
    ResourceType: 'Custom::AftercareSenderGuard',
    ResourceProperties: { mailFrom: 'hello@shop.example', mayBeInSandbox: sandbox, release: 'r1' },
  });
  expect(answers.map(({ url }) => url)).toEqual(['https://answers.example/here']);
  return Answer.parse(JSON.parse(answers[0]?.body ?? '{}'));
};

describe('a deployment', () => {
  it('goes on when the sender is verified and may write to anybody', async () => {
    expect(await ask({})).toEqual({
      Status: 'SUCCESS',
      Reason: 'The mail service takes our mails.',
      StackId: 'stack-1',
      RequestId: 'request-1',
      LogicalResourceId: 'SenderGuardCheck',
      PhysicalResourceId: 'sender-guard',
    });
  });

  it.each<[string, Partial<MailAccount>, RegExp]>([
    ['nobody knows the sender', { isVerified: undefined }, /shop\.example.*verified.*eu-central-1/],
    ['the sender is not verified yet', { isVerified: false }, /verified/],
    ['the account is in the sandbox', { isInProduction: false }, /sandbox.*AFTERCARE_ALLOW_SANDBOX=yes/],
    ['the account was stopped', { isSending: false }, /stopped sending/],
  ])('ends at once when %s, and says what to do', async (_, account, words) => {
    const answer = await ask({ account });

    expect(answer.Status).toBe('FAILED');
    expect(answer.Reason).toMatch(words);
    expect(answer.Reason).toContain('docs/deploy.md');
  });

  it('may be tried out in the sandbox, with a verified sender', async () => {
    expect((await ask({ sandbox: 'yes', account: { isInProduction: false } })).Status).toBe('SUCCESS');
    expect((await ask({ sandbox: 'yes', account: { isVerified: false } })).Status).toBe('FAILED');
  });

  it('ends when the mail service cannot be asked: nobody knows then', async () => {
    const account = () => Promise.reject(new TypeError('no answer'));

    const answer = await ask({ ports: { account } });

    expect(answer.Status).toBe('FAILED');
    expect(answer.Reason).toContain('TypeError');
  });
});

describe('the way back', () => {
  it.each([['Update'], ['Create']])('is never stood in (%s while rolling back)', async (type) => {
    const answer = await ask({
      type,
      account: { isVerified: false },
      ports: { isRollingBack: async () => true },
    });

    expect(answer.Status).toBe('SUCCESS');
  });

  it('is never stood in when the stack is deleted', async () => {
    const account = () => Promise.reject(new Error('not asked'));

    expect((await ask({ type: 'Delete', ports: { account } })).Status).toBe('SUCCESS');
  });
});
