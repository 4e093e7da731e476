/** What SES says about the account: on one machine it may send, to anybody, and nothing has to be verified first. */
import * as z from 'zod';
import type { HttpAnswer } from './aws-call.ts';
import { AwsError } from './aws-error.ts';
import type { AwsRequest } from './exchange.ts';
import type { Inbound } from './inbound.ts';
import { type Action, type AwsService, action } from './service.ts';

const Identities = z.object({ Identities: z.array(z.string()).default([]) });

const MOST_A_DAY = 50_000;
const MOST_A_SECOND = 14;

type Ports = {
  /** In the last 24 hours. */
  sent(): number;
  /** Where mail comes in: the only rule set there is, and the active one. */
  inbound: Pick<Inbound, 'hasRules'>;
};

/** Of the older API, which speaks Query. */
export const accountActions = ({ sent, inbound }: Ports): Readonly<Record<string, Action>> => ({
  GetSendQuota: async () => ({
    Max24HourSend: MOST_A_DAY,
    MaxSendRate: MOST_A_SECOND,
    SentLast24Hours: sent(),
  }),
  GetAccountSendingEnabled: async () => ({ Enabled: true }),
  GetIdentityVerificationAttributes: action(Identities, 'InvalidParameterValue', (request) => ({
    VerificationAttributes: new Map(
      request.Identities.map((identity) => [identity, { VerificationStatus: 'Success' }]),
    ),
  })),
  DescribeActiveReceiptRuleSet: async () => (inbound.hasRules() ? { Metadata: { Name: 'local' } } : {}),
  /** Asked for by `GET /v2/email/account` alone. */
  GetAccount: async () => ({
    ProductionAccessEnabled: true,
    SendingEnabled: true,
    EnforcementStatus: 'HEALTHY',
    SendQuota: { Max24HourSend: MOST_A_DAY, MaxSendRate: MOST_A_SECOND, SentLast24Hours: sent() },
  }),
});

/** The newer API speaks JSON over paths. */
export const answerSesV2 = async (
  ses: AwsService | undefined,
  { method, url, requestId }: AwsRequest,
): Promise<HttpAnswer> => {
  const headers = { 'content-type': 'application/json', 'x-amzn-requestid': requestId };
  const { pathname } = new URL(url, 'http://localhost');
  if (ses !== undefined && method === 'GET' && pathname === '/v2/email/account')
    return { status: 200, headers, body: JSON.stringify(await ses.call('GetAccount', {})) };
  const { name, message } = new AwsError(
    'NotFoundException',
    `SES v2 on one machine does not know ${method} ${pathname}; it knows GetAccount.`,
  );
  return {
    status: 404,
    headers: { ...headers, 'x-amzn-errortype': name },
    body: JSON.stringify({ message }),
  };
};
