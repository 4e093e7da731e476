/** Mail going out: whether it went, and whether the mail service will let the next one go. */

import type { AlarmSpec } from './alarm.ts';
import { aws, FIVE_MINUTES, HOUR, own, QUARTER_HOUR } from './metric.ts';

/** Half of what puts an account under review: 5 % of mails that bounce, 0.1 % marked as spam. */
const MOST_BOUNCES = 0.025;
const MOST_COMPLAINTS = 0.0005;
const MOST_QUOTA_PERCENT = 80;

/** Of the account, which is what the mail service judges; told now and then, so between two of them it is as before. */
const reputation = (name: string) =>
  aws({ namespace: 'SES', name: `Reputation.${name}`, of: {} }, { stat: 'Average', period: HOUR });

export const mailAlarms: readonly AlarmSpec[] = [
  {
    number: '09',
    id: 'MailsUnclear',
    says: 'A mail may or may not have gone out; it is not sent again, and its owner has been told.',
    anchor: 'unclear-mails',
    metric: own('MailsUnclear', { stat: 'Sum', period: FIVE_MINUTES }),
    is: 'atLeast',
    threshold: 1,
    when: [1, 1],
    missing: 'fine',
  },
  {
    number: '10a',
    id: 'BounceRate',
    says: 'More than 2.5 % of our mails come back; at 5 % the mail service puts us under review.',
    anchor: 'bounces',
    metric: reputation('BounceRate'),
    is: 'above',
    threshold: MOST_BOUNCES,
    when: [1, 1],
    missing: 'unknown',
  },
  {
    number: '10b',
    id: 'ComplaintRate',
    says: 'More than 0.05 % of our mails are marked as spam; at 0.1 % we are put under review.',
    anchor: 'complaints',
    metric: reputation('ComplaintRate'),
    is: 'above',
    threshold: MOST_COMPLAINTS,
    when: [1, 1],
    missing: 'unknown',
  },
  {
    number: '10c',
    id: 'SendingDisabled',
    says: 'The mail service sends nothing for us: no customer and no colleague hears anything.',
    anchor: 'sending-disabled',
    metric: own('SendingDisabled', { stat: 'Maximum', period: FIVE_MINUTES }),
    is: 'atLeast',
    threshold: 1,
    when: [2, 2],
    missing: 'fine',
  },
  {
    number: '10d',
    id: 'SendQuota',
    says: 'More than 80 % of the mails we may send in 24 hours are sent; the rest will wait.',
    anchor: 'mail-quota',
    metric: own('SendQuotaUsed', { stat: 'Maximum', period: QUARTER_HOUR }),
    is: 'above',
    threshold: MOST_QUOTA_PERCENT,
    when: [1, 1],
    missing: 'fine',
  },
];
