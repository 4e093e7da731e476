/** What a journal entry that was new means in numbers. An entry is written once, so it is counted once. */
import type { Entry, EntryOf } from '../journal.ts';
import { tellsOfAccess } from './access.ts';
import { isActOfPerson, secondsToAnswer } from './answer-time.ts';
import type { Change } from './change.ts';
import { CHECK_IN, contact, missed } from './contact.ts';
import type { Measurement } from './metrics.ts';
import { measureReply } from './replies.ts';
import { measureTurn } from './turns.ts';

/** Only where what the entry means hangs on what stands in the journal before it: reading that costs a query. */
export const isChange = (entry: Entry): boolean => {
  switch (entry.type) {
    case 'sent':
      return entry.message === CHECK_IN;
    case 'promised':
      return entry.because === 'cannot-write';
    case 'replied':
    case 'confirmed':
    case 'judged':
    case 'escalated':
    case 'assumed':
      return true;
    default:
      return isActOfPerson(entry);
  }
};

/** `resolve-1/we-owe-you#2` is one `we-owe-you`. */
const nameOf = (message: string): string => message.replace(/^.*\//, '').replace(/#\d+$/, '');

const measurePromised = ({ kind, level, because }: EntryOf<'promised'>): Measurement => ({
  values: { PromisesMade: 1, ...(because === 'silent' ? { SalesSilent: 1 } : {}) },
  details: { kind, level, why: because },
});

/** What the entry says by itself. */
export const measureEntry = (entry: Entry): Measurement[] => {
  switch (entry.type) {
    case 'promised':
      return [measurePromised(entry)];
    case 'sent':
      return [{ values: { MailsSent: 1 }, details: { message: nameOf(entry.message) } }];
    case 'refused':
      return [
        {
          values: { MailsRefused: 1, ...(tellsOfAccess(entry.error) ? { AccessDenied: 1 } : {}) },
          details: { why: entry.error },
        },
      ];
    case 'unclear':
      return [{ values: { MailsUnclear: 1 }, details: { message: nameOf(entry.message) } }];
    case 'arrived':
      return [{ values: { MailsArrived: 1 } }];
    case 'bounced':
      return [{ values: { MailsBounced: 1 }, details: { why: entry.kind } }];
    case 'complained':
      return [{ values: { MailsComplained: 1 } }];
    default:
      return [];
  }
};

/** And what it says with the sale before and after it. `hours`: after its planned day a contact is in time. */
export const measureChange = (entry: Entry, change: Change, hours: number): Measurement[] => {
  switch (entry.type) {
    case 'sent':
      return contact(entry, change, hours);
    case 'promised':
      return missed(change);
    case 'replied':
    case 'confirmed':
      return measureReply(entry, change);
    case 'judged':
    case 'escalated':
    case 'assumed':
      return measureTurn(entry, change);
    default:
      return secondsToAnswer(entry, change);
  }
};
