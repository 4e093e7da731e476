/**
 * Every number that ops see, by name. Functions write them (embedded metric format), dashboards and alarms read them; a
 * name that is not here exists nowhere. None has a dimension that grows with shops, products or people: CloudWatch bills
 * each one by the month. What breaks a number down (`details`) is a field of the same log line, and costs nothing.
 */
export const NAMESPACE = 'Aftercare';

type Unit = 'Count' | 'Seconds' | 'Percent';
type Metric = {
  unit: Unit;
  says: string;
  /**
   * How much there is now, told again and again by the clock of `sweep` (an hour) or `watch` (five minutes); else something
   * that happened. With details there is a line for each at the same instant: their sum over that clock is the total.
   */
  gauge?: true;
  /** Fields of the log line that break it down. */
  details?: readonly ('source' | 'kind' | 'level' | 'message' | 'why')[];
};

const METRIC_TABLE = {
  /* How are our customers? */
  SalesIn: { unit: 'Count', says: 'sales that arrived', details: ['source'] },
  CheckInsSent: { unit: 'Count', says: 'customers asked how it is going' },
  ContactsInTime: { unit: 'Count', says: 'sales whose first contact by a person came in time' },
  ContactsLate: { unit: 'Count', says: 'sales whose first contact by a person came late' },
  ContactsMissed: {
    unit: 'Count',
    says: 'sales that nobody could write to; a person must ring',
    details: ['why'],
  },
  RepliesDelighted: { unit: 'Count', says: 'answers of delighted customers' },
  RepliesContent: { unit: 'Count', says: 'answers of content customers' },
  RepliesUnhappy: { unit: 'Count', says: 'answers of unhappy customers' },
  RepliesUnread: { unit: 'Count', says: 'mails only a person can understand' },
  SalesSilent: { unit: 'Count', says: 'sales nobody heard from, so a person rings' },
  SalesRecovered: { unit: 'Count', says: 'unhappy customers who say it was put right' },
  PromisesMade: { unit: 'Count', says: 'promises made', details: ['kind', 'level', 'why'] },
  PromisesKept: {
    unit: 'Count',
    says: 'promises the customer says were kept',
    details: ['kind', 'level', 'why'],
  },
  PromisesLate: {
    unit: 'Count',
    says: 'times the time of a promise passed',
    details: ['kind', 'level', 'why'],
  },
  PromisesBroken: {
    unit: 'Count',
    says: 'times a customer said "not yet" or nobody came',
    details: ['kind', 'level', 'why'],
  },
  PromisesAssumed: {
    unit: 'Count',
    says: 'promises called done that no customer confirmed',
    details: ['kind', 'level'],
  },
  PromisesOpen: { unit: 'Count', gauge: true, says: 'open promises', details: ['kind', 'level'] },
  FirstAnswerSeconds: {
    unit: 'Seconds',
    says: 'from a customer’s trouble to the first act of a person',
    details: ['kind', 'level'],
  },
  ResolutionSeconds: {
    unit: 'Seconds',
    says: 'from a promise to the customer’s yes',
    details: ['kind', 'level'],
  },
  MailsSent: { unit: 'Count', says: 'mails about sales that the mail service took', details: ['message'] },
  MailsRefused: { unit: 'Count', says: 'mails the mail service refused', details: ['why'] },
  MailsUnclear: { unit: 'Count', says: 'mails that may or may not have gone out', details: ['message'] },
  MailsArrived: { unit: 'Count', says: 'mails to customers that reached their mailbox' },
  MailsBounced: { unit: 'Count', says: 'mails that came back', details: ['why'] },
  MailsComplained: { unit: 'Count', says: 'mails marked as spam' },
  MailsHeld: { unit: 'Count', says: 'mails held back by a pause', details: ['message'] },

  /* Is the machine healthy? */
  LateReplies: { unit: 'Count', says: 'answers after everything had ended' },
  RepliesNotTold: { unit: 'Count', says: 'answers stored whose workflow could not be told at once' },
  EventsParked: { unit: 'Count', says: 'webhooks nobody understood', details: ['source'] },
  WebhooksRefused: { unit: 'Count', says: 'webhooks without a right signature', details: ['source'] },
  TokenMisses: { unit: 'Count', says: 'links that lead nowhere' },
  SweeperFinds: {
    unit: 'Count',
    says: 'promises without a workflow, found by the sweeper',
    details: ['why'],
  },
  AccessDenied: {
    unit: 'Count',
    says: 'calls AWS refused for want of a permission or a key',
    details: ['why'],
  },
  OverdueWaits: { unit: 'Count', gauge: true, says: 'waits more than ten minutes past their time' },
  EscalationsUnanswered: {
    unit: 'Count',
    gauge: true,
    says: 'promises that went up a level, and nobody acts on them',
  },
  SourcesSilent: {
    unit: 'Count',
    gauge: true,
    says: 'shops silent for three times their usual gap',
    details: ['source'],
  },
  SendQuotaUsed: { unit: 'Percent', gauge: true, says: 'share of the mail quota of 24 hours that is used' },
  SendingDisabled: { unit: 'Count', gauge: true, says: '1 while the mail service sends nothing for us' },
  SendsPaused: { unit: 'Count', gauge: true, says: 'pauses in force (aftercare pause)' },
  OrdersPulled: {
    unit: 'Count',
    says: 'orders found by asking the shop, which its webhooks had not told',
    details: ['source'],
  },
  PullsFailed: { unit: 'Count', says: 'shops that could not be asked for their orders', details: ['source'] },
  CanaryPassed: { unit: 'Count', says: 'synthetic sales that went through from end to end' },
  CanaryFailed: { unit: 'Count', says: 'synthetic sales that did not', details: ['why'] },
} as const satisfies Record<string, Metric>;

export type MetricName = keyof typeof METRIC_TABLE;

export const METRICS: Readonly<Record<MetricName, Metric>> = METRIC_TABLE;

/** What a function tells: one line of its log. All numbers of it share the details. */
export type Measurement = {
  values: Partial<Record<MetricName, number>>;
  /** Ids and kinds only; never names, addresses, words or tokens. */
  details?: Readonly<Record<string, string | number>>;
};
