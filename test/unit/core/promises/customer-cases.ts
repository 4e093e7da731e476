/** Promises and visits a customer can say something about, and what their word comes to. Free of vitest. */

import type { Entry, EntryOf } from '../../../../functions/core/journal.ts';
import { type CustomerAct, decideCustomerAct } from '../../../../functions/core/promises/customer-acts.ts';
import type { CustomerDecided } from '../../../../functions/core/promises/customer-decision.ts';
import type { PromiseEntry } from '../../../../functions/core/promises/entries.ts';
import { promiseOf, type Sale } from '../../../../functions/core/sale.ts';
import { configuration } from '../../../fixtures/configuration.ts';
import { at, begun, saleOf, told } from '../../../fixtures/sales.ts';

const config = configuration();
export const NOW = at(18);

export const booked = (with_: Partial<EntryOf<'booked'>> = {}): Entry => ({
  type: 'booked',
  at: at(16),
  promise: 'visit-1',
  n: 1,
  by: 'nora',
  from: at(18, '09:00'),
  to: at(18, '11:00'),
  zone: 'Europe/Zurich',
  provider: 'lio',
  dueAt: at(18, '11:30'),
  needsAcceptance: false,
  private: { place: 'Rebgasse 3', bring: 'a ladder' },
  ...with_,
});
export const missed = (who: EntryOf<'missed'>['who'], when = at(18, '09:30')): Entry => ({
  type: 'missed',
  at: when,
  promise: 'visit-1',
  n: 1,
  who,
  by: who === 'customer' ? 'lio' : 'clock',
});
export const struck = told.escalated(at(18, '09:31'), {
  promise: 'visit-1',
  because: 'missed',
  dueAt: at(19, '12:00'),
});
export const withdrawn = (promise = 'visit-1'): Entry => ({
  type: 'withdrawn',
  at: at(17),
  promise,
  n: 1,
  by: 'customer',
  because: 'no-longer-needed',
});
export const offered = (with_: Partial<EntryOf<'offered'>> = {}): Entry => ({
  type: 'offered',
  at: at(17),
  promise: 'visit-1',
  n: 1,
  by: 'nora',
  from: at(20, '09:00'),
  to: at(20, '11:00'),
  dueAt: at(19, '12:00'),
  ...with_,
});
export const callAfter = told.promised(at(18, '09:30'), 'call', {
  promise: 'call-1',
  because: 'missed',
  after: 'visit-1',
});

export const resolve = told.promised(at(16), 'resolve', { dueAt: at(20, '12:00') });
export const visit = told.promised(at(15), 'visit', { because: 'staff', dueAt: at(20, '12:00') });

export const decide = (since: Entry[], act: CustomerAct, now = NOW, id = 'resolve-1'): CustomerDecided => {
  const sale = saleOf(begun(...since));
  const promise = promiseOf(sale, id);
  if (promise === undefined) throw new Error(`The sale has no ${id}`);
  return decideCustomerAct({ config, sale, promise, now }, act);
};
export const summary = (decided: CustomerDecided): string =>
  'refusal' in decided ? decided.refusal : decided.entries.map(({ type }) => type).join(' + ');
export const entriesOf = (decided: CustomerDecided): PromiseEntry[] =>
  'refusal' in decided ? [] : decided.entries;
/** What the sale is once the act is written. */
export const outcomeOf = (since: Entry[], act: CustomerAct, now = NOW, id = 'resolve-1'): Sale =>
  saleOf(begun(...since, ...entriesOf(decide(since, act, now, id))));
