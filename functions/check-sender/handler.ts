/**
 * A guard of the deployment: it ends at once, and changes nothing, when the mail service would not take our mails. Called
 * by CloudFormation before anything is made that a failed deployment would leave behind.
 */
import * as z from 'zod';
import { type MailAccount, standsInTheWay } from '../core/operations/sender.ts';

/** What CloudFormation asks of a custom resource. */
const Request = z.object({
  RequestType: z.literal(['Create', 'Update', 'Delete']),
  ResponseURL: z.url(),
  StackId: z.string(),
  RequestId: z.string(),
  LogicalResourceId: z.string(),
  PhysicalResourceId: z.string().optional(),
  ResourceProperties: z.object({ mailFrom: z.email(), mayBeInSandbox: z.literal(['yes', 'no']) }),
});
type Request = z.output<typeof Request>;

export type GuardPorts = {
  region: string;
  /** How the mail service stands to this address. */
  account(mailFrom: string): Promise<MailAccount>;
  /** The stack is on its way back to what it was: nothing may stand in the way of that. */
  isRollingBack(stackId: string): Promise<boolean>;
  answer(url: string, body: string): Promise<void>;
};

/** CloudFormation shows so much of a reason. */
const LONGEST_REASON = 900;
const HOW = 'docs/deploy.md, "Verify the sender", says how.';

const reasonAgainst = async (ports: GuardPorts, request: Request): Promise<string | undefined> => {
  if (request.RequestType === 'Delete') return undefined;
  const { mailFrom, mayBeInSandbox } = request.ResourceProperties;
  try {
    if (await ports.isRollingBack(request.StackId)) return undefined;
    const account = await ports.account(mailFrom);
    const found = standsInTheWay(account, {
      mailFrom,
      region: ports.region,
      mayBeInSandbox: mayBeInSandbox === 'yes',
    });
    return found.length === 0 ? undefined : `${found.join(' ')} ${HOW}`;
  } catch (error) {
    return `The mail service could not be asked whether it takes our mails (${error instanceof Error ? error.name : 'unknown'}). Deploy again.`;
  }
};

export const createHandler =
  (ports: GuardPorts) =>
  async (event: unknown): Promise<void> => {
    const request = Request.parse(event);
    const reason = await reasonAgainst(ports, request);
    const { StackId, RequestId, LogicalResourceId, PhysicalResourceId = 'sender-guard' } = request;
    await ports.answer(
      request.ResponseURL,
      JSON.stringify({
        Status: reason === undefined ? 'SUCCESS' : 'FAILED',
        Reason: reason?.slice(0, LONGEST_REASON) ?? 'The mail service takes our mails.',
        ...{ StackId, RequestId, LogicalResourceId, PhysicalResourceId },
      }),
    );
  };
