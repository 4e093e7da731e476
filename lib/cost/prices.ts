/** What AWS asks for what we use, and what others ask instead. List prices in dollars, us-east-1, no free tier. */

/** When the prices were read from the vendors' pages and price lists. */
export const PRICES_AS_OF = '2026-11';
export const PRICES_REGION = 'us-east-1';

/** Dollars for one unit. */
export const PRICE = {
  stateTransition: 25e-6,
  mail: 100e-6,
  lambdaRequest: 0.2e-6,
  /** Per GB-second, arm64. */
  lambdaGbSecond: 13.3334e-6,
  writeUnit: 0.625e-6,
  readUnit: 0.125e-6,
  queueCall: 0.4e-6,
  httpRequest: 1e-6,
  publish: 0.5e-6,
  logGb: 0.5,
  /** Each month. */
  metric: 0.3,
  alarmMetric: 0.1,
  /** Beyond the three that are free. */
  dashboard: 3,
  key: 1,
  secret: 0.4,
} as const;

/** How long Lambda takes for a call, and at how much memory. */
export type LambdaCall = { milliseconds: number; memoryGb: number };

/**
 * Not measurable on one machine: how long Lambda takes for a call of ours, at the memory in lib/cloud/functions.ts. A call makes
 * five or six requests of DynamoDB on the mean, of three to six milliseconds each; as much again is for our own work on a
 * third of a processor, and the rest is reserve for cold starts.
 */
export const LAMBDA: LambdaCall = { milliseconds: 100, memoryGb: 0.5 };
/** What the alternatives below were reckoned with. */
export const LAMBDA_OF_OTHERS: LambdaCall = { milliseconds: 60, memoryGb: 0.25 };

/** What a million sales cost elsewhere, on the mix below, as their price lists were read at the same date. */
export const ALTERNATIVES: readonly { name: string; dollars: string; basis: string }[] = [
  { name: 'the mail service alone', dollars: '245', basis: '2.45 mails a sale; nobody sends below it' },
  { name: 'Lambda durable functions', dollars: '332', basis: '$8 per million operations, compute apart' },
  {
    name: 'a textbook state machine',
    dollars: '463',
    basis: 'send, keep token, choose, record: 6 to 9 transitions',
  },
  {
    name: 'Temporal Cloud',
    dollars: '735',
    basis: '8.3 actions a sale at $50 per million, storage, and the mails',
  },
  { name: 'Lambdas that poll', dollars: '2,907', basis: '23 to 124 transitions a sale' },
  {
    name: 'Customer.io Essentials',
    dollars: '9,294',
    basis: 'per month: a million profiles and their mails',
  },
];

/** The mails that the alternatives were reckoned with on each path; ours sends the unhappy a receipt as well. */
export const MAILS_OF_OTHERS = { happy: 1, reminded: 2, silent: 3, unhappy: 2 } as const;

/** What share of sales goes which way, in percent: `--mix` sets another. */
export const USUAL_MIX = { happy: 20, reminded: 10, silent: 65, unhappy: 5 } as const;
