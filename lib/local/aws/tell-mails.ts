/** What SES tells CloudWatch of a mail, and of what becomes of it. */
import type { Observe } from '../meter.ts';
import { type Fate, fateOf } from './simulator.ts';

/** A bounce that may pass is none that SES judges by. */
const METRICS: Readonly<Record<Fate, readonly string[]>> = {
  delivered: ['Delivery'],
  bounced: ['Bounce'],
  'soft-bounced': [],
  suppressed: ['Bounce'],
  complained: ['Delivery', 'Complaint'],
  away: ['Delivery'],
};

export const tellMail = (observe: Observe, recipients: readonly string[]): void => {
  observe('AWS/SES', 'Send', {}, 1);
  for (const name of recipients.flatMap((recipient) => METRICS[fateOf(recipient)]))
    observe('AWS/SES', name, {}, 1);
};
