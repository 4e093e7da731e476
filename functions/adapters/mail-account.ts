/** How the mail service stands to an address, and the stack to itself: asked only while a deployment runs. */
import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import {
  GetAccountCommand,
  GetEmailIdentityCommand,
  NotFoundException,
  type SESv2Client,
} from '@aws-sdk/client-sesv2';
import type { MailAccount } from '../core/operations/sender.ts';
import { cloudFormationClient, sesv2Client } from './clients.ts';

const isVerified = async (client: SESv2Client, identity: string): Promise<boolean | undefined> => {
  try {
    const { VerifiedForSendingStatus } = await client.send(
      new GetEmailIdentityCommand({ EmailIdentity: identity }),
    );
    return VerifiedForSendingStatus;
  } catch (error) {
    if (error instanceof NotFoundException) return undefined;
    throw error;
  }
};

export const readMailAccount =
  (client = sesv2Client()) =>
  async (mailFrom: string): Promise<MailAccount> => {
    const domain = mailFrom.slice(mailFrom.indexOf('@') + 1);
    const { ProductionAccessEnabled, SendingEnabled } = await client.send(new GetAccountCommand({}));
    return {
      isVerified: (await isVerified(client, domain)) || (await isVerified(client, mailFrom)),
      isInProduction: ProductionAccessEnabled === true,
      isSending: SendingEnabled === true,
    };
  };

export const readsRollback =
  (client = cloudFormationClient()) =>
  async (stackId: string): Promise<boolean> => {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: stackId }));
    return Stacks[0]?.StackStatus?.includes('ROLLBACK') === true;
  };
