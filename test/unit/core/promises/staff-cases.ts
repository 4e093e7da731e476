/** Promises in every state, and what staff may try on them. */
import type { Configuration } from '../../../../functions/core/configuration.ts';
import type { Entry, EntryOf } from '../../../../functions/core/journal.ts';
import type { PromiseEntry } from '../../../../functions/core/promises/entries.ts';
import { decideStaffAct, type StaffAct } from '../../../../functions/core/promises/staff-acts.ts';
import type { ActName } from '../../../../functions/core/promises/staff-rules.ts';
import { configuration } from '../../../fixtures/configuration.ts';
import { at, begun, saleOf, told } from '../../../fixtures/sales.ts';

/** Tuesday at ten in Zurich. */
export const NOW = at(17, '09:00');
export const [FROM, TO] = [at(18, '09:00'), at(18, '11:00')];

export const visit = (promise: PromiseEntry['promise'] = 'visit-1') => ({ promise });
export const booked = (with_: Partial<EntryOf<'booked'>> = {}): Entry => ({
  type: 'booked',
  at: at(16, '11:00'),
  ...visit(),
  n: 1,
  by: 'nora',
  from: FROM,
  to: TO,
  zone: 'Europe/Zurich',
  provider: 'lio',
  dueAt: at(18, '11:15'),
  needsAcceptance: false,
  private: { place: 'Rebgasse 3', bring: 'Two screws' },
  ...with_,
});
export const missed = (
  n: number,
  when: string,
  who: 'provider' | 'customer' | 'unknown' = 'provider',
): Entry => ({
  type: 'missed',
  at: when,
  ...visit(),
  n,
  who,
  by: 'clock',
});
export const struck = (strike: number, when: string): Entry =>
  told.escalated(when, {
    ...visit(),
    strike,
    from: strike === 1 ? 'nora' : 'ines',
    owner: strike === 1 ? 'ines' : 'urs',
    level: strike === 1 ? 1 : 2,
    because: 'missed',
  });
export const offered = (promise: PromiseEntry['promise']): Entry => ({
  type: 'offered',
  at: at(16, '12:00'),
  promise,
  n: 1,
  by: 'nora',
  ...(promise === 'visit-1' ? { from: FROM } : {}),
  to: TO,
  dueAt: at(17, '16:00'),
});

export const call = told.promised(at(16), 'call', { because: 'staff', by: 'nora', dueAt: at(18, '12:00') });
export const arranged = told.promised(at(16), 'visit', {
  because: 'staff',
  by: 'nora',
  dueAt: at(18, '12:00'),
});
export const taken = (id: PromiseEntry['promise']) => told.taken(at(16, '11:00'), { promise: id });
export const proposed = (id: PromiseEntry['promise']) => told.proposed(at(16, '12:00'), { promise: id });
export const twiceMissed = [
  told.promised(at(2, '11:00'), 'visit', { because: 'staff', by: 'nora' }),
  booked({ at: at(2, '12:00'), from: at(3, '09:00'), to: at(3, '11:00') }),
  missed(1, at(3, '11:20')),
  struck(1, at(3, '11:21')),
  booked({ at: at(3, '12:00'), n: 2, from: at(4, '09:00'), to: at(4, '11:00') }),
  missed(2, at(4, '11:20')),
  struck(2, at(4, '11:21')),
];
export const pending = booked({ n: 3, needsAcceptance: true });

export const about = (since: Entry[], by: string, now = NOW, config: Configuration = configuration()) => {
  const sale = saleOf(begun(...since));
  const promise = sale.promises.at(-1);
  if (promise === undefined) throw new Error('nothing was promised');
  return { config, sale, promise, by, now };
};
export const ordinary = (kind: 'visit' | 'other'): Record<ActName, StaffAct> => ({
  take: { act: 'take' },
  done: { act: 'done', what: 'Rang her.' },
  'hand-over': { act: 'hand-over', to: 'ines' },
  'more-time': { act: 'more-time', dueAt: at(19) },
  offer: { act: 'offer', to: at(19, '11:00'), ...(kind === 'visit' ? { from: at(19, '09:00') } : {}) },
  book: { act: 'book', from: at(19, '09:00'), to: at(19, '11:00'), provider: 'lio', answersForIt: false },
  accept: { act: 'accept' },
  'on-my-way': { act: 'on-my-way' },
  late: { act: 'late', minutes: 30 },
  'nobody-home': { act: 'nobody-home' },
  'nobody-went': { act: 'nobody-went' },
  withdraw: { act: 'withdraw', reason: 'She has it already.' },
  tell: { act: 'tell', what: 'It fits a 60 cm board.', via: 'desk' },
});
const try_ = (since: Entry[], by: string, act: StaffAct, now?: string, config?: Configuration) =>
  decideStaffAct(about(since, by, now, config), act);
export const entriesOf = (...given: Parameters<typeof try_>) => {
  const decided = try_(...given);
  return 'entries' in decided ? decided.entries : decided.refusal;
};
export const refusalOf = (...given: Parameters<typeof try_>) => {
  const decided = try_(...given);
  return 'refusal' in decided ? decided.refusal : '';
};

/** Of the visit that is booked: two hours before, while it goes on, five minutes after. */
export const near = at(18, '07:00');
export const during = at(18, '09:30');
export const over = at(18, '11:05');
