/** Default quotas of AWS that a shop can reach, as its documentation and Service Quotas name them. */

/** When they were read. */
export const QUOTAS_AS_OF = '2026-11';

/** The three regions with the larger rates of Step Functions. */
const LARGE = new Set(['us-east-1', 'us-west-2', 'eu-west-1']);

export type Quota = {
  name: string;
  /** What it limits, in the words of the capacity table. */
  limits:
    | 'open'
    | 'starts'
    | 'transitions'
    | 'signals'
    | 'mails-a-day'
    | 'mails-a-second'
    | 'calls-at-once'
    | 'requests';
  value: number;
  unit: string;
  /** How to raise it, and how long that takes. */
  raise: string;
};

/** What new mail accounts usually get when they leave the sandbox. */
const FIRST_MAIL_GRANT = { day: 50_000, second: 14 } as const;

export const quotasIn = (region: string): Quota[] => {
  const isLarge = LARGE.has(region);
  const ask = 'Service Quotas, a case; days';
  return [
    { name: 'Step Functions: open executions', limits: 'open', value: 1_000_000, unit: '', raise: ask },
    {
      name: 'Step Functions: StartExecution',
      limits: 'starts',
      value: isLarge ? 300 : 150,
      unit: '/s',
      raise: ask,
    },
    {
      name: 'Step Functions: state transitions',
      limits: 'transitions',
      value: isLarge ? 5000 : 800,
      unit: '/s',
      raise: ask,
    },
    {
      name: 'Step Functions: SendTaskSuccess and Failure',
      limits: 'signals',
      value: isLarge ? 500 : 300,
      unit: '/s',
      raise: ask,
    },
    {
      name: 'SES: mails in 24 hours',
      limits: 'mails-a-day',
      value: FIRST_MAIL_GRANT.day,
      unit: '',
      raise: 'SES, with a clean record; it also grows by itself with use; days to weeks',
    },
    {
      name: 'SES: mails a second',
      limits: 'mails-a-second',
      value: FIRST_MAIL_GRANT.second,
      unit: '/s',
      raise: 'together with the mails of a day',
    },
    {
      name: 'Lambda: calls at once',
      limits: 'calls-at-once',
      value: 1000,
      unit: '',
      raise: 'Service Quotas; hours to days',
    },
    {
      name: 'HTTP API: requests',
      limits: 'requests',
      value: 1000,
      unit: '/s',
      raise: 'our own throttle in lib/cloud/http.ts; the account’s is 10,000',
    },
  ];
};
